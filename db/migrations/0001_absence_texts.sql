-- The ledger and outbox: one row for each student, guardian and day that a text was claimed for.
-- Every DATETIME in our tables is UTC; each state's time stands in the column named after it.
CREATE TABLE absence_texts (
    id             BIGINT UNSIGNED NOT NULL PRIMARY KEY AUTO_INCREMENT,
    student_id     INT UNSIGNED    NOT NULL,
    guardian_id    INT UNSIGNED    NOT NULL,
    absence_date   DATE            NOT NULL COMMENT 'the college''s date',
    lesson_id      INT UNSIGNED    NOT NULL,
    state          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason         VARCHAR(191)    NULL COMMENT 'why cancelled, failed, in doubt or undelivered',
    attempts       SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'claims before a publish',
    sns_message_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
    pending_at     DATETIME(6)     NULL,
    queued_at      DATETIME(6)     NULL,
    sending_at     DATETIME(6)     NULL,
    sent_at        DATETIME(6)     NULL,
    delivered_at   DATETIME(6)     NULL,
    undelivered_at DATETIME(6)     NULL,
    cancelled_at   DATETIME(6)     NULL,
    failed_at      DATETIME(6)     NULL,
    in_doubt_at    DATETIME(6)     NULL,
    UNIQUE KEY one_text_a_day (student_id, guardian_id, absence_date),
    UNIQUE KEY sns_message_id (sns_message_id),
    KEY state_date (state, absence_date)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
