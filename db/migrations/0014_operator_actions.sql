-- What people did by hand, with the command-line tool. A row is added and never changed.
CREATE TABLE operator_actions (
    id              BIGINT UNSIGNED NOT NULL PRIMARY KEY AUTO_INCREMENT,
    acted_at        DATETIME(6)     NOT NULL,
    acted_by        VARCHAR(700)    NOT NULL COMMENT 'the AWS identity, or the operating system''s user',
    action          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    absence_text_id BIGINT UNSIGNED NULL COMMENT 'the text that the action is about, if any',
    why             VARCHAR(500)    NULL COMMENT 'as typed after --why',
    KEY acted_at (acted_at),
    KEY absence_text_id (absence_text_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
