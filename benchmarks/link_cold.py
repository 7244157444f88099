"""Cold starts of the link and of a bare handler, each in a new Python process.

The bare handler imports PyMySQL and Powertools' Logger, connects with the credentials it is given,
asks `SELECT 1` and logs a line. The link also reads its secret over HTTP.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from absence_texts.database import Credentials, connect
from tests.support.college import College
from tests.support.link import COMPLETE, TOKEN, request
from tests.support.loopback_server import Handler, listening
from tests.support.portal_sessions import log_in

BARE_IMPORT, BARE_REQUEST = "bare handler: imports", "bare handler: first request too"
IMPORT, REQUEST = "the link: imports", "the link: first request too"
PYTHON = "Python alone"
_TIMES = 40
"""The best of these counts, because other work on the machine can only add."""
_ROOT = Path(__file__).parent.parent
_BARE = """
import json, pymysql
from aws_lambda_powertools import Logger
logger = Logger(service="bare")
"""
_BARE_ASKS = """
given = json.loads(sys.argv[1])
given |= {"user": given.pop("username"), "database": given.pop("dbname")}
with pymysql.connect(**given) as connection, connection.cursor() as cursor:
    cursor.execute("SELECT 1")
logger.info("request answered")
"""
_LINK = """
from absence_redirect.handler import handler
"""
_LINK_ANSWERS = """
import json
from types import SimpleNamespace
answer = handler(json.loads(sys.argv[2]), SimpleNamespace(aws_request_id="cold"))
assert "recordabsence.aspx?student=" in answer["headers"]["Location"], answer
"""
_PROGRAMS = {
    PYTHON: "",
    BARE_IMPORT: _BARE,
    IMPORT: _LINK,
    BARE_REQUEST: _BARE + _BARE_ASKS,
    REQUEST: _LINK + _LINK_ANSWERS,
}


def measure_cold(credentials: Credentials) -> Mapping[str, float]:
    """Return the shortest time of each program, in seconds; the programs take turns."""
    with closing(connect(credentials)) as database:
        college = College(database)
        _, guardian = college.student_with_guardian()
        log_in(college, guardian, expires="2999-01-01 00:00")
    login = json.dumps(asdict(credentials))
    taken: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    with _secrets_manager(login) as endpoint:
        for _ in range(_TIMES):
            for name, program in _PROGRAMS.items():
                taken[name].append(_seconds(program, login, endpoint))
    return {name: min(all_) for name, all_ in taken.items()}


def _seconds(program: str, login: str, endpoint: str) -> float:
    event = json.dumps(request(cookies=[f"portal_session={TOKEN}"]))
    command = [sys.executable, "-c", f"import sys\n{program}", login, event]
    paths = (_ROOT / "functions", _ROOT / "layers" / "common" / "python")
    aws = {"AWS_REGION": "eu-west-2", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    environment = COMPLETE | aws | {"AWS_ENDPOINT_URL": endpoint, "PATH": os.environ["PATH"]}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))
    started = perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 (our own words)
    return perf_counter() - started


@contextmanager
def _secrets_manager(secret: str) -> Iterator[str]:
    """Serve the secret as Secrets Manager does; yield the address."""
    body = json.dumps({"SecretString": secret}).encode()

    class Answering(Handler):
        def do_POST(self) -> None:
            self.read_body()
            self.answer(200, body)

    with listening(Answering) as address:
        yield address
