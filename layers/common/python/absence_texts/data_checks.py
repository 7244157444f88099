"""What must be true of the college's rows before the criteria are asked.

A row that fails a data check is left out by itself: no text, a recorded reason, a count in every
run and a line in `doctor`.
"""

from absence_texts.criterion import AsksOf, Criterion, as_text

LARGEST_ID = 2**63 - 1
"""What a BIGINT holds: the type of the ids in our own tables."""
GUARDIAN_ID_FITS = f"gs.guardian_id BETWEEN -{LARGEST_ID} AND {LARGEST_ID}"
"""A condition: our own tables can hold the id, and it is not `NO_GUARDIAN`."""
UNSUPPORTED_CHARACTER = "[^ -Z_a-z]"
"""As a regular expression: a character that some phone's alphabet lacks."""

# As `read_reference` returns it, for every reference of which no character is unsupported.
_REFERENCE = f"TRIM({as_text('s.reference')})"
_LESSONS = "(SELECT COUNT(*) FROM source.lessons same WHERE same.lesson_id = m.lesson_id)"
_MARKS = (
    "(SELECT COUNT(*) FROM source.register_marks same"
    " WHERE same.lesson_id = m.lesson_id AND same.student_id = m.student_id)"
)
_STUDENTS = "(SELECT COUNT(*) FROM source.students same WHERE same.student_id = s.student_id)"
_LINKS = (
    "(SELECT COUNT(*) FROM source.guardian_students same"
    " WHERE same.student_id = gs.student_id AND same.guardian_id = gs.guardian_id)"
)
_ACCOUNTS = "(SELECT COUNT(*) FROM source.guardians same WHERE same.guardian_id = gs.guardian_id)"
# The student's marks of overlapping lessons that are neither absent nor empty.
_OTHER_MARKS = (
    "FROM source.lessons beside JOIN source.register_marks other"
    " ON other.lesson_id = beside.lesson_id AND other.student_id = m.student_id"
    " WHERE beside.starts_at >= %(day_start)s AND beside.starts_at < m.ends_at"
    " AND beside.ends_at > m.starts_at AND beside.lesson_id <> m.lesson_id"
    f" AND TRIM({as_text('other.mark')}) NOT IN ('', %(absent_mark)s)"
)
CLASH = f"EXISTS (SELECT 1 {_OTHER_MARKS})"
"""A condition: another register says that the student was elsewhere at the time of the lesson."""

# The keys come first, so that both rows of a key that is there twice have the same reason.
DATA_CHECKS = (
    Criterion(
        name="lesson_id_fits",
        sentence="the id of a lesson is a whole number of at most 63 bits",
        not_met="data problem: the lesson's id can't be stored",
        asks_of=AsksOf.MARK,
        condition=f"m.lesson_id <= {LARGEST_ID}",
        fact="lesson {m.lesson_id:plain}",
        uses_up_the_day=True,
    ),
    Criterion(
        name="student_id_fits",
        sentence="the id of a student is a whole number of at most 63 bits",
        not_met="data problem: the student's id can't be stored",
        asks_of=AsksOf.STUDENT,
        # If there is no such student at all, `reference_fits` fails.
        condition=f"s.student_id IS NULL OR s.student_id <= {LARGEST_ID}",
        fact="student {s.student_id:plain}",
    ),
    Criterion(
        name="guardian_id_fits",
        sentence="the id of a guardian is a whole number of at most 63 bits",
        not_met="data problem: the guardian's id can't be stored",
        asks_of=AsksOf.GUARDIAN,
        # If there is no link at all, `guardian_linked` fails.
        condition=f"gs.student_id IS NULL OR {GUARDIAN_ID_FITS}",
        fact="guardian {gs.guardian_id:plain}",
    ),
    Criterion(
        name="lesson_once",
        key_of="lessons",
        sentence="a lesson's id belongs to one lesson",
        not_met="data problem: the lesson is there twice",
        asks_of=AsksOf.MARK,
        condition=f"{_LESSONS} = 1",
        fact=f"{{{_LESSONS}:plain}} rows of lessons have its id",
        uses_up_the_day=True,
    ),
    Criterion(
        name="mark_once",
        key_of="register_marks",
        sentence="a student has one register mark for a lesson",
        not_met="data problem: the register mark is there twice",
        asks_of=AsksOf.MARK,
        condition=f"{_MARKS} = 1",
        fact=f"{{{_MARKS}:plain}} register marks for this lesson",
        uses_up_the_day=True,
    ),
    Criterion(
        name="student_once",
        key_of="students",
        sentence="a student's id belongs to one student",
        not_met="data problem: the student is there twice",
        asks_of=AsksOf.STUDENT,
        condition=f"{_STUDENTS} <= 1",
        fact=f"{{{_STUDENTS}:plain}} rows of students have the id",
    ),
    Criterion(
        name="link_once",
        key_of="guardian_students",
        sentence="a guardian is linked to a student once",
        not_met="data problem: the link is there twice",
        asks_of=AsksOf.GUARDIAN,
        condition=f"{_LINKS} <= 1",
        fact=f"{{{_LINKS}:plain}} links to this student",
    ),
    Criterion(
        name="account_once",
        key_of="guardians",
        sentence="a guardian's id belongs to one portal account",
        not_met="data problem: the portal account is there twice",
        asks_of=AsksOf.GUARDIAN,
        condition=f"{_ACCOUNTS} <= 1",
        fact=f"{{{_ACCOUNTS}:plain}} portal accounts have the id",
    ),
    Criterion(
        name="lesson_times_in_order",
        sentence="a lesson ends after it starts",
        not_met="data problem: the lesson does not end after it starts",
        asks_of=AsksOf.MARK,
        # A start on another day is a placeholder, because no other such lesson is found.
        condition="m.starts_at >= %(day_start)s AND m.starts_at < m.ends_at",
        fact="lesson {m.starts_at} to {m.ends_at}",
        uses_up_the_day=True,
    ),
    Criterion(
        name="mark_has_time",
        sentence="a register mark says when it was entered: on the day, after midnight, and not"
        " after now",
        not_met="data problem: the register mark has no time, or an impossible one",
        asks_of=AsksOf.MARK,
        # 2026-11-23 00:00:00 is a date without its time.
        condition="m.marked_at > %(day_start)s AND m.marked_at <= %(wall_clock)s",
        fact="register marked {m.marked_at}",
        uses_up_the_day=True,
    ),
    Criterion(
        name="reference_fits",
        sentence="the student's reference is there and fits the message",
        not_met="data problem: the student's reference fits no text",
        asks_of=AsksOf.STUDENT,
        condition=f"CHAR_LENGTH({_REFERENCE}) BETWEEN 1 AND %(longest_reference)s"
        f" AND {_REFERENCE} NOT REGEXP '{UNSUPPORTED_CHARACTER}'",
        fact=f"reference {{{_REFERENCE}}}, {{CHAR_LENGTH({_REFERENCE}):plain}} characters"
        f" (at most {{%(longest_reference)s:plain}}), unsupported: {{{_REFERENCE}:unsupported}}",
    ),
    Criterion(
        name="no_timetable_clash",
        sentence="a student has one mark at a time",
        not_met="data problem: another register of that time says otherwise",
        asks_of=AsksOf.MARK,
        condition=f"%(text_timetable_clashes)s OR NOT {CLASH}",
        fact=f"{{(SELECT COUNT(*) {_OTHER_MARKS}):plain}} other marks at the same time,"
        f" such as {{(SELECT MIN(other.mark) {_OTHER_MARKS})}}",
        uses_up_the_day=True,
    ),
)
