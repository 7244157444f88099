"""The settings that decide who gets a text."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from absence_texts.clock import CollegeTime


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings that the criteria's conditions depend on."""

    absent_mark: str
    wait: timedelta
    longest_reference: int
    sending_window_closes: time
    text_timetable_clashes: bool

    def end_too_late(self, moment: CollegeTime) -> datetime:
        """Return the first end of a lesson whose text can't leave on the moment's day."""
        closes = datetime.combine(moment.today, self.sending_window_closes, moment.zone)
        return CollegeTime(closes.astimezone(UTC), moment.zone).latest_end(self.wait)
