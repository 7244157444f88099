-- Ids as large as a college's own. A BIGINT holds all but the upper half of a BIGINT UNSIGNED.
ALTER TABLE absence_decisions
    MODIFY student_id  BIGINT NOT NULL,
    MODIFY guardian_id BIGINT NOT NULL,
    MODIFY lesson_id   BIGINT NOT NULL;
