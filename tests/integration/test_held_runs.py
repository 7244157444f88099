"""A run holds all its texts if the day then does not look like an ordinary one."""

from datetime import timedelta

import pytest

from absence_texts.database import execute, fetch_all
from absence_texts.identifiers import LessonId
from absence_texts.ledger import State, release
from absence_texts.source import find_source
from absence_texts.vocabulary import Reason
from detect_absences.detection import Detection
from detect_absences.run import run
from tests.support.college import College, at
from tests.support.registers import LIMITS, WHOLE, a_register, reasons, states_of
from tests.support.runs import DETECTION, MemoryQueue, detect


def test_several_wrong_registers_of_one_run_hold_the_others(college: College) -> None:
    for _ in range(LIMITS.registers_at_once):
        a_register(college, absent=WHOLE)
    small = a_register(college, absent=2)
    detect(college)
    assert states_of(college, small) == {"held"}
    assert Reason.SEVERAL_REGISTERS in reasons(college)


def weeks_like(college: College, texts: int, *, at_time: str = "11:30:04", weeks: int = 8) -> None:
    """Note for the same weekday of each past week how many texts it had by a time."""
    for week in range(1, weeks + 1):
        execute(
            college.database,
            "INSERT INTO texts_so_far (absence_date, by_time, texts)"
            " VALUES (%(day)s, %(time)s, %(texts)s)",
            {"day": at("11:30").today - timedelta(weeks=week), "time": at_time, "texts": texts},
        )


def ordinary_absences(college: College, texts: int) -> LessonId:
    return a_register(college, absent=texts, present=texts)


@pytest.mark.parametrize(("usual", "is_held"), [(6, True), (7, False)])
def test_a_run_is_held_beyond_a_multiple_of_the_usual(
    college: College, *, usual: int, is_held: bool
) -> None:
    weeks_like(college, usual)
    texts = 6 * LIMITS.times_the_usual + 1
    ordinary_absences(college, texts)
    assert detect(college)["held"] == (texts if is_held else 0)
    assert reasons(college) == {Reason.UNUSUALLY_MANY if is_held else None}


def test_what_was_usual_only_later_in_the_day_is_not_usual_yet(college: College) -> None:
    weeks_like(college, 100, at_time="15:00")
    ordinary_absences(college, LIMITS.texts_from + 1)
    assert detect(college)["held"] == LIMITS.texts_from + 1


def test_a_weekday_without_lessons_is_held_from_a_whole_registers_texts(college: College) -> None:
    for week in range(1, 7):
        execute(
            college.database,
            "INSERT INTO texts_so_far VALUES (%(day)s, '11:30', 50)",
            {"day": at("11:30").today - timedelta(weeks=week, days=1)},
        )
    ordinary_absences(college, WHOLE + 1)
    assert detect(college)["held"] == WHOLE + 1


@pytest.mark.parametrize(("students", "is_held"), [(77, True), (78, False)])
def test_before_there_is_a_past_a_share_of_the_students_is_the_limit(
    college: College, *, students: int, is_held: bool
) -> None:
    a_register(college, absent=31, present=students - 31)
    counts = detect(college, hold_percent_without_past=40, hold_texts_from=30)
    assert counts["held"] == (31 if is_held else 0)


def test_after_a_release_a_later_run_is_held_only_if_it_has_as_many_again(
    college: College,
) -> None:
    weeks_like(college, 5)
    lesson = ordinary_absences(college, LIMITS.texts_from + 1)
    detect(college)
    release(college.database, [lesson], at("11:40"))
    a_register(college, absent=5, present=5, starts="10:30", ends="11:30")
    assert detect(college, "11:50")["held"] == 0
    more = LIMITS.texts_from - 4
    a_register(college, absent=more, present=more, starts="10:40", ends="11:40")
    assert detect(college, "12:00")["held"] == more


def test_a_released_text_is_not_held_together_with_a_later_run(college: College) -> None:
    weeks_like(college, 5)
    texts = LIMITS.texts_from + 1
    released = ordinary_absences(college, texts)
    detect(college)
    release(college.database, [released], at("11:40"))
    later = ordinary_absences(college, texts)
    assert detect(college, "11:45")["held"] == texts
    assert (states_of(college, released), states_of(college, later)) == ({"queued"}, {"held"})


def test_each_run_with_new_texts_notes_how_many_may_leave(college: College) -> None:
    a_register(college, absent=WHOLE)
    a_register(college, absent=3, present=5)
    detect(college)
    detect(college, "11:35")
    noted = fetch_all(college.database, "SELECT * FROM texts_so_far", {})
    assert [(row["by_time"], row["texts"]) for row in noted] == [
        (timedelta(hours=11, minutes=30), 3)
    ]


def test_a_day_of_which_all_texts_are_held_says_nothing_of_its_weekday(college: College) -> None:
    a_register(college, absent=WHOLE)
    detect(college)
    assert fetch_all(college.database, "SELECT * FROM texts_so_far", {}) == ()


def test_a_resent_text_is_not_held(college: College) -> None:
    a_register(college, absent=WHOLE)
    detect(college, hold_whole_register_from=100)
    college.change("absence_texts", "TRUE", state=State.PENDING, failed_at="2026-11-23 11:31")
    assert detect(college, "11:35")["held"] == 0


def test_a_text_that_another_run_claims_after_the_hold_is_not_queued_unseen(
    college: College,
) -> None:
    college.absence()
    queue, moment = MemoryQueue(), at("11:30")

    def another_run_claims() -> bool:
        college.absence()
        source = find_source(college.database, None)
        another = Detection(
            database=college.database, source=source, rules=DETECTION.rules, moment=moment
        )
        assert another.claim() == 1
        return False

    run(college.database, queue, DETECTION, moment, is_paused=another_run_claims)
    assert len(queue.jobs) == 1
    detect(college, "11:35", queue=queue)
    assert len(queue.jobs) == 2
