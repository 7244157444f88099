"""The attendance office's page: its questions, its commands, and what it shows of each answer.

`python -m tests.e2e.office_page` runs the commands on a stack of its own, and writes what they
print into the page.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from absence_texts.database import connect
from absence_texts.ledger import State
from local import stack as local_stack
from local.college.rows import numbered_reference
from local.college.sample_day import STARTS, SampleDay, sample_day
from local.college_clock import offset_to
from local.environment import ROOT
from local.run_directory import run_directory
from tests.e2e.deployed import Deployed
from tests.support.college import College

PAGE = ROOT / "docs" / "attendance-office.md"
_TUESDAY = 1
TUESDAYS_REFERENCE = numbered_reference(10_000)
_WRONG_REGISTER = range(20_000, 20_020, 2)
WRONG_REGISTER = frozenset(map(numbered_reference, _WRONG_REGISTER))
"""The references of the students whom a wrong register calls absent. Each has one guardian."""
_TOOL = "python -m ops "
_QUESTION = re.compile(r"(?m)^## (\d+)\. ")
_BLOCK = re.compile(r"```sh\n(?P<typed>.+?)```(?:\n\n```text\n(?P<shown>.*?)```)?", re.DOTALL)
_MOST_LINES = 14
_LEFT_OUT = "[…]"


@dataclass(frozen=True)
class Example:
    """What the page lets its reader type, and what it shows of the answer."""

    question: int
    commands: tuple[str, ...]
    shown: str | None
    """None if the page shows nothing."""


@dataclass(frozen=True)
class Terminal:
    """Where a reader types: in a directory, with the tool at work on this stack."""

    directory: Path
    stack: Path

    def type(self, command: str) -> str:
        """Return what the command prints; raises CalledProcessError if it fails."""
        tool = shlex.join([sys.executable, "-m", "ops", "--stack", str(self.stack), ""])
        environment = {"COLUMNS": "160", "TERM": "dumb", "NO_COLOR": "1"}
        done = subprocess.run(  # noqa: S602 (the words of our own page)
            command.replace(_TOOL, tool.removesuffix("''"), 1),
            shell=True,
            cwd=self.directory,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def type_all(self, example: Example) -> str:
        return "\n".join(map(self.type, example.commands))


@dataclass(frozen=True)
class Practice:
    """The page's examples with their answers, typed in order on the sample day."""

    day: SampleDay
    terminal: Terminal
    answers: Sequence[tuple[Example, str]]

    def answers_to(self, question: int) -> list[str]:
        """Return what each block of commands of a question printed."""
        return [answer for example, answer in self.answers if example.question == question]


@contextmanager
def practising(directory: Path) -> Iterator[Practice]:
    """Play the sample day on a stack of its own, and type all that the page says."""
    where = directory / "practice" / "stack"
    terminal = Terminal(directory, where)
    with (
        local_stack.running(where, clock_offset=offset_to(STARTS)) as stack,
        closing(connect(stack.credentials)) as database,
    ):
        day = sample_day(stack.clock.now().today)
        deployed = Deployed(stack, College(database, day=f"{day.college.day}"))
        _play(deployed, day)
        answers = [(example, terminal.type_all(example)) for example in examples()]
        yield Practice(day, terminal, answers)


def _play(deployed: Deployed, day: SampleDay) -> None:
    """Let the day's texts leave, after a Tuesday on which one text was sent."""
    day.college.insert_into(deployed.college.database)
    tuesday = _last_tuesday(day.college.day)
    earlier = College(deployed.college.database, day=f"{tuesday}", _ids=count(10_000))
    student, guardian, lesson = earlier.absence()
    earlier.claim(student, guardian, lesson, State.SENT)
    deployed.call_detection()
    deployed.wait_for_texts(len(day.texts))
    _mark_everyone_absent(deployed.college)
    # The reasons of those who get no text are recorded when a run has come to its end.
    deployed.call_detection()


def _mark_everyone_absent(college: College) -> None:
    """Add a register that looks wrong, so that its texts are held."""
    college = replace(college, _ids=count(_WRONG_REGISTER.start))
    students = [college.student_with_guardian()[0] for _ in _WRONG_REGISTER]
    lesson = college.lesson("09:50", "10:50")
    for student in students:
        college.mark(student, lesson, marked_at="09:55")


def _last_tuesday(today: date) -> date:
    """Return the Tuesday before today, which is a week ago if today is a Tuesday."""
    return today - timedelta(days=(today.weekday() - _TUESDAY - 1) % 7 + 1)


def examples() -> Iterator[Example]:
    """Yield the examples in the order of the page."""
    _, *parts = _QUESTION.split(PAGE.read_text())
    for number, part in zip(parts[::2], parts[1::2], strict=True):
        for block in _BLOCK.finditer(part):
            commands = tuple(block["typed"].splitlines())
            yield Example(int(number), commands, block["shown"])


def questions() -> list[int]:
    return [int(number) for number in _QUESTION.findall(PAGE.read_text())]


def shortened(answer: str) -> str:
    """Return as much of an answer as the page shows: its beginning, and its last line."""
    lines = [line.rstrip() for line in answer.splitlines()]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:-1] = [_LEFT_OUT]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write each answer into the page, below the command that it answers."""
    with (
        run_directory(ROOT / ".local" / "office-page") as directory,
        practising(directory) as practice,
    ):
        answers = iter([answer for _, answer in practice.answers])

        def with_answer(block: re.Match[str]) -> str:
            answer = next(answers)
            if block["shown"] is None:
                return block[0]
            return f"```sh\n{block['typed']}```\n\n```text\n{shortened(answer)}```"

    PAGE.write_text(_BLOCK.sub(with_answer, PAGE.read_text()))


if __name__ == "__main__":
    main()
