-- For each due absence and linked guardian without a text: the first criterion that failed, as it
-- was decided then. The answer to "why did I get no text?"
CREATE TABLE absence_decisions (
    lesson_id    INT UNSIGNED NOT NULL,
    student_id   INT UNSIGNED NOT NULL,
    guardian_id  INT UNSIGNED NOT NULL,
    absence_date DATE         NOT NULL COMMENT 'the college''s date',
    criterion    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at   DATETIME(6)  NOT NULL,
    PRIMARY KEY (lesson_id, student_id, guardian_id),
    KEY absence_date (absence_date, criterion),
    KEY student_date (student_id, absence_date)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
