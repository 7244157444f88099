"""How far the day's work is: the last run, and the texts that wait, are late or are in doubt."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all, fetch_one
from absence_texts.ledger import NOT_STARTED, State
from absence_texts.wording import clock_time, counted

LATE_AFTER = timedelta(minutes=10)
"""A text that waits for longer is late: two runs of five minutes could have queued it."""


class Activity(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    last_run: AwareDatetime | None
    """The newest run of detection that came to its end."""
    waiting: int
    """Texts of today that have not left."""
    late: int
    """Those of them that have waited for over ten minutes."""
    held: int
    """Texts of today that wait until a person releases them."""
    in_doubt: int
    """Texts of today that may have left."""


def read_activity(database: Database, now: CollegeTime) -> Activity:
    rows = fetch_all(
        database,
        "SELECT state, COUNT(*) AS texts, COUNT(IF(pending_at < %(late)s, 1, NULL)) AS late"
        " FROM absence_texts WHERE absence_date = %(today)s AND state IN %(states)s GROUP BY state",
        {
            "today": now.today,
            "late": now.utc - LATE_AFTER,
            "states": tuple(sorted(NOT_STARTED | {State.HELD, State.IN_DOUBT})),
        },
    )
    waiting = [row for row in rows if row["state"] in NOT_STARTED]
    return Activity(
        last_run=_last_run(database),
        waiting=sum(row["texts"] for row in waiting),
        late=sum(row["late"] for row in waiting),
        held=sum(row["texts"] for row in rows if row["state"] == State.HELD),
        in_doubt=sum(row["texts"] for row in rows if row["state"] == State.IN_DOUBT),
    )


def activity_sentences(activity: Activity, now: CollegeTime) -> Iterator[str]:
    """Yield when the last run was, and what waits, is late or is in doubt."""
    if activity.last_run:
        last_run, is_now = shown(activity.last_run, now), shown(now.instant, now)
        yield f"The last run was at {last_run}, and this was read at {is_now}."
    else:
        yield "No run has come to its end yet."
    waiting, in_doubt = counted(activity.waiting, "text"), counted(activity.in_doubt, "text")
    minutes = round(LATE_AFTER / timedelta(minutes=1))
    late = f" ({activity.late:,} for over {minutes} minutes)" if activity.late else ""
    yield f"Of today: {waiting} waiting{late}, {in_doubt} in doubt."


def shown(moment: datetime, now: CollegeTime) -> str:
    """Return the college's time of an instant, with the date if that is not today."""
    return clock_time(CollegeTime(moment, now.zone).wall_clock.replace(microsecond=0), now.today)


def _last_run(database: Database) -> datetime | None:
    found = fetch_one(database, "SELECT run_at FROM last_run", {})
    moment: datetime | None = found["run_at"].replace(tzinfo=UTC) if found else None
    return moment
