"""redrive: from the dead-letter queue, only what may still be sent today is queued again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import boto3
import pytest
from moto import mock_aws

from absence_texts.clock import Clock
from absence_texts.job import job_body
from absence_texts.ledger import State
from ops.command_line import make_parser
from ops.context import CommandContext
from ops.operator_actions import actions_about
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.target import OpsSettings
from ops.terminal import make_console
from tests.integration.ops.conftest import OPERATOR, CommandLine
from tests.support.college import LONDON, College, at
from tests.support.runs import COMMON, Phones, deliver, detect


@dataclass
class Queues:
    service: Service

    def fail(self, *bodies: str) -> None:
        """Put messages where those end that were received too often."""
        for body in bodies:
            self.service.sqs.send_message(
                QueueUrl=self.service.dead_letters_address, MessageBody=body
            )

    @property
    def jobs(self) -> list[str]:
        return self._bodies(self.service.queue_address)

    @property
    def dead_letters(self) -> list[str]:
        return self._bodies(self.service.dead_letters_address)

    def _bodies(self, address: str) -> list[str]:
        answer = self.service.sqs.receive_message(
            QueueUrl=address, MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in answer.get("Messages", [])]


def _without_waiting(params: dict[str, object], **_: object) -> None:
    """Ask moto once: all its messages are in one place, and waiting takes a second of each test."""
    params["WaitTimeSeconds"] = 0


@pytest.fixture
def queues() -> Iterator[Queues]:
    with mock_aws():
        sqs = boto3.client("sqs")
        sqs.meta.events.register("before-parameter-build.sqs.ReceiveMessage", _without_waiting)
        dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]
        policy = json.dumps({"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": 5})
        jobs = sqs.create_queue(QueueName="jobs", Attributes={"RedrivePolicy": policy})["QueueUrl"]
        yield Queues(
            Service(
                sqs=sqs,
                logs=boto3.client("logs"),
                ssm=boto3.client("ssm"),
                sending_parameter=COMMON["sending_parameter"],
                queue_address=jobs,
                alarms=StageAlarms(cloudwatch=boto3.client("cloudwatch"), stage="live"),
            )
        )


@pytest.fixture
def college(college: College) -> College:
    college.absence()
    detect(college)
    return college


def redrive(college: College, queues: Queues, time: str = "12:50") -> tuple[int, str]:
    printed = StringIO()
    context = CommandContext(
        database=college.database,
        settings=OpsSettings.model_validate(COMMON),
        clock=Clock(LONDON, utc_now=lambda: at(time).instant),
        console=make_console(printed),
        open_schema=CommandLine(college.database).open_schema,
        find_service=lambda: queues.service,
        find_operator=lambda: OPERATOR,
    )
    arguments = make_parser().parse_args(["redrive"])
    return arguments.run(context, arguments), printed.getvalue()


def test_a_job_whose_text_may_still_be_sent_is_queued_again(
    college: College, queues: Queues
) -> None:
    job = job_body(college.the_text_id())
    queues.fail(job)
    code, _ = redrive(college, queues)
    assert (code, queues.jobs, queues.dead_letters) == (0, [job], [])


@pytest.mark.parametrize("state", sorted(set(State) - {State.PENDING, State.QUEUED}))
def test_a_job_whose_text_has_an_outcome_is_dropped(
    college: College, queues: Queues, state: State
) -> None:
    college.change("absence_texts", "TRUE", state=state)
    queues.fail(job_body(college.the_text_id()))
    assert redrive(college, queues)[0] == 0
    assert (queues.jobs, queues.dead_letters) == ([], [])


@pytest.mark.parametrize("time", ["20:00", "2026-11-24 08:30"])
def test_nothing_is_queued_again_when_its_day_or_the_sending_window_is_over(
    college: College, queues: Queues, time: str
) -> None:
    queues.fail(job_body(college.the_text_id()))
    redrive(college, queues, time)
    assert (queues.jobs, queues.dead_letters) == ([], [])


@pytest.mark.parametrize(
    ("state", "action"), [(State.QUEUED, "redrive"), (State.CANCELLED, "drop")]
)
def test_each_job_that_was_dealt_with_is_recorded_with_its_text(
    college: College, queues: Queues, state: State, action: str
) -> None:
    college.change("absence_texts", "TRUE", state=state)
    queues.fail(job_body(college.the_text_id()), "no job of ours")
    redrive(college, queues)
    recorded = actions_about(college.database, [college.the_text_id()])
    assert [(row["action"], row["acted_by"]) for row in recorded] == [(action, OPERATOR)]


@pytest.mark.parametrize("body", ["07700 900123", '{"absence_text_id": 999999}'])
def test_what_is_no_job_of_ours_stays_and_is_listed(
    college: College, queues: Queues, body: str
) -> None:
    queues.fail(body)
    code, shown = redrive(college, queues)
    assert (code, queues.jobs, queues.dead_letters) == (1, [], [body])
    assert body not in shown


def test_a_duplicate_that_is_queued_again_texts_nobody_twice(
    college: College, queues: Queues
) -> None:
    queues.fail(*[job_body(college.the_text_id())] * 2)
    redrive(college, queues)
    phones = Phones()
    assert [deliver(college, phones, time="12:51") for _ in queues.jobs] == [
        "sent",
        "already_taken",
    ]
    assert len(phones.texts) == 1


def test_a_full_queue_is_gone_through_to_its_end(college: College, queues: Queues) -> None:
    queues.fail(*[job_body(college.the_text_id())] * 25)
    assert redrive(college, queues)[0] == 0
    assert queues.dead_letters == []
    approximate = queues.service.sqs.get_queue_attributes(
        QueueUrl=queues.service.queue_address, AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert approximate["Attributes"]["ApproximateNumberOfMessages"] == "25"
