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
from ops.day.page.figures import NO_TEXT, figures, why
from ops.day.page.page import ActionRow, DayPage, StudentRow
from ops.day.page.times import lesson_end_of, lesson_ends_of, read_times
from ops.held_texts import held_sentences
from ops.masking import masked
from ops.operator_actions import actions_between
from ops.status.sentences import status_sentences
from ops.status.service_status import read_status


def read_page(context: CommandContext, day: date, entries: Sequence[StudentEntry]) -> DayPage:
    ends = lesson_ends_of(entries)
    return DayPage(
        day=day,
        made_at=context.now,
        status=tuple(_status(context, day)),
        students=tuple(_rows(entries, day)),
        figures=figures(
            day,
            entries,
            lesson_ends=[lesson_end_of(entry, ends) for entry in entries],
            times=read_times(context, day, entries, ends),
        ),
        actions=tuple(_actions(context, day)),
    )


def _status(context: CommandContext, day: date) -> Iterator[str]:
    if day == context.now.today:
        yield from held_sentences(context)
        yield from status_sentences(read_status(context), context.now)


def _rows(entries: Iterable[StudentEntry], day: date) -> Iterator[StudentRow]:
    for entry in entries:
        first, *others = staff_lines([entry], day)
        yield StudentRow(
            student=f"{first.reference} {first.student_name}".strip(),
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
    who = f"Guardian {guardian.guardian_id} {line.guardian_name}".strip()
    home = ", lives with the student" if line.lives_with else ""
    number = f", mobile {line.mobile}" if line.mobile != masked(None) else ""
    return f"{who}{home}{number}: {what}"


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
