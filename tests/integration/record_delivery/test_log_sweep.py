"""The delivery logs are read from the last good reading on, with moto for CloudWatch Logs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws
from pymysql import InterfaceError

from absence_texts.clock import Clock
from absence_texts.ledger import State
from record_delivery.log_sweep import LEFT_TO_CALLS, READ_AT_FIRST, LogSweep
from record_delivery.sns_delivery_log import both_groups
from tests.support.college import LONDON, College, at
from tests.support.receipts import UNREACHABLE, a_receipt, log_line, record
from tests.support.runs import COMMON, Phones, deliver, detect

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

DELIVERED, UNDELIVERED = both_groups(COMMON["delivery_logs"])
NOW = at("15:00")
FIVE_MINUTES = timedelta(minutes=5)
HOURS_AGO = timedelta(hours=3, minutes=25)
"""Before NOW: when the texts of the sample day left."""


class DeliveryLogs:
    """The two log groups, whose times are real, and the sweep whose clock shows 15:00."""

    def __init__(self, college: College) -> None:
        self.database = college.database
        self.client: CloudWatchLogsClient = boto3.client("logs")
        self.now = datetime.now(UTC)
        for group in (DELIVERED, UNDELIVERED):
            self.client.create_log_group(logGroupName=group)

    def write(self, line: str, group: str = DELIVERED, *, ago: timedelta = HOURS_AGO) -> None:
        log_line(self.client, line, self.now - ago, group)

    def sweep(self, *, windows: int = 1000, later: timedelta = timedelta()) -> dict[str, int]:
        """Read at most so many quarters of an hour."""
        left = iter(range(windows))
        return self.sweep_while(lambda: next(left, None) is not None, later=later)

    def sweep_while(
        self, has_time: Callable[[], bool], *, later: timedelta = timedelta()
    ) -> dict[str, int]:
        clock = Clock(LONDON, offset=NOW.instant - self.now, utc_now=lambda: self.now + later)
        sweep = LogSweep(
            database=self.database,
            logs=self.client,
            groups=(DELIVERED, UNDELIVERED),
            clock=clock,
        )
        return dict(sweep.sweep(has_time))


def receipt(message_id: str = "message-1", **differs: str) -> str:
    """Return a line as SNS writes it at its real time, which the sweep's clock shifts."""
    shift = NOW.instant - datetime.now(UTC)
    published = at("11:31:01").utc - shift
    return a_receipt(message_id, published=f"{published:%F %T}", **differs)


@pytest.fixture
def logs(college: College) -> Iterator[DeliveryLogs]:
    college.absence()
    detect(college)
    deliver(college, Phones())
    with mock_aws():
        yield DeliveryLogs(college)


def test_what_came_while_the_database_was_away_for_hours_is_recorded(
    college: College, logs: DeliveryLogs
) -> None:
    logs.write(receipt())
    assert logs.sweep() == {"swept": 1, "receipts": 1, "delivered": 1}
    assert college.the_text()["state"] == State.DELIVERED


def test_both_log_groups_are_read(college: College, logs: DeliveryLogs) -> None:
    logs.write(receipt(failed=UNREACHABLE), UNDELIVERED)
    logs.sweep()
    assert college.the_text()["state"] == State.UNDELIVERED


def test_what_a_call_brought_is_not_counted_again(college: College, logs: DeliveryLogs) -> None:
    record(college, a_receipt(), a_receipt("of another service"))
    logs.write(receipt())
    logs.write(receipt("of another service"))
    assert logs.sweep() == {}


def test_the_next_sweep_begins_where_the_last_good_one_ended(
    logs: DeliveryLogs,
) -> None:
    logs.sweep()
    logs.write(receipt(), ago=HOURS_AGO)
    assert logs.sweep(later=FIVE_MINUTES) == {}
    logs.write(receipt(), ago=FIVE_MINUTES)
    assert logs.sweep(later=2 * FIVE_MINUTES)["delivered"] == 1, "it could be seen only later"


def test_a_sweep_without_time_goes_on_in_the_next_one(logs: DeliveryLogs) -> None:
    logs.write(receipt())
    sweeps = 0
    while not logs.sweep(windows=4):
        sweeps += 1
        assert sweeps < READ_AT_FIRST / timedelta(hours=1)
    assert sweeps == 20


def test_the_newest_lines_are_left_to_the_call_that_brings_them(logs: DeliveryLogs) -> None:
    logs.write(receipt(), ago=LEFT_TO_CALLS / 2)
    assert logs.sweep() == {}
    assert logs.sweep(later=LEFT_TO_CALLS)["delivered"] == 1


def test_the_first_reading_goes_a_day_back_and_no_further(logs: DeliveryLogs) -> None:
    logs.write(receipt(), ago=READ_AT_FIRST + timedelta(hours=1))
    assert logs.sweep() == {}


def test_a_reading_is_noted_after_its_receipts_are_recorded(logs: DeliveryLogs) -> None:
    logs.write(receipt())

    def lose_the_database() -> bool:
        logs.database.close()
        return True

    with pytest.raises(InterfaceError):
        logs.sweep_while(lose_the_database)
    logs.database.connect()
    assert logs.sweep()["delivered"] == 1


def test_a_line_that_is_no_receipt_stops_nothing(logs: DeliveryLogs) -> None:
    logs.write("no receipt")
    logs.write(receipt())
    assert logs.sweep()["delivered"] == 1
