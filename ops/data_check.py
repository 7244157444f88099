"""Finds a day's register data that is too broken to text about, by id."""

from collections.abc import Iterator
from datetime import timedelta

from absence_texts import criteria
from absence_texts.candidates import absences, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Row, fetch_all
from ops.desk import Desk
from ops.finding import Finding

LISTED = 20
EARLY_MARK = timedelta(minutes=5)


def check_data(desk: Desk, moment: CollegeTime) -> Iterator[Finding]:
    """List the moment's day: what each data check fails for, and marks from the future."""
    for check in criteria.DATA_CHECKS:
        rows = _marks(desk, moment, f"({check.condition}) IS NOT TRUE")
        if rows:
            yield Finding(check.name, f"does not hold for {_listed(rows)}.")
    future = _marks(desk, moment, "m.marked_at > %(too_early)s")
    if future:
        zone = moment.zone.key
        yield Finding(
            "register_marks.marked_at",
            f"is later than the clock on a wall in {zone} for {_listed(future)}: is it UTC?",
        )


def _marks(desk: Desk, moment: CollegeTime, broken: str) -> tuple[Row, ...]:
    values = parameters(moment, desk.settings.rules)
    values["too_early"] = moment.wall_clock + EARLY_MARK
    return fetch_all(
        desk.database,
        f"SELECT m.lesson_id, m.student_id {absences(desk.source)} AND {broken}"
        " ORDER BY m.lesson_id, m.student_id",
        values,
    )


def _listed(rows: tuple[Row, ...]) -> str:
    shown = ", ".join(
        f"lesson {row['lesson_id']} student {row['student_id']}" for row in rows[:LISTED]
    )
    more = len(rows) - LISTED
    return f"{shown} and {more} more" if more > 0 else shown
