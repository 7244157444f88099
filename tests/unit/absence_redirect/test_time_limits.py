"""A request is answered in time, whatever the database does or does not do."""

import json
import socket
from collections.abc import Iterator
from datetime import datetime
from threading import Event
from time import monotonic

import pytest

from absence_redirect.deadline import within
from absence_redirect.link import Link
from absence_redirect.lookup import DATABASE_SECONDS, DatabaseAwayError, SessionLookup
from absence_redirect.pages import Pages
from tests.support.link import link_settings, request

NOON = datetime(2026, 11, 23, 12)
SHORT = 0.05


def test_an_answer_in_time_is_returned() -> None:
    assert within(1, lambda: "answer") == "answer"


def test_an_error_in_time_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        within(1, lambda: 1 // 0)


def test_what_takes_too_long_is_left_behind() -> None:
    released = Event()
    with pytest.raises(TimeoutError):
        within(SHORT, released.wait)
    released.set()


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Accept connections and never say a word; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def lookup(port: int, seconds: float) -> SessionLookup:
    secret = {"host": "127.0.0.1", "port": port, "username": "u", "password": "p", "dbname": "d"}
    return SessionLookup(link_settings(), lambda: json.dumps(secret), seconds=seconds)


def test_a_database_that_hangs_is_given_up_in_time(silent_server: int) -> None:
    started = monotonic()
    with pytest.raises(DatabaseAwayError):
        lookup(silent_server, SHORT).find(["0" * 64], NOON, with_names=True)
    assert monotonic() - started < SHORT + 0.5


def test_a_secret_that_hangs_is_given_up_in_time() -> None:
    released = Event()

    def fetch_secret() -> str:
        released.wait()
        return "{}"

    with pytest.raises(DatabaseAwayError):
        SessionLookup(link_settings(), fetch_secret, seconds=SHORT).find(
            ["0" * 64], NOON, with_names=True
        )
    released.set()


def test_a_hanging_database_is_a_page_with_the_number_to_ring(silent_server: int) -> None:
    settings = link_settings()
    link = Link(settings, Pages(settings), lookup(silent_server, SHORT).find)
    response = link.answer(request(), "a-request")
    assert response["statusCode"] == 503
    assert "01632 960000" in response["body"]


def test_a_database_that_refuses_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        closed_port = closing.getsockname()[1]
    started = monotonic()
    with pytest.raises(DatabaseAwayError):
        lookup(closed_port, 1).find(["0" * 64], NOON, with_names=True)
    assert monotonic() - started < 1


def test_half_a_second_is_left_to_render_the_page() -> None:
    assert DATABASE_SECONDS <= 1.5
