-- How many texts each day had by each run that found new ones, neither held nor cancelled: what is
-- usual by a time of a weekday. To count the ledger's rows instead would read weeks of texts.
CREATE TABLE texts_so_far (
    absence_date DATE         NOT NULL COMMENT 'the college''s date',
    by_time      TIME         NOT NULL COMMENT 'the college''s wall clock',
    texts        INT UNSIGNED NOT NULL,
    PRIMARY KEY (absence_date, by_time)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
