"""Warm requests through the deployed local API, and what MiniStack itself costs."""

from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from absence_texts.database import connect
from benchmarks.link_warm import Spread, time_in_turns
from local import stack as local_stack
from local.run_directory import run_directory
from tests.support.college import College
from tests.support.link import TOKEN
from tests.support.portal_sessions import log_in

NOT_FOUND, ONE_CHILD = "an unknown path: no database", "a redirect to the only child's page"
_TIMES = 300
_RUNS = Path(__file__).parent.parent / ".local" / "bench"


def measure_api() -> Mapping[str, Spread]:
    with run_directory(_RUNS) as directory, local_stack.running(directory / "stack") as stack:
        with closing(connect(stack.credentials)) as database:
            college = College(database)
            _, guardian = college.student_with_guardian()
            log_in(college, guardian, expires="2999-01-01 00:00")
        return time_in_turns(
            {
                NOT_FOUND: lambda: _ask(stack.api_address, "/elsewhere", 404),
                ONE_CHILD: lambda: _ask(stack.api_address, "/a", 302),
            },
            times=_TIMES,
        )


def _ask(api_address: str, path: str, status: int) -> None:
    api = urlsplit(api_address)
    # Not every resolver knows the API's host, a name under `localhost`.
    with closing(HTTPConnection("127.0.0.1", api.port or 80, timeout=30)) as connection:
        headers = {"Host": api.netloc, "Cookie": f"portal_session={TOKEN}"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != status:
            raise AssertionError(answer.status)
