-- The mails about a day: one row for each time at which a mail is due.
CREATE TABLE day_mails (
    mail_date  DATE        NOT NULL COMMENT 'the college''s date',
    due_time   TIME        NOT NULL COMMENT 'the college''s time',
    claimed_at DATETIME(6) NULL COMMENT 'when a call began to send the mail',
    sent_at    DATETIME(6) NULL,
    PRIMARY KEY (mail_date, due_time)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
