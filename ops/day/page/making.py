"""Reads what the page of a day shows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from absence_texts.account import StudentEntry
from absence_texts.database import Row
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.wording import clock_time
from ops.college_times import college_time, from_utc
from ops.context import CommandContext
from ops.day.listing import StaffLine, staff_lines
from ops.day.page.figures import figures
from ops.day.page.outcome_figures import NO_TEXT, why
from ops.day.page.page import ActionRow, DayPage, StudentRow
from ops.day.page.times import lesson_end_of, lesson_ends_of, read_times
from ops.masking import masked
from ops.operator_actions import actions_between
from ops.status.opening import read_opening


def read_page(context: CommandContext, day: date, entries: Sequence[StudentEntry]) -> DayPage:
    ends = lesson_ends_of(entries)
    opening = read_opening(context) if day == context.now.today else None
    return DayPage(
        day=day,
        made_at=context.now,
        opening=opening,
        students=tuple(_rows(entries, day)),
        figures=figures(
            day,
            entries,
            lesson_ends=[lesson_end_of(entry, ends) for entry in entries],
            times=read_times(context, day, entries, ends),
        ),
        actions=tuple(_actions(context, day)),
    )


def _rows(entries: Iterable[StudentEntry], day: date) -> Iterator[StudentRow]:
    for entry in entries:
        first, *others = staff_lines([entry], day)
        yield StudentRow(
            student=first.reference,
            name=first.student_name,
            lesson=first.line.lesson,
            told=entry.told,
            guardians=tuple(map(_sentence, (first, *others))),
        )


def _sentence(line: StaffLine) -> str:
    """Return who the guardian is, what became of the text and why."""
    guardian = line.line.guardian
    state = guardian.state.replace("_", " ") if guardian.state else ""
    what = ", ".join(filter(None, (state, why(guardian)))) or NO_TEXT
    if guardian.guardian_id == NO_GUARDIAN:
        return what[0].upper() + what[1:]
    number = guardian.guardian_id
    who = (
        f"{line.guardian_name} (guardian {number})" if line.guardian_name else f"Guardian {number}"
    )
    home = ", lives with the student" if line.lives_with else ""
    mobile = f", mobile {line.mobile}" if line.mobile != masked(None) else ""
    return f"{who}{home}{mobile}: {what}"


def _actions(context: CommandContext, day: date) -> Iterator[ActionRow]:
    zone = context.now.zone
    start, end = (
        college_time(datetime.combine(each, time()), zone).utc
        for each in (day, day + timedelta(days=1))
    )
    for row in actions_between(context.database, start, end):
        yield _action(row, from_utc(row["acted_at"], zone), day)


def _action(row: Row, moment: datetime, day: date) -> ActionRow:
    text = row["absence_text_id"]
    return ActionRow(
        time=clock_time(moment.replace(microsecond=0), day),
        who=row["acted_by"],
        what=f"{row['action']}, text {text}" if text else row["action"],
        why=row["why"] or "",
    )
