"""Whatever the driver raises means that the database is away, and the secret is read again."""

import json
import struct

import pymysql
import pytest

from absence_redirect.aws import AwsRefusalError
from absence_redirect.link import Link
from absence_redirect.lookup import SessionLookup
from absence_redirect.pages import Pages
from absence_texts.database import Database
from tests.support.link import link_settings, request

SECRET = {"host": "db", "port": 3306, "username": "u", "password": "p", "dbname": "d"}
RAISED = [
    pymysql.OperationalError(2006, "gone away"),
    pymysql.InterfaceError(0, ""),
    pymysql.ProgrammingError(1146, "no such table"),
    # PyMySQL's words for a server that asks for a package which the layer lacks.
    RuntimeError("'cryptography' package is required for caching_sha2_password"),
    struct.error("unpack requires a buffer of 4 bytes"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    AssertionError("packet"),
    TimeoutError(),
    ConnectionRefusedError(111, "refused"),
    FileNotFoundError("the certificate authority"),
    AwsRefusalError("AccessDeniedException"),
]
every_error = pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)


def raising(error: Exception, secrets_read: list[str]) -> Link:
    """Answer over a lookup whose every connection ends in this error."""

    def fetch_secret() -> str:
        secrets_read.append("read")
        return json.dumps(SECRET)

    def connect(*_: object, **__: object) -> Database:
        raise error

    settings = link_settings()
    lookup = SessionLookup(settings, fetch_secret, connect=connect)
    return Link(settings, Pages(settings), lookup.find)


@every_error
def test_the_visitor_gets_a_503_and_the_next_one_reads_the_secret_again(error: Exception) -> None:
    secrets_read: list[str] = []
    link = raising(error, secrets_read)
    assert [link.answer(request(), "a-request")["statusCode"] for _ in range(2)] == [503, 503]
    assert len(secrets_read) == 2


@every_error
def test_the_log_names_what_was_raised(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(error, []).answer(request(), "a-request")
    failure = json.loads(capsys.readouterr().out.splitlines()[0])
    assert failure["error"] == type(error).__qualname__


@pytest.mark.parametrize("secret", ["", "[]", "{}", json.dumps(SECRET | {"port": "x"})])
def test_a_secret_that_is_wrong_is_a_503_too(secret: str) -> None:
    settings = link_settings()
    link = Link(settings, Pages(settings), SessionLookup(settings, lambda: secret).find)
    assert link.answer(request(), "a-request")["statusCode"] == 503
