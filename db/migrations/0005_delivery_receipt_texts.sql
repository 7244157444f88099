-- The texts that a receipt may be of: claimed when SNS took it, for the number it went to.
CREATE TABLE delivery_receipt_texts (
    sns_message_id  VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    absence_text_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (sns_message_id, absence_text_id),
    CONSTRAINT text_of_receipt FOREIGN KEY (sns_message_id)
        REFERENCES delivery_receipts (sns_message_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
