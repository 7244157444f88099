-- What a sender's claim stores, so that nothing has to derive it again from data that has changed.
-- provider_message_id takes the place of sns_message_id. A release that is deployed function by
-- function runs beside the one before it, so both columns are written until a later release drops
-- the old one.
-- one_text_a_phone: the phone of student 7's two guardians has one recipient, and the second claim
-- is refused. A claim that holds no phone (NULL) refuses nobody's.
ALTER TABLE absence_texts
    ADD COLUMN message VARCHAR(160) NULL
        COMMENT 'the words of the last claim, with the student''s reference' AFTER attempts,
    ADD COLUMN recipient VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
        COMMENT 'SHA-256 of date, student and mobile, while the text may have left; kept 5 days'
        AFTER message,
    ADD COLUMN provider_message_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL
        COMMENT 'under which the SMS provider took the text' AFTER recipient,
    ADD UNIQUE KEY provider_message_id (provider_message_id),
    ADD UNIQUE KEY one_text_a_phone (absence_date, recipient, student_id);
