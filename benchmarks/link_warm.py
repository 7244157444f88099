"""Warm requests to the link, compared with a bare `SELECT 1` and with the link's own query."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter

from absence_redirect.link import Link
from absence_redirect.lookup import SessionLookup
from absence_redirect.pages import Pages
from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Credentials, Database, connect, fetch_all
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, link_settings, request, sha256
from tests.support.portal_sessions import log_in

SELECT_1, OWN_QUERY = "a bare `SELECT 1`", "the link's query"
ONE_CHILD, CHOICE = "a redirect to the only child's page", "the page that asks which child"
NOT_LOGGED_IN = "a redirect to login, without a cookie"
_FAMILY_OF_ONE = "only-child"
_OTHER_FAMILIES = 500
_WARM_UP, _TIMES = 200, 4000

type Work = Callable[[], object]


@dataclass(frozen=True)
class Spread:
    """In seconds."""

    median: float
    p99: float


def measure_warm(credentials: Credentials) -> Mapping[str, Spread]:
    with closing(connect(credentials)) as database, _output_discarded():
        _fill(database)
        return time_in_turns(_works(credentials, database), times=_TIMES)


def time_in_turns(works: Mapping[str, Work], *, times: int) -> Mapping[str, Spread]:
    """Time each in turn, so that other work on the machine slows all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(-_WARM_UP, times):
        for name, work in works.items():
            started = perf_counter()
            work()
            if turn >= 0:
                taken[name].append(perf_counter() - started)
    return {name: Spread(median(all_), quantiles(all_, n=100)[98]) for name, all_ in taken.items()}


def _fill(database: Database) -> None:
    college = College(database)
    _, guardian = college.student_with_guardian()
    log_in(college, guardian, token=_FAMILY_OF_ONE, expires="2999-01-01 00:00")
    _, guardian = college.student_with_guardian()
    college.link(guardian, college.student())
    log_in(college, guardian, expires="2999-01-01 00:00")
    for _ in range(_OTHER_FAMILIES):
        college.student_with_guardian()


def _works(credentials: Credentials, database: Database) -> dict[str, Work]:
    settings = link_settings()
    lookup = SessionLookup(
        settings, lambda: json.dumps(asdict(credentials)), connect=lambda *_, **__: database
    )
    link = Link(settings, Pages(settings), lookup.find)
    one = request(cookies=[f"portal_session={_FAMILY_OF_ONE}"])
    choice = request("/recordabsencelink.aspx/select", cookies=[f"portal_session={TOKEN}"])
    nobody = request(cookies=[])
    sql, now = sessions_sql(None, full=False), wall_clock("12:00")
    return {
        SELECT_1: lambda: fetch_all(database, "SELECT 1", {}),
        OWN_QUERY: lambda: find_session(database, sql, [sha256(_FAMILY_OF_ONE)], now),
        ONE_CHILD: lambda: link.answer(one, "bench"),
        CHOICE: lambda: link.answer(choice, "bench"),
        NOT_LOGGED_IN: lambda: link.answer(nobody, "bench"),
    }


@contextmanager
def _output_discarded() -> Iterator[None]:
    """Discard the log lines, which are still written."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123 (it is a device)
        yield
