"""The local stack as the service that the tool works on, and what the command line refuses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from absence_texts.clock import Clock
from local.processes import start, stop_all
from local.running_stack import DatabaseAddress, RunningStack, description_of
from ops.__main__ import choose_target
from ops.command_line import make_parser
from ops.target import LocalStack, NoTargetError
from tests.unit.ops.conftest import CREDENTIALS

STACK = RunningStack(
    database=DatabaseAddress(host="db", port=3306, user="u", password="p", name="n"),  # noqa: S106
    api_address="http://127.0.0.1:1",
    portal_address="http://127.0.0.1:2",
    ministack_address="http://127.0.0.1:4566",
    queue_address="http://127.0.0.1:4566/000000000000/jobs",
    dlq_address="http://127.0.0.1:4566/000000000000/dead",
    functions={"detect_absences": "detect"},
    schedule_name="schedule",
    sending_parameter="the-switch",
    clock_offset_seconds=3600,
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Return the directory of a stack that runs."""
    directory = tmp_path / "stack"
    STACK.write(description_of(directory))
    return directory


def test_the_local_stack_is_read_from_the_file_that_it_wrote(directory: Path) -> None:
    local = LocalStack.read(directory)
    assert local.stack == STACK
    assert local.credentials == CREDENTIALS
    offset = local.settings.clock.offset
    assert Clock(ZoneInfo("Europe/London"), offset) == STACK.clock
    assert local.service.sending_parameter == "the-switch"
    for client in (local.service.sqs, local.service.ssm):
        assert client.meta.endpoint_url == STACK.ministack_address


@pytest.mark.parametrize("content", ["", '{"database": {"host": ', "{}", "[]", '{"database": 1}'])
def test_a_file_that_can_not_be_read_is_named(directory: Path, content: str) -> None:
    description_of(directory).write_text(content)
    with pytest.raises(NoTargetError, match=r"stack\.json"):
        LocalStack.read(directory)


@pytest.fixture
def sleeping(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Start a process of a stack with this name, and return the stack's directory."""

    def start_stack(name: str) -> Path:
        directory = tmp_path / name
        directory.mkdir()
        STACK.write(description_of(directory))
        start(("/bin/sleep", "60"), name="database", directory=directory)
        return directory

    yield start_stack
    for directory in tmp_path.glob("*/"):
        stop_all(directory)


def test_the_stack_that_runs_is_found_among_the_known_ones(
    sleeping: Callable[[str], Path], tmp_path: Path
) -> None:
    stopped = tmp_path / "stopped"
    description_of(stopped).write_text("what a crashed stack left")
    assert LocalStack.find((stopped, sleeping("demo"))).stack == STACK


def test_if_two_stacks_run_the_person_chooses(sleeping: Callable[[str], Path]) -> None:
    with pytest.raises(NoTargetError, match=r"--stack \S+/up or --stack \S+/demo"):
        LocalStack.find((sleeping("up"), sleeping("demo")))


def test_a_stack_is_chosen_by_its_directory(directory: Path) -> None:
    arguments = make_parser().parse_args(["--stack", str(directory), "day"])
    assert choose_target(arguments).credentials == CREDENTIALS


def test_a_local_and_a_deployed_stack_are_not_named_together(directory: Path) -> None:
    words = ["--stack", str(directory), "--stage", "pilot", "day"]
    with pytest.raises(NoTargetError, match="not both"):
        choose_target(make_parser().parse_args(words))


def test_without_a_local_stack_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTargetError, match=r"make up.*--stage"):
        LocalStack.read(tmp_path / "stack")


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "--student", "STE1", "--student-id", "1"],
        ["day", "--stage", "production"],
        [],
    ],
)
def test_what_can_not_be_read_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(words)
    assert "usage: python -m ops" in capsys.readouterr().err
