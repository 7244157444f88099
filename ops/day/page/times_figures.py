"""Counts when lessons ended and texts left, and how long the texts took."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median_low

from absence_texts.wording import clock_time, counted
from ops.day.page.figure import Figure

SLOT = timedelta(minutes=15)
_MINUTES = (0, 20, 25, 30, 45, 60)
"""The rows of minutes after a lesson's end: 0-19, 20-24, and so on."""
_NOT_KNOWN = "not known"


@dataclass(frozen=True, kw_only=True)
class TextTimes:
    """When a text left and when it arrived: college time."""

    lesson_ended: datetime | None
    """None if the lesson is gone, or if its end is no time."""
    sent: datetime
    delivered: datetime | None
    """When the phone network's receipt was recorded."""


def through_the_day(
    day: date, lesson_ends: Iterable[datetime | None], sent: Sequence[datetime]
) -> Figure:
    """Count the absent students by the end of their lesson, and the texts by when they left."""
    ended = Counter(_slot(day, end) for end in lesson_ends)
    left = Counter(_slot(day, moment) for moment in sent)
    labels = [*_slots(ended.keys() | left.keys())]
    if ended[_NOT_KNOWN] or left[_NOT_KNOWN]:
        labels.append(_NOT_KNOWN)
    return Figure(
        name="through-the-day",
        title="Through the day",
        sentence=_when(day, sent),
        headings=("quarter of an hour from", "absent students whose lesson ended", "texts sent"),
        rows=tuple((label, (ended[label], left[label])) for label in labels),
        is_of_time=True,
    )


def after_the_lesson(times: Sequence[TextTimes]) -> Figure:
    """Count the texts by the minutes from the lesson's end until they left, and arrived."""
    sent = [_minutes(each.lesson_ended, each.sent) for each in times]
    arrived = [_minutes(each.lesson_ended, each.delivered) for each in times if each.delivered]
    of_sent, of_arrived = Counter(map(_row_of, sent)), Counter(map(_row_of, arrived))
    labels = [_row_of(minutes) for minutes in _MINUTES if times]
    if of_sent[_NOT_KNOWN] or of_arrived[_NOT_KNOWN]:
        labels.append(_NOT_KNOWN)
    return Figure(
        name="after-the-lesson",
        title="From the lesson's end to the phone",
        sentence=" ".join([*_how_long("left", sent), *_how_long("arrived", arrived)]),
        headings=("minutes after the lesson's end", "texts sent", "texts delivered"),
        rows=tuple((label, (of_sent[label], of_arrived[label])) for label in labels),
        is_of_time=True,
    )


def _slot(day: date, moment: datetime | None) -> str:
    if moment is None or moment.date() != day:
        return _NOT_KNOWN
    minutes = (moment.hour * 60 + moment.minute) // (SLOT.seconds // 60) * (SLOT.seconds // 60)
    return _clock(minutes)


def _slots(used: Iterable[str]) -> Iterator[str]:
    """Yield every slot from the first used one's whole hour to the last used one."""
    labels = sorted(label for label in used if label != _NOT_KNOWN)
    if labels:
        first, last = int(labels[0][:2]) * 60, labels[-1]
        for minutes in range(first, 24 * 60, SLOT.seconds // 60):
            if _clock(minutes) <= last:
                yield _clock(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(lesson_ended: datetime | None, moment: datetime) -> int | None:
    return None if lesson_ended is None else (moment - lesson_ended) // timedelta(minutes=1)


def _row_of(minutes: int | None) -> str:
    """Return the row in which a text of so many minutes is counted."""
    if minutes is None or minutes < 0:
        return _NOT_KNOWN
    for start, end in pairwise(_MINUTES):
        if minutes < end:
            return f"{start}-{end - 1}"
    return f"{_MINUTES[-1]}+"


def _when(day: date, sent: Sequence[datetime]) -> str:
    if not sent:
        return "No text was sent."
    first, last = (clock_time(_whole_minute(each), day) for each in (min(sent), max(sent)))
    return f"{counted(len(sent), 'text').capitalize()} left, from {first} to {last}."


def _whole_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _how_long(verb: str, minutes: Iterable[int | None]) -> Iterator[str]:
    known = [each for each in minutes if each is not None and each >= 0]
    if known:
        yield (
            f"Half of the texts {verb} within {median_low(known) + 1} minutes of their lesson's"
            f" end, and all of them within {max(known) + 1}."
        )
