-- Drops what provider_message_id has replaced. The release before this one neither reads nor writes
-- the column, and the key was one more to write at each claim.
ALTER TABLE absence_texts
    DROP KEY sns_message_id,
    DROP COLUMN sns_message_id;
