-- The college's own tables, as this project reads them: for the local stack and the tests.
-- A college keeps its own; docs/data-contract.md says what they must offer.
-- Every DATETIME here is the college's wall clock, as on a timetable.

CREATE TABLE students (
    student_id INT UNSIGNED NOT NULL PRIMARY KEY,
    reference  VARCHAR(20)  NOT NULL COMMENT 'as printed in the text: STE04049635',
    first_name VARCHAR(100) NOT NULL,
    last_name  VARCHAR(100) NOT NULL,
    status     VARCHAR(10)  NOT NULL COMMENT 'C and two more characters: active 16-19',
    UNIQUE KEY reference (reference)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE lessons (
    lesson_id INT UNSIGNED NOT NULL PRIMARY KEY,
    title     VARCHAR(100) NOT NULL,
    starts_at DATETIME     NOT NULL,
    ends_at   DATETIME     NOT NULL,
    KEY starts_at (starts_at, ends_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE register_marks (
    lesson_id  INT UNSIGNED NOT NULL,
    student_id INT UNSIGNED NOT NULL,
    mark       VARCHAR(2)   NOT NULL COMMENT 'O is absent',
    marked_at  DATETIME     NULL COMMENT 'when the present value was entered',
    PRIMARY KEY (lesson_id, student_id),
    KEY lesson_mark (lesson_id, mark, student_id, marked_at),
    KEY student_mark (student_id, mark, lesson_id, marked_at),
    CONSTRAINT mark_of_lesson FOREIGN KEY (lesson_id) REFERENCES lessons (lesson_id),
    CONSTRAINT mark_of_student FOREIGN KEY (student_id) REFERENCES students (student_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE guardians (
    guardian_id INT UNSIGNED NOT NULL PRIMARY KEY,
    name        VARCHAR(100) NOT NULL,
    mobile      VARCHAR(30)  NULL COMMENT 'removing it is how a guardian unsubscribes',
    status      VARCHAR(10)  NOT NULL COMMENT 'active or suspended'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE guardian_students (
    guardian_id     INT UNSIGNED NOT NULL,
    student_id      INT UNSIGNED NOT NULL,
    status          VARCHAR(10)  NOT NULL COMMENT 'active or suspended',
    hide_attendance TINYINT      NOT NULL DEFAULT 0 COMMENT 'hide full attendance is selected',
    PRIMARY KEY (guardian_id, student_id),
    KEY student_id (student_id, guardian_id, status, hide_attendance),
    CONSTRAINT link_of_guardian FOREIGN KEY (guardian_id) REFERENCES guardians (guardian_id),
    CONSTRAINT link_of_student FOREIGN KEY (student_id) REFERENCES students (student_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE student_contacts (
    contact_id INT UNSIGNED NOT NULL PRIMARY KEY AUTO_INCREMENT,
    student_id INT UNSIGNED NOT NULL,
    name       VARCHAR(100) NOT NULL,
    mobile     VARCHAR(30)  NULL COMMENT 'never read: see docs/criteria.md, has_mobile',
    CONSTRAINT contact_of_student FOREIGN KEY (student_id) REFERENCES students (student_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE portal_sessions (
    token_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
                 COMMENT 'SHA-256 of the session cookie, lower-case hexadecimal',
    guardian_id  INT UNSIGNED NOT NULL,
    expires_at   DATETIME     NOT NULL,
    revoked_at   DATETIME     NULL,
    KEY guardian_id (guardian_id),
    CONSTRAINT session_of_guardian FOREIGN KEY (guardian_id) REFERENCES guardians (guardian_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
