"""Reads SNS's delivery logs, so that no receipt is lost while the database was away.

CloudWatch Logs brings each line once, and Lambda repeats a call that failed for some minutes only.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from absence_texts.clock import Clock
from absence_texts.database import Database, execute, fetch_one, once_more_if_lost
from absence_texts.vocabulary import Count
from record_delivery.receipts import known_among
from record_delivery.recording import Recording
from record_delivery.sns_delivery_log import read_lines

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

READ_AT_FIRST = timedelta(days=1)
"""How far back the first reading of all goes."""
LEFT_TO_CALLS = timedelta(minutes=2)
"""The newest lines: CloudWatch Logs brings them by a call of its own."""
_SEEN_LATE = timedelta(minutes=10)
"""A line that could not be seen yet at the last reading."""
_AT_ONCE = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class LogSweep:
    """The log groups' times are real, also if the clock of a local stage is shifted."""

    database: Database
    logs: "CloudWatchLogsClient"
    groups: Sequence[str]
    clock: Clock

    def sweep(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """Read what came since the last good reading, as far as there is time; return the counts.

        A reading is noted after its receipts are recorded. If the database goes away in between,
        the next sweep reads the same lines again, which does no harm.
        """
        counts: Counter[str] = Counter()
        until = self._now - LEFT_TO_CALLS
        start = self._read_until() or until - READ_AT_FIRST
        while start < until and has_time():
            end = min(start + _AT_ONCE, until)
            counts.update(self.read(start - _SEEN_LATE, end))
            self._note(end)
            start = end
        return counts

    def read(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Record the receipts of a time (UTC) that are not recorded yet; return the counts."""
        counts: Counter[str] = Counter()
        for lines in self._pages(since, until):
            counts.update(self._record_unknown(lines))
        return counts

    def _record_unknown(self, lines: Sequence[str]) -> Mapping[str, int]:
        receipts = [each for each in read_lines(lines, self.clock.offset) if each]
        known = known_among(self.database, [each.receipt.message_id for each in receipts])
        unknown = [each for each in receipts if each.receipt.message_id not in known]
        if not unknown:
            return {}
        recording = Recording(database=self.database, moment=self.clock.now())
        return {Count.SWEPT: len(unknown), **recording.record(unknown)}

    def _pages(self, since: datetime, until: datetime) -> Iterator[list[str]]:
        paginator = self.logs.get_paginator("filter_log_events")
        for group in self.groups:
            pages = paginator.paginate(
                logGroupName=group, startTime=_milliseconds(since), endTime=_milliseconds(until)
            )
            for page in pages:
                yield [event["message"] for event in page["events"]]

    @property
    def _now(self) -> datetime:
        return self.clock.now().utc - self.clock.offset

    def _read_until(self) -> datetime | None:
        sql = "SELECT read_until FROM last_log_reading"
        found = once_more_if_lost(self.database, partial(fetch_one, self.database, sql, {}))
        return found["read_until"] if found else None

    def _note(self, until: datetime) -> None:
        execute(
            self.database,
            "INSERT INTO last_log_reading (id, read_until) VALUES (1, %(until)s)"
            " ON DUPLICATE KEY UPDATE read_until = GREATEST(read_until, %(until)s)",
            {"until": until},
        )


def _milliseconds(utc: datetime) -> int:
    return round(utc.replace(tzinfo=UTC).timestamp() * 1000)
