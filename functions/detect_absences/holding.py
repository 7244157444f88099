"""Holds the texts that do not look like an ordinary day's, until a person decides about them.

An ordinary run pays little for that: the statements about the registers ask for the lessons of the
waiting texts alone, and no statement reads the past's texts one by one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from absence_texts.candidates import BEGUN_TODAY, MARKS
from absence_texts.database import fetch_all, fetch_one
from absence_texts.identifiers import AbsenceTextId, LessonId
from absence_texts.ledger import State, move_all
from absence_texts.vocabulary import Reason
from detect_absences.corrections import count_held
from detect_absences.detection import Detection
from detect_absences.hold_rule import (
    Limits,
    Today,
    why_hold_register,
    why_hold_run,
)
from detect_absences.registers import read_registers
from detect_absences.texts_so_far import note_texts_so_far, read_past

# A text that was held waits because a person released it. A text that failed or was in doubt waits
# because a person resent it.
_NOT_DECIDED_BY_A_PERSON = (
    "absence_date = %(today)s AND held_at IS NULL AND failed_at IS NULL AND in_doubt_at IS NULL"
)
_RELEASED = "absence_date = %(today)s AND held_at IS NOT NULL AND pending_at > held_at"


def newest_text(detection: Detection) -> AbsenceTextId:
    """Return the highest id of the ledger, 0 if it is empty."""
    found = fetch_one(
        detection.database, "SELECT COALESCE(MAX(id), 0) AS id FROM absence_texts", {}
    )
    return AbsenceTextId((found or {})["id"])


@dataclass(frozen=True)
class Holding:
    """The step of a run that holds texts before they are queued."""

    detection: Detection
    limits: Limits

    def hold(self) -> int:
        """Hold today's waiting texts that do not look ordinary; return how many are held now."""
        lessons = self._lessons_of_waiting_texts()
        if lessons:
            self._hold_run(registers_held=self._hold_registers(lessons))
        return count_held(self.detection)

    def _lessons_of_waiting_texts(self) -> list[LessonId]:
        rows = fetch_all(
            self.detection.database,
            "SELECT DISTINCT lesson_id FROM absence_texts"
            f" WHERE state = '{State.PENDING}' AND {_NOT_DECIDED_BY_A_PERSON}",
            self.detection.parameters,
        )
        return [row["lesson_id"] for row in rows]

    def _hold_registers(self, lessons: Collection[LessonId]) -> int:
        """Hold the texts of each register that does not look ordinary; return how many do not."""
        registers = read_registers(
            self.detection.database,
            self.detection.source,
            self.detection.parameters,
            lessons,
            fewest_absent=self.limits.fewest_absent,
        )
        held = 0
        for lesson_id, register in registers.items():
            reason = why_hold_register(register, self.limits)
            if reason and lesson_id not in self._released:
                self._hold("lesson_id = %(lesson_id)s", reason, lesson_id=lesson_id)
                held += 1
        return held

    def _hold_run(self, *, registers_held: int) -> None:
        """Hold all that waits if the day does not look ordinary."""
        counts = self._texts_by_state()
        texts, held = sum(counts.values()), counts.get(State.HELD, 0)
        reason = self._why_hold_run(texts, registers_held)
        if reason:
            held += self._hold("TRUE", reason)
        if texts > held:
            note_texts_so_far(self.detection.database, self.detection.moment, texts - held)

    def _why_hold_run(self, texts: int, registers_held: int) -> Reason | None:
        """Return why the run is held. What was released is asked only if there may be a reason."""
        if texts <= self.limits.fewest_texts and not registers_held:
            return None
        past = read_past(self.detection.database, self.detection.moment)
        today = Today(
            texts=texts,
            released=0,
            registers_held=registers_held,
            students=self._students_so_far() if past.says_nothing else 0,
        )
        if not why_hold_run(today, past, self.limits):
            return None
        today = replace(today, released=sum(self._released.values()))
        return why_hold_run(today, past, self.limits)

    def _hold(self, which: str, reason: Reason, **parameters: LessonId) -> int:
        return move_all(
            self.detection.database,
            f"{_NOT_DECIDED_BY_A_PERSON} AND {which}",
            State.HELD,
            self.detection.moment,
            {"today": self.detection.moment.today, **parameters},
            reason=reason.value,
        )

    def _texts_by_state(self) -> dict[str, int]:
        """Count today's texts that are not cancelled, from an index that holds both columns."""
        rows = fetch_all(
            self.detection.database,
            "SELECT state, COUNT(*) AS texts FROM absence_texts FORCE INDEX (state_date)"
            " WHERE absence_date = %(today)s AND state IN %(states)s GROUP BY state",
            {
                "today": self.detection.moment.today,
                "states": tuple(sorted(set(State) - {State.CANCELLED})),
            },
        )
        return {row["state"]: row["texts"] for row in rows}

    def _students_so_far(self) -> int:
        found = fetch_one(
            self.detection.database,
            self.detection.source.resolve(
                f"SELECT COUNT(DISTINCT m.student_id) AS students FROM {MARKS} m"
                f" WHERE {BEGUN_TODAY}"
            ),
            self.detection.parameters,
        )
        return int((found or {})["students"])

    @cached_property
    def _released(self) -> dict[LessonId, int]:
        """Return the lessons of which a person has released texts, and how many may leave."""
        rows = fetch_all(
            self.detection.database,
            f"SELECT lesson_id, SUM(state <> '{State.CANCELLED}') AS texts FROM absence_texts"
            f" WHERE {_RELEASED} GROUP BY lesson_id",
            self.detection.parameters,
        )
        return {row["lesson_id"]: int(row["texts"]) for row in rows}
