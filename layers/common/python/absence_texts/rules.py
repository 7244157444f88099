"""The settings that decide who gets a text."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from absence_texts.clock import CollegeTime

# The college's times are whole seconds.
_ONE_SECOND = timedelta(seconds=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings that the criteria's conditions depend on."""

    absent_mark: str
    wait: timedelta
    longest_reference: int
    sending_window_closes: time
    text_timetable_clashes: bool
    time_between_runs: timedelta
    latest_after_lesson: timedelta | None = None
    """How long after the end of a lesson its text may leave. None: until the window closes."""

    @property
    def optional_settings(self) -> frozenset[str]:
        """The names of the optional settings that are set."""
        return frozenset({"latest_minutes_after_lesson"} if self.latest_after_lesson else ())

    def earliest_end(self, moment: CollegeTime) -> datetime | None:
        """Return the earliest end of a lesson whose text may still leave, if there is a limit."""
        if self.latest_after_lesson is None:
            return None
        return moment.latest_end(self.latest_after_lesson + _INSTANT) + _INSTANT

    def end_too_late(self, moment: CollegeTime) -> datetime:
        """Return the first end of a lesson whose text can't leave on the moment's day.

        The last run that can queue a text comes `time_between_runs` before the window closes. With
        a wait of 20 minutes and runs every 5 minutes, for example, a lesson that ends at 19:35 is
        found by the run at 19:55, and a lesson that ends a second later by no run before 20:00.
        """
        closes = datetime.combine(moment.today, self.sending_window_closes, moment.zone)
        before_close = self.wait + max(self.time_between_runs, _ONE_SECOND)
        found_last = CollegeTime(closes.astimezone(UTC), moment.zone).latest_end(before_close)
        return found_last + _ONE_SECOND
