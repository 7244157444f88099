-- "A pastoral log will be recorded for each text sent."
CREATE TABLE pastoral_logs (
    id              BIGINT UNSIGNED NOT NULL PRIMARY KEY AUTO_INCREMENT,
    absence_text_id BIGINT UNSIGNED NOT NULL,
    student_id      INT UNSIGNED    NOT NULL,
    guardian_id     INT UNSIGNED    NOT NULL,
    lesson_id       INT UNSIGNED    NOT NULL,
    entry           VARCHAR(1000)   NOT NULL COMMENT 'the text as it was sent',
    logged_at       DATETIME(6)     NOT NULL,
    UNIQUE KEY one_log_a_text (absence_text_id),
    KEY student_id (student_id, logged_at),
    CONSTRAINT log_of_text FOREIGN KEY (absence_text_id) REFERENCES absence_texts (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
