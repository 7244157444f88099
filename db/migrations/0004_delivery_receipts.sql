-- SNS's delivery receipts until they are applied: one can be here before its text is marked sent.
-- Never a phone number: a receipt is held to texts by number the moment it arrives.
CREATE TABLE delivery_receipts (
    sns_message_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    outcome        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
                   COMMENT 'delivered or undelivered',
    reason         VARCHAR(191) NULL COMMENT 'why undelivered',
    published_at   DATETIME(6)  NOT NULL COMMENT 'when SNS took the text',
    received_at    DATETIME(6)  NOT NULL COMMENT 'forgotten a day later'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
