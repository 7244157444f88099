"""What the college usually has by a time of a weekday, as its own runs noted it."""

from datetime import datetime, time, timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_all
from detect_absences.hold_rule import Past

_WEEKS = 8
_RUNS_APART = timedelta(minutes=15)
"""The past is asked as of this much later, because its run may have been a little later too."""
_END_OF_DAY = time(23, 59, 59)


def note_texts_so_far(database: Database, moment: CollegeTime, texts: int) -> None:
    """Note how many texts the day has, neither held nor cancelled.

    A day without a note had no lessons, or only texts that were wrong: it says nothing of its
    weekday.
    """
    execute(
        database,
        "INSERT INTO texts_so_far (absence_date, by_time, texts)"
        " VALUES (%(today)s, %(time)s, %(texts)s) ON DUPLICATE KEY UPDATE texts = %(texts)s",
        {
            "today": moment.today,
            "time": moment.wall_clock.time().replace(microsecond=0),
            "texts": texts,
        },
    )


def read_past(database: Database, moment: CollegeTime) -> Past:
    """Return what the last weeks had by this time of day."""
    first = moment.today - timedelta(weeks=_WEEKS)
    rows = fetch_all(
        database,
        "SELECT absence_date, COALESCE(MAX(IF(by_time <= %(time)s, texts, NULL)), 0) AS texts"
        " FROM texts_so_far WHERE absence_date >= %(first)s AND absence_date < %(today)s"
        " GROUP BY absence_date",
        {"first": first, "today": moment.today, "time": _a_little_later(moment.wall_clock)},
    )
    return Past.before(moment.today, {row["absence_date"]: row["texts"] for row in rows})


def _a_little_later(wall_clock: datetime) -> time:
    later = wall_clock + _RUNS_APART
    return later.time() if later.date() == wall_clock.date() else _END_OF_DAY
