-- One row: up to when SNS's delivery logs were read and their receipts recorded.
CREATE TABLE last_log_reading (
    id         TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'always 1',
    read_until DATETIME(6)      NOT NULL COMMENT 'UTC'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
