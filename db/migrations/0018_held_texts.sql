-- When a text was held, because it did not look like an ordinary day's. A text that a person released
-- keeps the time and has a later pending_at, and is not held again.
ALTER TABLE absence_texts ADD COLUMN held_at DATETIME(6) NULL AFTER pending_at;
