-- The day first: a run looks up today's texts, which then lie side by side and not among years of
-- them.
ALTER TABLE absence_texts
    DROP KEY one_text_a_day,
    ADD UNIQUE KEY one_text_a_day (absence_date, student_id, guardian_id);
