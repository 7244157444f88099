"""release: a person sends the texts that are held; day and status say that texts are held."""

import json

import pytest

from absence_texts.database import Row, fetch_all
from absence_texts.ledger import State
from tests.integration.ops.conftest import AFTERNOON, OPERATOR, CommandLine, cells
from tests.support.college import College, at
from tests.support.registers import a_register
from tests.support.runs import MemoryQueue, Phones, deliver, detect

WHOLE = 8


@pytest.fixture
def held(college: College) -> College:
    """Return a college with two held registers, at 09:00 and at 10:10."""
    a_register(college, absent=WHOLE, starts="09:00", ends="10:00")
    a_register(college, absent=WHOLE)
    detect(college)
    return college


def states(college: College) -> list[str]:
    return [text["state"] for text in college.texts()]


def actions(college: College) -> tuple[Row, ...]:
    return fetch_all(college.database, "SELECT * FROM operator_actions ORDER BY id", {})


@pytest.mark.parametrize("words", ["--lesson 10:10", "--lesson {id}"])
def test_a_lessons_texts_are_released_by_its_start_or_its_id(
    held: College, ops: CommandLine, words: str
) -> None:
    lesson = max(text["lesson_id"] for text in held.texts())
    assert f"{WHOLE} texts" in ops(f"release {words.format(id=lesson)}")
    released = {text["lesson_id"] for text in held.texts() if text["state"] == State.PENDING}
    assert (ops.code, released) == (0, {lesson})
    assert states(held).count(State.HELD) == WHOLE


def test_released_texts_leave_with_the_next_run(held: College, ops: CommandLine) -> None:
    ops("release --all")
    queue, phones = MemoryQueue(), Phones()
    detect(held, "12:55", queue=queue)
    assert len(queue.jobs) == 2 * WHOLE
    assert deliver(held, phones, time="12:56", text_id=queue.jobs[0]) == State.SENT


def test_a_released_text_whose_mark_was_corrected_is_not_sent(
    held: College, ops: CommandLine
) -> None:
    ops("release --all")
    held.change("register_marks", "TRUE", mark="/")
    text = held.texts()[0]["id"]
    assert deliver(held, Phones(), time="12:56", text_id=text) == State.CANCELLED


def test_each_released_text_has_its_author_time_and_reason(held: College, ops: CommandLine) -> None:
    ops("release --lesson 10:10 --why it_is_true")
    recorded = actions(held)
    released = {text["id"] for text in held.texts() if text["state"] == State.PENDING}
    assert {row["absence_text_id"] for row in recorded} == released
    assert {(row["action"], row["acted_by"], row["acted_at"], row["why"]) for row in recorded} == {
        ("release", OPERATOR, AFTERNOON.utc, "it_is_true")
    }


@pytest.mark.parametrize("words", ["--lesson 11:20", "--lesson 99999"])
def test_a_lesson_that_is_not_held_releases_nothing(
    held: College, ops: CommandLine, words: str
) -> None:
    assert "10:10" in ops(f"release {words}")
    assert (ops.code, set(states(held)), actions(held)) == (1, {State.HELD}, ())


def test_two_lessons_of_one_start_are_told_apart_by_their_ids(
    held: College, ops: CommandLine
) -> None:
    other = a_register(held, absent=WHOLE)
    detect(held, "11:35")
    assert str(other) in ops("release --lesson 10:10")
    assert (ops.code, set(states(held))) == (1, {State.HELD})
    ops(f"release --lesson {other}")
    assert states(held).count(State.PENDING) == WHOLE


def test_nothing_is_released_after_the_window_has_closed(held: College, ops: CommandLine) -> None:
    ops.now = at("20:00")
    ops("release --all")
    assert (ops.code, set(states(held))) == (1, {State.HELD})


def test_without_held_texts_nothing_is_released(ops: CommandLine) -> None:
    ops("release --all")
    assert ops.code == 1


@pytest.mark.usefixtures("service")
def test_the_day_begins_with_what_is_held_and_what_to_do(held: College, ops: CommandLine) -> None:
    first, second, *_ = ops("day").splitlines()
    lesson = min(text["lesson_id"] for text in held.texts())
    assert f"{WHOLE} texts" in first
    assert "09:00" in first
    assert f"({WHOLE} of {WHOLE} now)" in first
    assert f"release --lesson {lesson}" in first
    assert "10:10" in second


@pytest.mark.usefixtures("service")
def test_status_begins_with_what_is_held(held: College, ops: CommandLine) -> None:
    assert len(held.texts()) == 2 * WHOLE
    assert all("HELD" in line for line in ops("status").splitlines()[:2])
    assert json.loads(ops("status --json"))["held"] == 2 * WHOLE


@pytest.mark.usefixtures("service")
def test_a_held_run_has_one_sentence(college: College, ops: CommandLine) -> None:
    a_register(college, absent=31, present=8)
    detect(college)
    assert "release --all" in ops("day").splitlines()[0]
    assert "31 texts" in ops("day").splitlines()[0]


@pytest.mark.usefixtures("service")
def test_a_day_without_held_texts_says_nothing_of_them(college: College, ops: CommandLine) -> None:
    college.absence()
    detect(college)
    assert "HELD" not in ops("day")


@pytest.mark.usefixtures("held")
def test_nobody_was_told_while_a_text_is_held(ops: CommandLine) -> None:
    rows = cells(ops("unreached"))
    assert len(rows) == 2 * WHOLE
    assert {row[-2] for row in rows} == {State.HELD}
    assert all("everyone" in row[-1] for row in rows)


def test_explain_shows_that_a_text_was_held_and_released(held: College, ops: CommandLine) -> None:
    ops("release --all --why it_is_true")
    student = held.texts()[0]["student_id"]
    shown = ops(f"explain --student-id {student}")
    assert "released 12:50" in shown
    assert "held 11:30" in shown
    assert "it_is_true" in shown
