"""When the texts of a day left and arrived, and when the lessons ended."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from absence_texts.account import StudentEntry
from absence_texts.database import fetch_all
from absence_texts.identifiers import LessonId
from ops.college_times import from_utc
from ops.context import CommandContext
from ops.day.page.times_figures import TextTimes

type LessonEnds = Mapping[LessonId, datetime]


def lesson_ends_of(entries: Iterable[StudentEntry]) -> LessonEnds:
    """Return the lessons' ends, without a lesson that is gone or whose end is no time."""
    guardians = (guardian for entry in entries for guardian in entry.guardians)
    found = {guardian.lesson_id: guardian.record["ends_at"] for guardian in guardians}
    return {key: end for key, end in found.items() if isinstance(end, datetime)}


def read_times(
    context: CommandContext, day: date, entries: Iterable[StudentEntry], ends: LessonEnds
) -> list[TextTimes]:
    """Return the times of each of the entries' texts that left."""
    texts = {guardian.text_id for entry in entries for guardian in entry.guardians}
    rows = fetch_all(
        context.database,
        "SELECT id, lesson_id, sent_at, delivered_at FROM absence_texts"
        " WHERE absence_date = %(day)s AND sent_at IS NOT NULL ORDER BY sent_at, id",
        {"day": day},
    )
    zone = context.now.zone
    return [
        TextTimes(
            lesson_ended=ends.get(row["lesson_id"]),
            sent=from_utc(row["sent_at"], zone),
            delivered=from_utc(row["delivered_at"], zone) if row["delivered_at"] else None,
        )
        for row in rows
        if row["id"] in texts
    ]


def lesson_end_of(entry: StudentEntry, ends: LessonEnds) -> datetime | None:
    """Return the end of the first of the lessons that the entry is about."""
    known = (ends.get(guardian.lesson_id) for guardian in entry.guardians)
    return min((end for end in known if end), default=None)
