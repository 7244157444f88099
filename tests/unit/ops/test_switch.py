"""pause and resume: one parameter, which the functions read."""

from collections.abc import Iterator
from io import StringIO

import boto3
import pytest
from aws_lambda_powertools.utilities import parameters
from moto import mock_aws

from absence_texts.parameter_store import sending_is_paused
from absence_texts.settings import PauseSettings
from ops.__main__ import make_parser
from ops.service import Service
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
            sending_parameter=SWITCH,
            queue_address="https://sqs.example/jobs",
        )


def typed(words: str, service: Service) -> str:
    printed = StringIO()
    arguments = make_parser().parse_args(words.split())
    assert arguments.run_without_database(service, make_console(printed, width=200)) == 0
    return printed.getvalue()


def is_paused() -> bool:
    parameters.clear_caches()  # type: ignore[no-untyped-call]  # Powertools left it untyped
    return sending_is_paused(PauseSettings(sending_parameter=SWITCH))


def test_pause_is_what_the_functions_read_as_paused(service: Service) -> None:
    assert "Sending stops within 30 seconds." in typed("pause", service)
    assert is_paused()


def test_resume_is_what_the_functions_read_as_on(service: Service) -> None:
    typed("pause", service)
    assert "Sending is on" in typed("resume", service)
    assert not is_paused()


def test_saying_it_twice_says_so(service: Service) -> None:
    typed("pause", service)
    assert typed("pause", service) == "Sending was paused already.\n"
    typed("resume", service)
    assert typed("resume", service) == "Sending was on already.\n"


@pytest.mark.parametrize("words", ["pause", "resume"])
def test_a_mistyped_switch_is_put_right(service: Service, words: str) -> None:
    service.ssm.put_parameter(Name=SWITCH, Value="onn", Overwrite=True)
    assert "already" not in typed(words, service)
    assert is_paused() == (words == "pause")
