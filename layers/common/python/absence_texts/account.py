"""The account of a day: about which absent student somebody at home was told, and why not.

Every absent 16-19 student whose absence is due, or can never be due that day, has one entry. The
entry derives from what the runs and the senders recorded, so that a past day reads as it was
decided on that day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from absence_texts import criteria
from absence_texts.criterion import AsksOf
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import CLAIMED, NOT_STARTED, State
from absence_texts.vocabulary import Reason

type Record = Mapping[str, Any]


class Told(StrEnum):
    """How far the news has come; the first of these that a guardian has is the student's.

    A student with a reported absence and another one that nobody reported is `not_told`.
    """

    TOLD = "told"
    ON_ITS_WAY = "on_its_way"
    NOT_TOLD = "not_told"
    REPORTED = "reported"
    """Nobody was told, because somebody had told the college before."""


_REACHED = frozenset({State.SENT, State.DELIVERED})
_ON_ITS_WAY = NOT_STARTED | CLAIMED
_OF_THE_MARK = frozenset(row.name for row in criteria.IN_ORDER if row.asks_of is AsksOf.MARK)
_WORDS = {row.name: row.not_met for row in criteria.IN_ORDER} | {
    reason.value: reason.words for reason in Reason
}
_REPORTED = "not_reported"
NO_ABSENCE = frozenset({"absent", "first_of_day", "not_texted_today"})
"""Reasons that tell of no absence: the mark was corrected, or another absence is the first."""


@dataclass(frozen=True, kw_only=True)
class GuardianEntry:
    """What became of the news for one guardian."""

    guardian_id: GuardianId
    """`NO_GUARDIAN` if no guardian is linked to the student."""
    lesson_id: LessonId
    told: Told
    text_id: AbsenceTextId | None
    state: State | None
    """The text's. None if no text was claimed."""
    reason: str | None
    """A criterion's name, a word of `Reason`, or the provider's own word."""
    at: datetime
    """When this was recorded: UTC."""
    record: Record
    """What was read: these values, and those that the reader asked for."""


@dataclass(frozen=True, kw_only=True)
class StudentEntry:
    """What became of the news about one student's first absence of the day."""

    student_id: StudentId
    guardians: tuple[GuardianEntry, ...]

    @property
    def told(self) -> Told:
        return min((each.told for each in self.guardians), key=_order)


def in_words(reason: str | None) -> str:
    """Return the reason as staff read it; a provider's own word is returned as it is."""
    return _WORDS.get(reason or "", reason or "")


_ORDER = {told: number for number, told in enumerate(Told)}


def _order(told: Told) -> int:
    return _ORDER[told]


def entries(records: Iterable[Record], *, is_over: bool) -> Iterator[StudentEntry]:
    """Yield an entry for each student: those of a student are together, in order of guardians.

    `is_over`: no text can leave any more, so that none is on its way.
    """
    for student_id, of_student in groupby(records, key=lambda record: record["student_id"]):
        guardians = _sharing_news(tuple(_guardians(of_student, is_over=is_over)))
        yield StudentEntry(student_id=student_id, guardians=guardians)


def _sharing_news(guardians: tuple[GuardianEntry, ...]) -> tuple[GuardianEntry, ...]:
    """Let a guardian whose phone had another guardian's text be told as that guardian was."""
    best = min((each.told for each in guardians), key=_order)
    return tuple(
        replace(each, told=best) if each.reason == Reason.PHONE_ALREADY_TOLD else each
        for each in guardians
    )


def _guardians(records: Iterable[Record], *, is_over: bool) -> Iterator[GuardianEntry]:
    """Yield for each guardian the record that says most: a text, or else the first decision."""
    for _, of_guardian in groupby(records, key=lambda record: record["guardian_id"]):
        yield min((_entry(record, is_over=is_over) for record in of_guardian), key=_rank)


def _rank(entry: GuardianEntry) -> tuple[int, bool, bool, datetime, int]:
    """Order by what says most about the first absence that a text could tell of.

    A text counts before a decision, and a decision about the guardian before one about the mark: a
    register that was marked late does not use up the day.
    """
    return (
        _order(entry.told),
        entry.state in {None, State.CANCELLED},
        entry.reason in _OF_THE_MARK,
        entry.at,
        entry.lesson_id,
    )


def _entry(record: Record, *, is_over: bool) -> GuardianEntry:
    state = State(record["state"]) if record["state"] else None
    return GuardianEntry(
        guardian_id=record["guardian_id"],
        lesson_id=record["lesson_id"],
        told=_told(state, record["reason"], is_over=is_over),
        text_id=record["text_id"],
        state=state,
        reason=record["reason"],
        at=record["at"],
        record=record,
    )


def _told(state: State | None, reason: str | None, *, is_over: bool) -> Told:
    if state in _REACHED:
        return Told.TOLD
    if state in _ON_ITS_WAY and not is_over:
        return Told.ON_ITS_WAY
    return Told.REPORTED if reason == _REPORTED else Told.NOT_TOLD
