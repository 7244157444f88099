"""status: whether it is running, whether sending is paused, since when and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from absence_texts.clock import CollegeTime
from absence_texts.database import execute
from absence_texts.parameter_store import Sending
from ops.operator_actions import OperatorAction, record
from ops.service import Service
from ops.status.service_status import ServiceStatus
from tests.integration.ops.conftest import CommandLine
from tests.support.college import LONDON, College, at
from tests.support.runs import COMMON, Phones, deliver, detect

SWITCH = COMMON["sending_parameter"]


@dataclass
class Stage:
    """A stage whose clock is the real one, as Parameter Store's is."""

    ops: CommandLine
    service: Service

    def read(self) -> ServiceStatus:
        return ServiceStatus.model_validate_json(self.ops("status --json"))

    def switch(self, to: Sending, *, recorded: bool = True, ago: int = 0) -> None:
        self.service.switch_sending(to)
        if recorded:
            action = OperatorAction.PAUSE if to is Sending.PAUSED else OperatorAction.RESUME
            moment = CollegeTime(datetime.now(UTC) - timedelta(minutes=ago), LONDON)
            record(self.ops.database, action, moment, by="jane", why="a wrong register")


@pytest.fixture
def stage(ops: CommandLine) -> Iterator[Stage]:
    with mock_aws():
        ssm = boto3.client("ssm")
        ssm.put_parameter(Name=SWITCH, Value="on", Type="String")
        service = Service(
            ssm=ssm, sqs=boto3.client("sqs"), sending_parameter=SWITCH, queue_address="no queue"
        )
        ops.find_service = lambda: service
        yield Stage(ops, service)


def test_a_pause_has_its_author_reason_and_time(stage: Stage) -> None:
    stage.switch(Sending.PAUSED)
    status = stage.read()
    assert (status.sending, status.by, status.why) == ("paused", "jane", "a wrong register")
    assert abs(status.since - datetime.now(UTC)) < timedelta(minutes=1)
    shown = stage.ops("status")
    assert all(words in shown for words in ("PAUSED", "jane", "a wrong register"))


def test_a_pause_that_was_not_recorded_has_no_author(stage: Stage) -> None:
    stage.switch(Sending.PAUSED, ago=60)
    stage.switch(Sending.ON, recorded=False)
    assert stage.read().by is None
    stage.switch(Sending.PAUSED, recorded=False)
    status = stage.read()
    assert (status.sending, status.by) == ("paused", None)
    assert "not recorded" in stage.ops("status")


def test_a_mistyped_switch_is_shown_with_what_to_do(stage: Stage) -> None:
    stage.service.ssm.put_parameter(Name=SWITCH, Value="onn", Overwrite=True)
    assert stage.read().sending == "onn"
    shown = stage.ops("status")
    assert "onn" in shown
    assert "resume" in shown


def test_the_last_run_and_the_texts_that_wait_or_are_in_doubt(
    college: College, stage: Stage
) -> None:
    assert (stage.read().last_run, stage.read().waiting) == (None, 0)
    lesson = college.lesson()
    for _ in range(3):
        student, _ = college.student_with_guardian()
        college.mark(student, lesson)
    detect(college, "11:40")
    deliver(college, Phones.in_doubt(), time="11:41", text_id=college.texts()[0]["id"])
    status = stage.read()
    assert (status.last_run, status.waiting, status.in_doubt) == (at("11:40").instant, 2, 1)
    shown = stage.ops("status")
    assert all(words in shown for words in ("11:40", "2 texts", "1 text"))


def test_only_the_texts_of_today_count(college: College, stage: Stage) -> None:
    college.absence()
    detect(college)
    execute(college.database, "UPDATE absence_texts SET absence_date = '2026-11-20'", {})
    assert stage.read().waiting == 0
