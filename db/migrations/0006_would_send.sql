-- When a trial or a test stage recorded a text in place of sending it.
ALTER TABLE absence_texts ADD COLUMN would_send_at DATETIME(6) NULL AFTER failed_at;
