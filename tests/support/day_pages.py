"""Pages of a day with any number of students, made without a database."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, cycle, islice

from absence_texts.account import GuardianEntry, StudentEntry, Told
from absence_texts.identifiers import AbsenceTextId, GuardianId, LessonId, StudentId
from absence_texts.ledger import State
from ops.day.page.figures import figures
from ops.day.page.page import ActionRow, DayPage, StudentRow
from ops.day.page.times_figures import TextTimes
from ops.status.opening import Opening
from tests.support.college import DAY, at, wall_clock

THE_DAY = date.fromisoformat(DAY)
LESSON_ENDS = tuple(wall_clock(end) for end in ("09:40", "11:10", "12:30", "15:45"))
OUTCOMES: tuple[tuple[State | None, str | None, Told], ...] = (
    (State.DELIVERED, None, Told.TOLD),
    (None, "has_mobile", Told.NOT_TOLD),
    (State.SENT, None, Told.TOLD),
    (State.QUEUED, None, Told.ON_ITS_WAY),
    (State.IN_DOUBT, "ReadTimeoutError", Told.NOT_TOLD),
)


def an_entry(*outcomes: tuple[State | None, str | None, Told], student: int = 1) -> StudentEntry:
    """Return a student with a guardian for each outcome."""
    guardians = (
        GuardianEntry(
            guardian_id=GuardianId(number),
            lesson_id=LessonId(1),
            told=told,
            text_id=AbsenceTextId(number) if state else None,
            state=state,
            reason=reason,
            at=wall_clock("11:30"),
            record={},
        )
        for number, (state, reason, told) in enumerate(outcomes, student * 10)
    )
    return StudentEntry(student_id=StudentId(student), guardians=tuple(guardians))


def entries_of(students: int) -> list[StudentEntry]:
    """Return students with one guardian or two, whose outcomes take turns."""
    outcomes, guardians = cycle(OUTCOMES), cycle((1, 2, 1))
    return [
        an_entry(*islice(outcomes, next(guardians)), student=student)
        for student in range(1, students + 1)
    ]


def times_of(entries: list[StudentEntry]) -> Iterator[TextTimes]:
    """Yield the times of the texts that left, of which every third one took half an hour more."""
    for number, (entry, end) in enumerate(zip(entries, cycle(LESSON_ENDS), strict=False)):
        sent = end + timedelta(minutes=50 if number % 3 == 0 else 21)
        for guardian in entry.guardians:
            if guardian.told is Told.TOLD:
                arrived = sent + timedelta(minutes=1)
                delivered = arrived if guardian.state is State.DELIVERED else None
                yield TextTimes(lesson_ended=end, sent=sent, delivered=delivered)


def lesson_ends_of(entries: list[StudentEntry]) -> list[datetime]:
    return [end for _, end in zip(entries, cycle(LESSON_ENDS), strict=False)]


def a_day_page(
    students: int = 12, reference: str = "STE{:08}", name: str = "Ann", why: str = "a fire"
) -> DayPage:
    entries, numbers = entries_of(students), count(1)
    return DayPage(
        day=THE_DAY,
        made_at=at("16:45"),
        opening=Opening(
            sentences=("Sending is on.", "The last run was at 16:40."), needs_attention=False
        ),
        students=tuple(
            StudentRow(
                student=reference.format(next(numbers)),
                name=name,
                lesson="10:10",
                told=entry.told,
                guardians=tuple(f"Guardian {each.guardian_id}, …123" for each in entry.guardians),
            )
            for entry in entries
        ),
        figures=figures(THE_DAY, entries, lesson_ends_of(entries), list(times_of(entries))),
        actions=(ActionRow(time="09:12", what="pause", who="jane", why=why),),
    )
