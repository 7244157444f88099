"""pause and resume: one parameter, which the functions read."""

import shlex
from collections.abc import Callable, Iterator
from io import StringIO

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws

from absence_texts.parameter_store import sending_is_paused
from absence_texts.settings import PauseSettings
from ops.command_line import make_parser
from ops.context import SwitchContext
from ops.operator_actions import LONGEST_WHY, OperatorAction
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.terminal import make_console
from tests.support.runs import COMMON

SWITCH = COMMON["sending_parameter"]


@pytest.fixture
def service() -> Iterator[Service]:
    with mock_aws():
        ssm = boto3.client("ssm")
        ssm.put_parameter(Name=SWITCH, Value="on", Type="String")
        yield Service(
            ssm=ssm,
            sqs=boto3.client("sqs"),
            logs=boto3.client("logs"),
            sending_parameter=SWITCH,
            queue_address="https://sqs.example/jobs",
            alarms=StageAlarms(cloudwatch=boto3.client("cloudwatch"), stage="live"),
        )


def type_command(
    words: str,
    service: Service,
    record: Callable[[OperatorAction, str | None], None] = lambda _action, _why: None,
) -> str:
    printed = StringIO()
    arguments = make_parser().parse_args(shlex.split(words))
    context = SwitchContext(service=service, console=make_console(printed), record=record)
    assert arguments.run_without_database(context, arguments) == 0
    return printed.getvalue()


def is_paused() -> bool:
    parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped
    return sending_is_paused(PauseSettings(sending_parameter=SWITCH))


def test_the_functions_read_what_pause_and_resume_set(service: Service) -> None:
    type_command("pause", service)
    assert is_paused()
    type_command("resume", service)
    assert not is_paused()


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_a_second_time_says_that_nothing_changed(service: Service, word: str) -> None:
    type_command("resume" if word == "pause" else "pause", service)
    first, second = type_command(word, service), type_command(word, service)
    assert first != second
    assert is_paused() == (word == "pause")


@pytest.mark.parametrize("word", ["pause", "resume"])
def test_a_mistyped_switch_is_put_right(service: Service, word: str) -> None:
    service.ssm.put_parameter(Name=SWITCH, Value="onn", Overwrite=True)
    type_command(word, service)
    assert is_paused() == (word == "pause")


def test_who_changed_the_switch_is_recorded_once_with_the_reason(service: Service) -> None:
    recorded: list[tuple[OperatorAction, str | None]] = []

    def record(action: OperatorAction, why: str | None) -> None:
        assert is_paused() == (action is OperatorAction.PAUSE), "nothing may delay the switch"
        recorded.append((action, why))

    for words in ("resume", "pause --why 'a wrong register'", "pause", "resume"):
        type_command(words, service, record)
    assert recorded == [
        (OperatorAction.PAUSE, "a wrong register"),
        (OperatorAction.RESUME, None),
    ]


def test_a_reason_longer_than_its_column_is_refused_before_anything_is_done(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        type_command(f"pause --why {'x' * (LONGEST_WHY + 1)}", service)
    assert str(LONGEST_WHY) in capsys.readouterr().err
    assert not is_paused()
