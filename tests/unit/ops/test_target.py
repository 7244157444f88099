"""The service that the tool works on: the local stack, a deployed stage or a database alone."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import boto3
import pytest

from absence_texts.clock import Clock
from local.processes import start, stop_all
from local.running_stack import DatabaseAddress, RunningStack, description_of
from ops.__main__ import choose_target, main, make_parser
from ops.target import DatabaseAlone, DeployedFunction, LocalStack, NoTargetError
from tests.unit.ops.conftest import CREDENTIALS, DETECTION_VARIABLES, FUNCTION, SECRET, Account

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
OWNERS = "owners-secret"


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
    words = ["--stack", str(directory), "--function", FUNCTION, "day"]
    with pytest.raises(NoTargetError, match="not both"):
        choose_target(make_parser().parse_args(words))


def test_without_a_local_stack_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTargetError, match=r"make up.*--function"):
        LocalStack.read(tmp_path / "stack")


def test_a_deployed_function_names_its_settings_its_secret_and_its_services(
    account: Account,
) -> None:
    account.deploy(**DETECTION_VARIABLES)
    account.keep_secret("the-secret")
    target = DeployedFunction.read(FUNCTION, account.session)
    assert (target.credentials, target.settings.absent_mark) == (CREDENTIALS, "N")
    assert target.service.queue_address == DETECTION_VARIABLES["QUEUE_URL"]
    assert target.service.sending_parameter == "the-switch"


def test_the_switch_of_a_stage_is_found_without_its_secret(account: Account) -> None:
    account.deploy(**DETECTION_VARIABLES)
    arguments = make_parser().parse_args(["--function", FUNCTION, "pause"])
    assert choose_target(arguments).service.sending_parameter == "the-switch"


def test_another_function_is_refused_by_name(account: Account) -> None:
    account.deploy(STAGE="live")
    with pytest.raises(NoTargetError, match=FUNCTION):
        DeployedFunction.read(FUNCTION, account.session)


def test_a_variable_of_this_process_overrides_the_functions(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deploy(**DETECTION_VARIABLES)
    monkeypatch.setenv("ABSENT_MARK", "X")
    assert DeployedFunction.read(FUNCTION, account.session).settings.absent_mark == "X"


def test_another_users_secret_may_be_used_instead_of_the_functions(account: Account) -> None:
    account.deploy(**DETECTION_VARIABLES)
    account.keep_secret(OWNERS)
    target = DeployedFunction.read(FUNCTION, account.session, secret_id=OWNERS)
    assert (target.credentials, target.settings.absent_mark) == (CREDENTIALS, "N")


def test_a_ca_bundle_that_is_only_on_lambda_is_asked_for(
    account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    account.deploy(**DETECTION_VARIABLES, DATABASE_TLS_CA="/opt/database-ca.pem")
    target = DeployedFunction.read(FUNCTION, account.session)
    with pytest.raises(NoTargetError, match="DATABASE_TLS_CA"):
        _ = target.settings
    here = tmp_path / "database-ca.pem"
    here.touch()
    monkeypatch.setenv("DATABASE_TLS_CA", str(here))
    assert target.settings.database_tls_ca == str(here)


def test_a_secret_alone_is_enough_for_a_college_with_the_default_settings(
    account: Account,
) -> None:
    account.keep_secret("the-secret")
    target = DatabaseAlone("the-secret", account.session)
    assert (target.credentials, target.settings.absent_mark) == (CREDENTIALS, "O")


def test_a_ca_bundle_that_is_not_here_is_asked_for_with_a_secret_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_TLS_CA", "/nowhere/database-ca.pem")
    with pytest.raises(NoTargetError, match=r"/nowhere/database-ca\.pem"):
        _ = DatabaseAlone("the-secret", boto3.Session()).settings


@pytest.mark.parametrize("secret", ["hunter2", SECRET.replace("dbname", "database")])
def test_a_secret_of_no_database_is_named_and_never_quoted(account: Account, secret: str) -> None:
    account.keep_secret("api-key", secret)
    with pytest.raises(NoTargetError, match="api-key") as raised:
        _ = DatabaseAlone("api-key", account.session).credentials
    assert "hunter2" not in str(raised.value)
    assert asdict(CREDENTIALS)["password"] not in str(raised.value).split()


def test_a_secret_alone_names_no_switch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--secret", "the-secret", "pause"]) == 2
    assert "--function" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["explain"],
        ["explain", "--student", "STE1", "--student-id", "1"],
        ["preview", "--as-of", "noon"],
        ["preview", "--as-of", "0001-01-01"],
        ["unreached", "--date", "9999-12-31"],
        [],
    ],
)
def test_what_can_not_be_read_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(words)
    assert "usage: python -m ops" in capsys.readouterr().err
