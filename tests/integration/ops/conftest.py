"""A context on the test database, at 12:50 of the sample day."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import boto3
import pytest
from moto import mock_aws
from rich.console import Console

from absence_texts.clock import Clock
from absence_texts.database import Credentials, Database, connect
from ops.command_line import make_parser
from ops.context import CommandContext
from ops.failures import run_or_tell
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.target import OpsSettings
from tests.support.college import LONDON, at
from tests.support.runs import COMMON

AFTERNOON = at("12:50")
SWITCH = COMMON["sending_parameter"]
OPERATOR = "arn:aws:sts::123456789012:assumed-role/operators/jane"


def no_service() -> Service:
    pytest.fail("the command needs nothing but the database")


class CommandLine:
    """Runs a command as a person types it, and returns what it prints."""

    def __init__(self, database: Database, credentials: Credentials | None = None) -> None:
        self.database = database
        self.credentials = credentials
        self.now = AFTERNOON
        self.settings: dict[str, str] = {}
        self.is_terminal = True
        self.width = 400
        self.find_service = no_service
        self.code = -1

    def open_schema(self, schema: str, *, eager: bool) -> Database:
        assert self.credentials, "the command needs no schema but its own"
        return connect(replace(self.credentials, dbname=schema), eager=eager)

    def __call__(self, words: str) -> str:
        printed = StringIO()
        console = Console(
            file=printed,
            width=self.width,
            force_terminal=self.is_terminal,
            color_system=None,
            markup=False,
            emoji=False,
        )
        context = CommandContext(
            database=self.database,
            settings=OpsSettings.model_validate(COMMON | self.settings),
            clock=Clock(LONDON, utc_now=lambda: self.now.instant),
            console=console,
            open_schema=self.open_schema,
            find_service=self.find_service,
            find_operator=lambda: OPERATOR,
        )
        arguments = make_parser().parse_args(words.split())
        self.code = run_or_tell(console, lambda: int(arguments.run(context, arguments)))
        return printed.getvalue()


def cells(shown: str) -> list[list[str]]:
    """Return the cells of each row of the printed tables."""
    rows = (line for line in shown.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in row.strip("│").split("│")] for row in rows]


def state_and_reason(shown: str) -> tuple[str, str]:
    """Return the state and the reason of the only line."""
    (row,) = cells(shown)
    return row[-2], row[-1]


def answers(shown: str) -> dict[str, bool]:
    """Return whether each criterion that `explain` printed holds."""
    lines = (line.partition(sign) for line in shown.splitlines() for sign in "✓✗" if sign in line)
    return {rest.split()[0]: sign == "✓" for _, sign, rest in lines}


def facts(shown: str) -> dict[str, str]:
    """Return the fact that `explain` printed for each criterion."""
    rows = (line.replace("✗", "✓").partition("✓") for line in shown.splitlines())
    words = (rest.split() for _, sign, rest in rows if sign)
    return {name: " ".join(fact) for name, *fact in words}


@pytest.fixture
def service(ops: CommandLine) -> Iterator[Service]:
    """Give the commands a stage around the database, whose sending switch is on."""
    with mock_aws():
        ssm = boto3.client("ssm")
        ssm.put_parameter(Name=SWITCH, Value="on", Type="String")
        deployed = Service(
            ssm=ssm,
            sqs=boto3.client("sqs"),
            logs=boto3.client("logs"),
            sending_parameter=SWITCH,
            queue_address="https://sqs.eu-west-2.amazonaws.com/123456789012/jobs",
            alarms=StageAlarms(cloudwatch=boto3.client("cloudwatch"), stage="live"),
        )
        ops.find_service = lambda: deployed
        yield deployed


@pytest.fixture
def ops(database: Database, credentials: Credentials) -> CommandLine:
    return CommandLine(database, credentials)
