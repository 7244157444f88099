-- One row: the moment of the newest run of detection that came to its end.
CREATE TABLE last_run (
    id     TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'always 1',
    run_at DATETIME(6)      NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
