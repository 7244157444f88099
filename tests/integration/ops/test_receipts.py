"""`receipts` records what SNS logged and the service never heard of."""

from datetime import UTC, datetime

import pytest

from absence_texts.clock import CollegeTime
from absence_texts.ledger import State
from ops.service import Service
from record_delivery.sns_delivery_log import both_groups
from tests.integration.ops.conftest import CommandLine
from tests.support.college import LONDON, College
from tests.support.receipts import a_receipt
from tests.support.runs import COMMON, Phones, deliver, detect

DELIVERED, UNDELIVERED = both_groups(COMMON["delivery_logs"])


@pytest.fixture
def ops_today(college: College, ops: CommandLine, service: Service) -> CommandLine:
    """Return a command line on a real day: CloudWatch takes no old line. A text was sent."""
    college.absence()
    detect(college)
    deliver(college, Phones())
    ops.now = CollegeTime(datetime.now(UTC), LONDON)
    for group in (DELIVERED, UNDELIVERED):
        service.logs.create_log_group(logGroupName=group)
    service.logs.create_log_stream(logGroupName=DELIVERED, logStreamName="carriers")
    moment = round(ops.now.instant.timestamp() * 1000) - 120_000
    service.logs.put_log_events(
        logGroupName=DELIVERED,
        logStreamName="carriers",
        logEvents=[{"timestamp": moment, "message": a_receipt()}],
    )
    return ops


def test_a_receipt_that_no_call_brought_is_recorded_once(
    college: College, ops_today: CommandLine
) -> None:
    shown = ops_today("receipts --since yesterday 00:00")
    assert shown.startswith("1 receipt had")
    assert "texts delivered: 1" in shown
    assert college.the_text()["state"] == State.DELIVERED
    assert ops_today("receipts --since yesterday 00:00").startswith("No receipts had")


def test_only_lines_since_that_time_are_read(college: College, ops_today: CommandLine) -> None:
    ops_today(f"receipts --since {ops_today.now.wall_clock:%d/%m/%Y %H:%M}")
    assert college.the_text()["state"] == State.SENT
