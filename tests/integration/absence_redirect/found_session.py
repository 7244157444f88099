"""What the link finds for a visitor with the cookie TOKEN, at noon of the sample day."""

from datetime import datetime

from absence_redirect.destination import Session
from absence_redirect.sessions import find_session, sessions_sql
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256

NOW = wall_clock("12:00")


def found(college: College, token: str = TOKEN, *, now: datetime = NOW) -> Session | None:
    sql = sessions_sql(None, full=True)
    return find_session(college.database, sql, [sha256(token)], now)
