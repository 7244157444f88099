"""Each question of the attendance office's page is answered on the sample day by what it says."""

import csv
import getpass
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.office_page import (
    TUESDAYS_REFERENCE,
    WRONG_REGISTER,
    Example,
    Practice,
    examples,
    practising,
    questions,
)

LESSON_OF_THE_PAGE = 6
OF_NO_ABSENCE_TO_TELL = {"absent", "due", "first_of_day", "not_texted_today", "student_16_19"}


@pytest.fixture(scope="module")
def practice(run_files: Path) -> Iterator[Practice]:
    with practising(run_files / "office") as practice:
        yield practice


@pytest.fixture(scope="module")
def told(practice: Practice) -> set[str]:
    return {practice.day.college.reference(text.student) for text in practice.day.texts}


@pytest.fixture(scope="module")
def untold(practice: Practice, told: set[str]) -> set[str]:
    day = practice.day
    return {
        day.college.reference(student)
        for (student, _), reason in day.reasons.items()
        if reason not in OF_NO_ABSENCE_TO_TELL
    } - told


def references(answer: str) -> set[str]:
    return set(re.findall(r"STE\d+", answer))


def settled(practice: Practice, found: set[str]) -> set[str]:
    """Leave out the wrong register, and a lesson that comes due a few minutes after the start."""
    late = {
        practice.day.college.reference(student)
        for (student, _), reason in practice.day.reasons.items()
        if reason == "due"
    }
    return found - late - WRONG_REGISTER


def test_each_question_has_a_command() -> None:
    assert questions() == list(range(1, 11))
    assert {example.question for example in examples()} == set(questions())


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", text))


@pytest.mark.parametrize(
    "example",
    [each for each in examples() if each.shown is not None],
    ids=lambda each: each.commands,
)
def test_the_page_shows_nearly_what_is_printed(practice: Practice, example: Example) -> None:
    """If not, `python -m tests.e2e.office_page` writes the page anew."""
    (answer,) = [answer for each, answer in practice.answers if each == example]
    shown = words(example.shown or "")
    assert shown
    assert len(shown & words(answer)) >= 0.8 * len(shown)


def test_1_explain_says_what_kept_the_text_back(practice: Practice) -> None:
    (answer,) = practice.answers_to(1)
    assert "✗" in answer
    assert "suspended" in answer


def test_2_the_list_holds_each_student_of_whom_nobody_was_told(
    practice: Practice, untold: set[str]
) -> None:
    (answer,) = practice.answers_to(2)
    assert settled(practice, references(answer)) == untold


def test_3_the_account_holds_each_absent_student(
    practice: Practice, told: set[str], untold: set[str]
) -> None:
    (answer,) = practice.answers_to(3)
    lines = [line for line in answer.splitlines() if references(line)]
    found = {reference for line in lines if "not told" in line for reference in references(line)}
    assert settled(practice, found) == untold
    assert settled(practice, references(answer) - found) == told


def test_4_a_pause_says_since_when_by_whom_and_why_and_ends(practice: Practice) -> None:
    _, status, _ = practice.answers_to(4)
    assert "paused" in status.lower()
    assert getpass.getuser() in status
    assert "the registers of period 2 are wrong" in status
    assert re.search(r"\d\d:\d\d", status)
    assert json.loads(practice.terminal.type("python -m ops status --json"))["sending"] == "on"


def test_5_the_lessons_list_holds_those_who_missed_it(practice: Practice) -> None:
    answer, _, _ = practice.answers_to(5)
    told = {
        practice.day.college.reference(text.student)
        for text in practice.day.texts
        if text.lesson == LESSON_OF_THE_PAGE
    }
    assert told
    assert references(answer) == told


def test_5_a_register_that_looks_wrong_is_held_until_it_is_released(practice: Practice) -> None:
    _, held, released = practice.answers_to(5)
    assert references(held) == WRONG_REGISTER
    assert not [line for line in held.splitlines() if re.search(r"\d{2}:\d{2} +told", line)]
    assert str(len(WRONG_REGISTER)) in released
    assert json.loads(practice.terminal.type("python -m ops status --json"))["held"] == 0


def test_6_the_list_to_mend_holds_each_student_whom_no_text_can_reach(practice: Practice) -> None:
    (answer,) = practice.answers_to(6)
    reasons = {"guardian_linked", "guardian_registered", "link_active", "has_mobile"}
    unreachable = {
        practice.day.college.reference(student)
        for (student, _), reason in practice.day.reasons.items()
        if reason in reasons
    }
    assert unreachable <= references(answer)
    assert not references(answer) & {
        practice.day.college.reference(text.student) for text in practice.day.texts
    }


def test_7_each_of_two_children_has_one_text(practice: Practice) -> None:
    (answer,) = practice.answers_to(7)
    first, second = re.split(r"(?m)^(?=Student )", answer)[1:]
    for reference, story in (("STE04050003", first), ("STE04050004", second)):
        assert references(story) == {reference}
        assert len(re.findall(r"\bsent\b \d\d:\d\d", story)) == 1


def test_8_whoever_removed_the_number_gets_no_text_and_is_rung(
    practice: Practice, untold: set[str]
) -> None:
    (answer,) = practice.answers_to(8)
    assert "✗" in answer
    assert references(answer) <= untold


def test_9_the_spreadsheet_holds_each_absent_student(
    practice: Practice, told: set[str], untold: set[str]
) -> None:
    with (practice.terminal.directory / "today.csv").open(newline="") as file:
        listed = {row["student"] for row in csv.DictReader(file)}
    assert settled(practice, listed) == told | untold


def test_9_the_page_holds_each_absent_student_and_first_those_to_ring(
    practice: Practice, told: set[str], untold: set[str]
) -> None:
    page = (practice.terminal.directory / "today.html").read_text()
    to_ring, account = page.split('id="account"')
    assert settled(practice, references(to_ring)) == untold
    assert settled(practice, references(account)) == told | untold


def test_10_an_earlier_day_reads_as_it_was(practice: Practice) -> None:
    (answer,) = practice.answers_to(10)
    assert references(answer) == {TUESDAYS_REFERENCE}
