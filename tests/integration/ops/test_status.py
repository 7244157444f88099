"""status: whether it is running, whether sending is paused, since when and by whom."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.clock import CollegeTime
from absence_texts.database import execute
from absence_texts.parameter_store import Sending
from ops.operator_actions import OperatorAction, record
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.status.alarms import RingingAlarms
from ops.status.service_status import ServiceStatus
from tests.integration.ops.conftest import SWITCH, CommandLine
from tests.support.college import LONDON, College, at
from tests.support.runs import Phones, deliver, detect


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
def stage(ops: CommandLine, service: Service) -> Stage:
    return Stage(ops, service)


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


@pytest.mark.parametrize(("now", "late"), [("11:50", 0), ("11:51", 1)])
def test_a_text_that_waits_for_more_than_ten_minutes_is_late(
    college: College, stage: Stage, now: str, late: int
) -> None:
    college.absence()
    detect(college, "11:40")
    stage.ops.now = at(now)
    assert stage.read().late == late


def test_only_the_texts_of_today_count(college: College, stage: Stage) -> None:
    college.absence()
    detect(college)
    execute(college.database, "UPDATE absence_texts SET absence_date = '2026-11-20'", {})
    assert stage.read().waiting == 0


def an_alarm(name: str, *, description: str = "A sentence. https://college.example/page") -> None:
    boto3.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        AlarmDescription=description,
        MetricName="m",
        Namespace="n",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        Threshold=1,
        Period=60,
        Statistic="Sum",
    )


def set_alarm(name: str, value: Literal["OK", "ALARM", "INSUFFICIENT_DATA"]) -> None:
    boto3.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=value, StateReason="a")


def test_the_alarms_of_the_stage_that_ring_are_shown_with_their_runbook(stage: Stage) -> None:
    an_alarm("AbsenceTexts-live-TextsLate", description="Texts are late. runbooks/texts-late.md")
    an_alarm("AbsenceTexts-live-Paused")
    an_alarm("AbsenceTexts-pilot-NoRun")
    set_alarm("AbsenceTexts-live-TextsLate", "ALARM")
    set_alarm("AbsenceTexts-live-Paused", "OK")
    set_alarm("AbsenceTexts-pilot-NoRun", "ALARM")
    (alarm,) = stage.read().alarms.ringing
    assert (alarm.name, stage.read().alarms.not_known_because) == ("TextsLate", None)
    assert abs(alarm.since - datetime.now(UTC)) < timedelta(minutes=1)
    shown = stage.ops("status")
    assert "ALARM TextsLate" in shown
    assert "runbooks/texts-late.md" in shown


def test_no_alarm_rings_if_every_alarm_is_quiet(stage: Stage) -> None:
    an_alarm("AbsenceTexts-live-Paused")
    set_alarm("AbsenceTexts-live-Paused", "OK")
    assert stage.read().alarms == RingingAlarms()
    assert "No alarm rings." in stage.ops("status")


@pytest.mark.parametrize("alarms", [[], ["AbsenceTexts-live-Paused"]])
def test_alarms_that_are_missing_or_have_no_data_are_not_called_quiet(
    stage: Stage, alarms: list[str]
) -> None:
    for name in alarms:
        an_alarm(name)
        set_alarm(name, "INSUFFICIENT_DATA")
    assert stage.read().alarms.not_known_because
    assert "No alarm rings." not in stage.ops("status")


def test_every_page_of_alarms_is_read(stage: Stage) -> None:
    for number in range(120):
        an_alarm(f"AbsenceTexts-live-{number:03d}")
    assert len(stage.service.alarms.read()) == 120


def test_the_status_is_told_if_cloudwatch_refuses(stage: Stage) -> None:
    client = boto3.client("cloudwatch")
    with Stubber(client) as refusing:
        refusing.add_client_error("describe_alarms", "AccessDenied", "no right")
        alarms = StageAlarms(cloudwatch=client, stage="live")
        stage.ops.find_service = lambda: replace(stage.service, alarms=alarms)
        shown = stage.ops("status")
    assert stage.ops.code == 0
    assert "Sending is on" in shown
    assert "AccessDenied" in shown
