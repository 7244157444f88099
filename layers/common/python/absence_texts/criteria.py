"""The criteria: the college's words and, beside each, the condition that decides it in SQL.

Detection, the check before sending, `absence_decisions` and `explain` all derive from these rows
and from the data checks. The aliases that a condition may use are those of `candidates.py`: `m` a
register mark of the day with its lesson, `s` the student, `gs` the link, `g` the guardian's portal
account, `t` the day's text for this student and guardian.
"""

from collections.abc import Iterable

from absence_texts.criterion import (
    REPORT_COLUMNS,
    AsksOf,
    Criterion,
    as_text,
    is_active,
    reports_of,
)
from absence_texts.data_checks import DATA_CHECKS
from absence_texts.source import Source

_REPORTS = reports_of("m.student_id", "m")
_ABSENT = Criterion(
    name="absent",
    sentence="marked O (absent)",
    not_met="the register mark is not the absent mark",
    asks_of=AsksOf.MARK,
    # An index answers the first comparison. The second is exact to the byte, because the usual
    # collations ignore case, accents and final spaces.
    condition="m.mark = %(absent_mark)s AND CAST(CONVERT(m.mark USING utf8mb4) AS BINARY)"
    " = CAST(CONVERT(%(absent_mark)s USING utf8mb4) AS BINARY)",
    fact="register mark {m.mark}",
    uses_up_the_day=True,
)

CRITERIA = (
    _ABSENT,
    Criterion(
        name="first_of_day",
        sentence="only the first lesson of the day where the student is marked O",
        not_met="an earlier absence of the day is the one to tell of",
        asks_of=AsksOf.MARK,
        condition="m.earlier_absences = 0",
        fact="{m.earlier_absences:plain} earlier absences that day that a text could tell of",
    ),
    Criterion(
        name="marked_in_time",
        sentence="Register must have been marked before the end of the lesson",
        not_met="the register was marked after the lesson's end",
        asks_of=AsksOf.MARK,
        condition="m.marked_at < m.ends_at",
        fact="register marked {m.marked_at}, lesson ended {m.ends_at}",
        uses_up_the_day=True,
    ),
    Criterion(
        name="can_leave_that_day",
        sentence="the text can leave on the day of the lesson, before the sending window closes",
        not_met="the lesson ends too late for a text on its day",
        asks_of=AsksOf.MARK,
        condition="m.ends_at < %(end_too_late)s",
        fact="lesson ended {m.ends_at}, no text if it ends from {%(end_too_late)s:plain} on",
        uses_up_the_day=True,
    ),
    Criterion(
        name="not_reported",
        sentence="“I have already told you”: nobody has reported an absence for the whole lesson",
        not_met="the absence was reported to the college",
        asks_of=AsksOf.MARK,
        optional_columns=REPORT_COLUMNS,
        condition=f"NOT EXISTS (SELECT 1 {_REPORTS})",
        fact=f"{{(SELECT COUNT(*) {_REPORTS}):plain}} reports cover the lesson, the last one made"
        f" {{(SELECT MAX(report.reported_at) {_REPORTS})}}",
        uses_up_the_day=True,
    ),
    Criterion(
        name="due",
        sentence="approximately 20 minutes after the end of the lesson",
        not_met="the text is not due yet",
        asks_of=AsksOf.MARK,
        condition="m.ends_at <= %(latest_end)s",
        fact="lesson ended {m.ends_at}, due {m.ends_at + INTERVAL %(wait)s SECOND}",
    ),
    Criterion(
        name="student_16_19",
        sentence="active 16-19 student (student status C__)",
        not_met="not an active 16-19 student",
        asks_of=AsksOf.STUDENT,
        condition=f"{as_text('s.status')} LIKE 'C__'",
        fact="student status {s.status}",
    ),
    Criterion(
        name="guardian_linked",
        sentence="Parents/Guardians who … have an actively linked students",
        not_met="not linked to the student",
        asks_of=AsksOf.GUARDIAN,
        condition="gs.student_id IS NOT NULL",
        fact="guardian {gs.guardian_id:plain}",
    ),
    Criterion(
        name="guardian_registered",
        sentence="Parent/guardian must be registered on the Communications Portal",
        not_met="no active account on the portal",
        asks_of=AsksOf.GUARDIAN,
        condition=is_active("g.status"),
        fact="portal account {g.status}",
    ),
    Criterion(
        name="link_active",
        sentence="the student must be linked and Active (not suspended)",
        not_met="the link to the student is not active",
        asks_of=AsksOf.GUARDIAN,
        condition=is_active("gs.status"),
        fact="link {gs.status}",
    ),
    Criterion(
        name="has_mobile",
        sentence="must have a mobile number on the Communications Portal",
        not_met="no mobile number on the portal",
        asks_of=AsksOf.GUARDIAN,
        # A tab, a dash or "none" is as empty as nothing.
        condition=f"{as_text('g.mobile')} REGEXP '[0-9]'",
        fact="portal mobile {g.mobile:masked}",
    ),
    Criterion(
        name="attendance_shared",
        sentence="“hide full attendance” is not selected for that guardian",
        not_met="attendance is hidden from this guardian",
        asks_of=AsksOf.GUARDIAN,
        optional_columns=("guardian_students.hide_attendance",),
        condition="COALESCE(gs.hide_attendance, 0) = 0",
        fact="hide full attendance {IF(gs.hide_attendance, 'selected', 'not selected'):plain}",
    ),
    Criterion(
        name="not_texted_today",
        sentence="Text messages will not be sent for any further absences for that day",
        not_met="this guardian has a text of the day already",
        asks_of=AsksOf.GUARDIAN,
        # A text in doubt that a person resent may have left, though it was cancelled afterwards. A
        # text whose phone had another guardian's text has told that phone.
        condition="t.id IS NULL OR (t.state = %(cancelled)s AND t.in_doubt_at IS NULL"
        " AND COALESCE(t.reason, '') <> %(phone_already_told)s) OR t.id = %(absence_text_id)s",
        fact="the day's text {t.state}, about lesson {t.lesson_id:plain}",
    ),
    # The last one, so that whatever else keeps a text back stays the reason all day.
    Criterion(
        name="not_too_late",
        sentence="a text does not leave long after its lesson, if the stage sets a limit",
        not_met="the lesson had ended too long ago for a text",
        asks_of=AsksOf.MARK,
        setting="latest_minutes_after_lesson",
        condition="m.ends_at >= %(earliest_end)s",
        fact="lesson ended {m.ends_at}, no text if it ended before {%(earliest_end)s:plain}",
        uses_up_the_day=True,
    ),
)

IN_ORDER = (_ABSENT, *DATA_CHECKS, *CRITERIA[1:])
"""All rows, in the order in which the first that fails is the reason."""


def condition(name: str) -> str:
    """Return the condition of one criterion that asks no table of its own, for a WHERE clause."""
    (found,) = (criterion for criterion in IN_ORDER if criterion.name == name)
    return f"({found.condition})"


def all_hold(source: Source, without: frozenset[str] = frozenset()) -> str:
    """Return what detection asks of a candidate, for a WHERE clause: the AND of all rows.

    `without` names the rows that the caller leaves out.
    """
    return all_of(source, (row for row in IN_ORDER if row.name not in without))


def all_of(source: Source, rows: Iterable[Criterion]) -> str:
    """Return the AND of these rows, without those that are not asked of this college."""
    asked = (row for row in rows if row.is_asked_of(source))
    return source.resolve("\n  AND ".join(f"({row.condition})" for row in asked))


def verdicts(source: Source) -> str:
    """Return a select list with a column of 1 or 0 for each row, named after it."""
    conditions = {
        row.name: row.condition if row.can_be_asked_of(source) else "TRUE" for row in IN_ORDER
    }
    return source.resolve(
        ",\n  ".join(f"(({condition}) IS TRUE) AS {name}" for name, condition in conditions.items())
    )


def first_failing(source: Source, without: frozenset[str] = frozenset()) -> str:
    """Return an expression: the name of the first row that fails, NULL if all hold.

    `without` names the rows that the caller leaves out.
    """
    rows = (row for row in IN_ORDER if row.name not in without)
    asked = (row for row in rows if row.is_asked_of(source))
    cases = "\n  ".join(f"WHEN ({row.condition}) IS NOT TRUE THEN '{row.name}'" for row in asked)
    return source.resolve(f"CASE\n  {cases}\nEND")
