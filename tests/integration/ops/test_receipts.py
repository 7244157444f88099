"""`receipts` records what SNS logged and the service never heard of."""

from datetime import UTC, datetime, timedelta

import pytest

from absence_texts.clock import CollegeTime
from absence_texts.ledger import State
from ops.service import Service
from record_delivery.sns_delivery_log import both_groups
from tests.integration.ops.conftest import CommandLine
from tests.support.college import LONDON, College
from tests.support.receipts import a_receipt, log_line
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
    written = ops.now.instant - timedelta(minutes=2)
    log_line(service.logs, a_receipt(), written, DELIVERED)
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
