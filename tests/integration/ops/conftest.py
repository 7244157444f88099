"""A context on the test database, at 12:50 of the sample day."""

from io import StringIO

import pytest

from absence_texts.clock import Clock
from absence_texts.database import Database
from ops.__main__ import make_parser
from ops.context import CommandContext
from ops.failures import run_or_tell
from ops.target import OpsSettings
from ops.terminal import make_console
from tests.support.college import LONDON, at
from tests.support.runs import COMMON

AFTERNOON = at("12:50")


class CommandLine:
    """Runs a command as it would be typed, and keeps what it printed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.now = AFTERNOON
        self.width = 400
        self.code = -1

    def __call__(self, words: str) -> str:
        printed = StringIO()
        console = make_console(printed, width=self.width)
        context = CommandContext(
            database=self._database,
            settings=OpsSettings.model_validate(COMMON),
            clock=Clock(LONDON, utc_now=lambda: self.now.instant),
            console=console,
        )
        arguments = make_parser().parse_args(words.split())
        self.code = run_or_tell(console, lambda: int(arguments.run(context, arguments)))
        return printed.getvalue()


def cells(shown: str) -> list[list[str]]:
    """Return what stands in the rows of the tables printed."""
    rows = (line for line in shown.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in row.strip("│").split("│")] for row in rows]


@pytest.fixture
def ops(database: Database) -> CommandLine:
    return CommandLine(database)
