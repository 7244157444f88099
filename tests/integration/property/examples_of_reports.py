"""Compact days with a reported absence, which a college may offer in a view."""

from datetime import datetime

from tests.integration.property.examples import Example, Story, value_in, wall
from tests.integration.property.steps import Step

_ZERO = "0000-00-00 00:00:00"


def _report_with(column: str, value: str | int | datetime | None) -> Story:
    """Play a report of the first lesson that holds this value, then does not, then does again."""

    def story(example: Example) -> list[Step]:
        example.report.student_id = 1
        return value_in("report", column, value)(example)

    return story


STORIES_OF_REPORTS: dict[str, Story] = {
    "a reported absence": value_in("report", "student_id", 1),
    "a report of nobody": _report_with("student_id", None),
    "a report from an earlier time": _report_with("starts_at", wall("00:00")),
    "a report from a minute into the lesson": _report_with("starts_at", wall("10:11")),
    "a report until a second before the end": _report_with("ends_at", wall("11:09:59")),
    "a report until a later time": _report_with("ends_at", datetime(2026, 11, 24)),
    "a report that starts on no day": _report_with("starts_at", "2026-11-00 00:00:00"),
    "a report that starts in no month": _report_with("starts_at", "2026-00-23 00:00:00"),
    "a report with no real start": _report_with("starts_at", _ZERO),
    "a report since the epoch": _report_with("starts_at", datetime(1970, 1, 1)),
    "a report with no start": _report_with("starts_at", None),
    "a report that ends on no day": _report_with("ends_at", "2026-12-00 00:00:00"),
    "a report that ends in no month": _report_with("ends_at", "2027-00-23 00:00:00"),
    "a report until some far day": _report_with("ends_at", datetime(9999, 12, 31)),
    "a report with no end": _report_with("ends_at", None),
    "a report that ends before it starts": _report_with("ends_at", wall("09:00")),
    "a report made on no day": _report_with("reported_at", "2026-11-00 08:00:00"),
    "a report made in no month": _report_with("reported_at", "2026-00-23 08:00:00"),
    "a report made at no real time": _report_with("reported_at", _ZERO),
    "a report of the epoch": _report_with("reported_at", datetime(1970, 1, 1)),
    "a report made at an unknown time": _report_with("reported_at", None),
    "a report made this second": _report_with("reported_at", wall("11:30")),
    "a report made in a second": _report_with("reported_at", wall("11:30:01")),
}
