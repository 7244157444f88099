"""On the deployed local stack, SNS's delivery logs become outcomes in the ledger."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from absence_texts.database import Row
from absence_texts.identifiers import GuardianId
from absence_texts.ledger import State
from absence_texts.recipient import recipient_of
from local import ministack
from local.environment import ACCOUNT, REGION
from tests.e2e.deployed import Deployed
from tests.support.receipts import UNREACHABLE, a_receipt

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

DELIVERED = f"sns/{REGION}/{ACCOUNT}/DirectPublishToPhoneNumber"
UNDELIVERED = f"{DELIVERED}/Failure"
STREAM = "the-carriers"
MOBILE, E164 = "07700 900555", "+447700900555"
MESSAGE = "Student STE04049635 did not attend their lesson today at 10:10."


class CarrierWrites(Protocol):
    def __call__(self, group: str, line: str, *, ago: timedelta = ...) -> None: ...


def logs_of(deployed: Deployed) -> "CloudWatchLogsClient":
    return ministack.session().client("logs", endpoint_url=deployed.stack.ministack_address)


@pytest.fixture
def carrier_writes(deployed: Deployed) -> Iterator[CarrierWrites]:
    """Write a line where SNS does. The lines hold phone numbers and are removed after the test."""
    logs = logs_of(deployed)
    for group in (DELIVERED, UNDELIVERED):
        logs.create_log_stream(logGroupName=group, logStreamName=STREAM)

    def write(group: str, line: str, *, ago: timedelta = timedelta()) -> None:
        now = round((datetime.now(UTC) - ago).timestamp() * 1000)
        logs.put_log_events(
            logGroupName=group,
            logStreamName=STREAM,
            logEvents=[{"timestamp": now, "message": line}],
        )

    yield write
    for group in (DELIVERED, UNDELIVERED):
        logs.delete_log_stream(logGroupName=group, logStreamName=STREAM)


def a_text(deployed: Deployed, state: State, message_id: str | None = None) -> GuardianId:
    """Add a text as the sender's claim left it, sent a moment ago or without an answer from SNS."""
    college = deployed.college
    student, guardian = college.student_with_guardian()
    college.change("guardians", f"guardian_id = {guardian}", mobile=MOBILE)
    college.claim(student, guardian, college.lesson(), state)
    college.change(
        "absence_texts",
        f"guardian_id = {guardian}",
        sending_at=deployed.stack.clock.now().utc,
        message=MESSAGE,
        recipient=recipient_of(E164, student, date.fromisoformat(college.day)),
        provider_message_id=message_id,
    )
    return guardian


def just_now() -> str:
    """Return SNS's time for a text that SNS accepted a second after the claim."""
    return f"{datetime.now(UTC) + timedelta(seconds=1):%Y-%m-%d %H:%M:%S.%f}"


def text_to(deployed: Deployed, guardian: GuardianId) -> Row:
    sql = "SELECT * FROM absence_texts WHERE guardian_id = %(guardian)s"
    (row,) = deployed.select(sql, guardian=guardian)
    return row


@pytest.mark.parametrize(
    ("failed", "group", "outcome"),
    [
        (None, DELIVERED, (State.DELIVERED, None)),
        (UNREACHABLE, UNDELIVERED, (State.UNDELIVERED, "phone_unreachable")),
    ],
)
def test_what_the_carrier_says_of_a_text_stands_in_the_ledger(
    deployed: Deployed,
    carrier_writes: CarrierWrites,
    failed: str | None,
    group: str,
    outcome: tuple[State, str | None],
) -> None:
    message_id = f"sent-{outcome[0]}"
    guardian = a_text(deployed, State.SENT, message_id)
    carrier_writes(group, "this is no receipt")
    carrier_writes(group, a_receipt(message_id, failed=failed, published=just_now()))
    deployed.wait_until(lambda: text_to(deployed, guardian)["state"] != State.SENT)
    text = text_to(deployed, guardian)
    assert (text["state"], text["reason"]) == outcome


def test_a_text_in_doubt_is_settled_by_the_carriers_line_for_its_number(
    deployed: Deployed, carrier_writes: CarrierWrites
) -> None:
    guardian = a_text(deployed, State.IN_DOUBT)
    carrier_writes(DELIVERED, a_receipt("never-heard-of", published=just_now(), mobile=E164))
    deployed.wait_until(lambda: text_to(deployed, guardian)["state"] == State.DELIVERED)
    logs = deployed.select(
        "SELECT entry FROM pastoral_logs WHERE guardian_id = %(id)s", id=guardian
    )
    assert [MESSAGE in log["entry"] for log in logs] == [True]


def test_a_receipt_that_was_early_is_applied_by_the_timer(
    deployed: Deployed, carrier_writes: CarrierWrites
) -> None:
    guardian = a_text(deployed, State.SENDING)
    carrier_writes(DELIVERED, a_receipt("early", published=just_now(), mobile=E164))
    waiting = "SELECT 1 FROM delivery_receipt_texts WHERE sns_message_id = 'early'"
    deployed.wait_until(lambda: bool(deployed.select(waiting)))
    deployed.college.change(
        "absence_texts", f"guardian_id = {guardian}", state=State.SENT, provider_message_id="early"
    )
    call_timer(deployed)
    assert text_to(deployed, guardian)["state"] == State.DELIVERED


@pytest.fixture
def _nothing_brings_lines(deployed: Deployed) -> Iterator[None]:
    """Take the subscription of delivered texts away, as if each of its calls had failed."""
    logs = logs_of(deployed)
    (found,) = logs.describe_subscription_filters(logGroupName=DELIVERED)["subscriptionFilters"]
    logs.delete_subscription_filter(logGroupName=DELIVERED, filterName=found["filterName"])
    yield
    logs.put_subscription_filter(
        logGroupName=DELIVERED,
        filterName=found["filterName"],
        filterPattern=found["filterPattern"],
        destinationArn=found["destinationArn"],
    )


@pytest.mark.usefixtures("_nothing_brings_lines")
def test_a_line_that_no_call_brought_is_read_by_the_timer(
    deployed: Deployed, carrier_writes: CarrierWrites
) -> None:
    guardian = a_text(deployed, State.SENT, "unbrought")
    line = a_receipt("unbrought", published=just_now())
    carrier_writes(DELIVERED, line, ago=timedelta(minutes=5))
    call_timer(deployed)
    assert text_to(deployed, guardian)["state"] == State.DELIVERED


def call_timer(deployed: Deployed) -> None:
    client = ministack.session().client("lambda", endpoint_url=deployed.stack.ministack_address)
    timer = json.dumps({"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}})
    client.invoke(FunctionName=deployed.stack.functions["record_delivery"], Payload=timer.encode())
