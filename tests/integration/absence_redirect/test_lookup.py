"""The kept connection: used again while it lives, replaced once when it does not."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from time import monotonic

import pytest

from absence_redirect.destination import Session
from absence_redirect.lookup import DatabaseAwayError, SessionLookup
from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.identifiers import GuardianId
from local.database_server import USER
from local.loopback import HOST
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, link_settings, sha256
from tests.support.portal_sessions import log_in


@dataclass
class Secret:
    """The database secret, and how often it was read."""

    holds: Credentials
    reads: int = 0

    def fetch(self) -> str:
        self.reads += 1
        return json.dumps(asdict(self.holds))


@pytest.fixture
def secret(credentials: Credentials) -> Secret:
    return Secret(credentials)


@pytest.fixture
def lookup(secret: Secret) -> SessionLookup:
    return SessionLookup(link_settings(), secret.fetch)


@pytest.fixture
def guardian(database: Database) -> GuardianId:
    college = College(database)
    guardian = college.guardian()
    log_in(college, guardian)
    return guardian


def find(lookup: SessionLookup) -> Session | None:
    return lookup.find([sha256(TOKEN)], wall_clock("12:00"), with_names=True)


def connections_of_others(database: Database) -> set[int]:
    rows = fetch_all(
        database,
        "SELECT id FROM information_schema.processlist"
        " WHERE user = SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AND id <> CONNECTION_ID()",
        {},
    )
    return {row["id"] for row in rows}


@pytest.fixture
def others_before(database: Database) -> set[int]:
    return connections_of_others(database)


@pytest.fixture
def _password_is_put_back(credentials: Credentials, secret: Secret) -> Iterator[None]:
    yield
    with closing(connect(secret.holds)) as database:
        set_password(database, credentials.password)


def set_password(database: Database, password: str) -> None:
    execute(
        database,
        f"ALTER USER '{USER}'@'{HOST}' IDENTIFIED BY %(password)s",
        {"password": password},
    )


def kill(database: Database, connections: set[int]) -> None:
    for connection in connections:
        execute(database, "KILL %(connection)s", {"connection": connection})


@pytest.mark.usefixtures("guardian")
def test_warm_requests_share_one_connection_and_one_reading_of_the_secret(
    lookup: SessionLookup, secret: Secret, database: Database, others_before: set[int]
) -> None:
    for _ in range(3):
        assert find(lookup) is not None
        assert len(connections_of_others(database) - others_before) == 1
    assert secret.reads == 1


@pytest.mark.usefixtures("guardian")
def test_a_connection_that_died_is_replaced_within_the_request(
    lookup: SessionLookup, secret: Secret, database: Database, others_before: set[int]
) -> None:
    find(lookup)
    kill(database, connections_of_others(database) - others_before)
    assert find(lookup) is not None
    assert secret.reads == 1


@pytest.mark.usefixtures("guardian", "_password_is_put_back")
def test_a_rotated_password_is_read_again_within_the_request(
    lookup: SessionLookup, secret: Secret, database: Database, others_before: set[int]
) -> None:
    find(lookup)
    rotated = replace(secret.holds, password="rotated")  # noqa: S106 (a test's password)
    set_password(database, rotated.password)
    secret.holds = rotated
    kill(database, connections_of_others(database) - others_before)
    assert find(lookup) is not None
    assert secret.reads == 2


def test_a_wrong_secret_is_read_again_with_the_next_request(
    lookup: SessionLookup, secret: Secret, credentials: Credentials, guardian: GuardianId
) -> None:
    secret.holds = replace(credentials, password="wrong")  # noqa: S106 (a test's password)
    with pytest.raises(DatabaseAwayError):
        find(lookup)
    secret.holds = credentials
    session = find(lookup)
    assert session is not None
    assert session.guardian_id == guardian


@pytest.mark.usefixtures("guardian")
def test_a_warm_request_sees_what_was_committed_since(
    lookup: SessionLookup, database: Database
) -> None:
    assert find(lookup) is not None
    execute(database, "DELETE FROM portal_sessions", {})
    assert find(lookup) is None


@pytest.mark.usefixtures("guardian")
def test_a_kept_connection_that_hangs_is_given_up_in_time(
    secret: Secret, database: Database
) -> None:
    lookup = SessionLookup(link_settings(), secret.fetch, seconds=1.1)
    find(lookup)
    execute(database, "LOCK TABLES portal_sessions WRITE", {})
    started = monotonic()
    with pytest.raises(DatabaseAwayError):
        find(lookup)
    assert monotonic() - started < 1.5
    execute(database, "UNLOCK TABLES", {})
    assert find(lookup) is not None
