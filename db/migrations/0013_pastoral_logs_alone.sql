-- A pastoral log stays when its text is deleted after keep_days: it repeats the text's words and ids.
-- No id is given twice, because InnoDB remembers the highest one, so one_log_a_text stays true.
ALTER TABLE pastoral_logs DROP FOREIGN KEY log_of_text;
