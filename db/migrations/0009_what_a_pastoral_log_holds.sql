-- The entry names the guardian before the words, and the comment said that it held the words alone.
ALTER TABLE pastoral_logs
    MODIFY COLUMN entry VARCHAR(1000) NOT NULL
        COMMENT '"Text sent to guardian 7: " and then the message that the sender''s claim stored';
