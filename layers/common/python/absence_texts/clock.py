"""The only module that asks for the time, and an instant as the college's wall clock shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class CollegeTime:
    """One instant, as the college's wall clock shows it."""

    instant: datetime
    zone: ZoneInfo

    @property
    def utc(self) -> datetime:
        """The instant in UTC, without a zone, as in our own tables."""
        return self.instant.astimezone(UTC).replace(tzinfo=None)

    @property
    def wall_clock(self) -> datetime:
        """What the college's clock shows, without a zone, as in the college's tables."""
        return self.instant.astimezone(self.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        return self.wall_clock.date()

    @property
    def day_start(self) -> datetime:
        return datetime.combine(self.today, time())

    @property
    def day_end(self) -> datetime:
        return self.day_start + timedelta(days=1)

    def latest_end(self, wait: timedelta) -> datetime:
        """Return the latest wall-clock end of a lesson that certainly ended `wait` ago.

        On the night when the clocks go back, a wall-clock time such as 01:30 comes twice. It is
        taken as the second one, so that a text may be late on that night but never early.
        """
        ended = (self.instant - wait).astimezone(self.zone)
        while _comes_again(ended):
            ended = ended.replace(second=59, microsecond=0) - timedelta(minutes=1)
        return ended.replace(tzinfo=None, fold=0)


def _comes_again(local: datetime) -> bool:
    second = local.replace(fold=1)
    return local.fold == 0 and second.astimezone(UTC) > local.astimezone(UTC)


@dataclass(frozen=True)
class Clock:
    """Tells the college's time; `offset` shifts it, for the local stage only."""

    zone: ZoneInfo
    offset: timedelta = timedelta()
    utc_now: Callable[[], datetime] = _utc_now

    def now(self) -> CollegeTime:
        return CollegeTime(self.utc_now() + self.offset, self.zone)
