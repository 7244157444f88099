"""Each thing that a person does by hand leaves a row: who, when, what, about which text, why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import boto3
import pytest
from moto import mock_aws

from absence_texts.database import Credentials, Row, fetch_all
from absence_texts.ledger import State
from ops.__main__ import main
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.target import OpsSettings
from tests.integration.ops.conftest import AFTERNOON, OPERATOR, CommandLine
from tests.support.college import College
from tests.support.runs import COMMON, Phones, deliver, detect

SWITCH = COMMON["sending_parameter"]


@pytest.fixture
def in_doubt(college: College) -> College:
    """Return a college of one text, which SNS took though its answer was lost."""
    college.absence()
    detect(college)
    deliver(college, Phones.in_doubt())
    return college


def actions(college: College) -> tuple[Row, ...]:
    return fetch_all(college.database, "SELECT * FROM operator_actions ORDER BY id", {})


def test_a_resent_text_has_its_author_time_and_reason(in_doubt: College, ops: CommandLine) -> None:
    ops(f"resend --text {in_doubt.the_text_id()} --confirm --why ring_failed")
    (action,) = actions(in_doubt)
    assert (action["action"], action["acted_by"], action["why"]) == (
        "resend",
        OPERATOR,
        "ring_failed",
    )
    assert action["absence_text_id"] == in_doubt.the_text_id()
    assert action["acted_at"] == AFTERNOON.utc


def test_what_was_not_done_is_not_recorded(in_doubt: College, ops: CommandLine) -> None:
    ops(f"resend --text {in_doubt.the_text_id()}")
    in_doubt.change("absence_texts", "TRUE", state=State.SENT)
    ops(f"resend --text {in_doubt.the_text_id()} --confirm")
    assert actions(in_doubt) == ()


def test_a_text_is_not_resent_if_that_can_not_be_recorded(
    in_doubt: College, ops: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.integration.ops.conftest.OPERATOR", "x" * 1000)
    ops(f"resend --text {in_doubt.the_text_id()} --confirm")
    assert (ops.code, in_doubt.the_text()["state"]) == (2, State.IN_DOUBT)


def test_explain_shows_what_people_did_about_the_text(in_doubt: College, ops: CommandLine) -> None:
    ops(f"resend --text {in_doubt.the_text_id()} --confirm --why ring_failed")
    student = in_doubt.the_text()["student_id"]
    (line,) = (
        line for line in ops(f"explain --student-id {student}").splitlines() if OPERATOR in line
    )
    assert "resend 12:50" in line
    assert "ring_failed" in line


@dataclass(frozen=True)
class Target:
    credentials: Credentials
    service: Service
    settings: OpsSettings
    operator: str = OPERATOR


@pytest.fixture
def target(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    with mock_aws():
        ssm = boto3.client("ssm")
        ssm.put_parameter(Name=SWITCH, Value="on", Type="String")
        service = Service(
            ssm=ssm,
            sqs=boto3.client("sqs"),
            logs=boto3.client("logs"),
            sending_parameter=SWITCH,
            queue_address="no queue",
            alarms=StageAlarms(cloudwatch=boto3.client("cloudwatch"), stage="live"),
        )
        target = Target(credentials, service, OpsSettings.model_validate(COMMON))
        monkeypatch.setattr("ops.__main__.choose_target", lambda _arguments: target)
        yield target


def value_of(target: Target) -> str:
    return target.service.ssm.get_parameter(Name=SWITCH)["Parameter"]["Value"]


@pytest.mark.usefixtures("target")
def test_a_pause_and_its_end_have_their_author_and_reason(college: College) -> None:
    assert main(["pause", "--why", "a wrong register"]) == 0
    assert main(["resume"]) == 0
    assert [(row["action"], row["acted_by"], row["why"]) for row in actions(college)] == [
        ("pause", OPERATOR, "a wrong register"),
        ("resume", OPERATOR, None),
    ]
    assert all(row["absence_text_id"] is None for row in actions(college))


def test_a_pause_works_though_the_database_is_away_and_says_that_it_is_not_recorded(
    target: Target, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = replace(target, credentials=replace(target.credentials, port=1))
    monkeypatch.setattr("ops.__main__.choose_target", lambda _arguments: away)
    assert main(["pause"]) == 0
    assert value_of(target) == "paused"
    assert "not recorded" in " ".join(capsys.readouterr().out.split())
    assert main(["resume"]) == 0
    assert value_of(target) == "on"
