"""What each request asks of the database, and as of when."""

from collections.abc import Collection
from datetime import datetime

import pytest

from absence_redirect.destination import Session
from absence_redirect.link import Link
from absence_redirect.pages import Pages
from tests.support.link import link_settings, request
from tests.unit.absence_redirect.answers import SELECT_PATH, TWO


@pytest.mark.parametrize(("path", "asked"), [("/a", False), (SELECT_PATH, True)])
def test_names_are_asked_for_only_where_they_are_shown(path: str, *, asked: bool) -> None:
    def find(_sha256s: Collection[str], _now: datetime, *, with_names: bool) -> Session | None:
        assert with_names is asked
        return TWO

    link = Link(link_settings(), Pages(link_settings()), find)
    assert link.answer(request(path), "a-request")["statusCode"] < 400


def test_each_request_is_judged_at_its_own_moment() -> None:
    moments: list[datetime] = []

    def find(_sha256s: Collection[str], now: datetime, **_asked: bool) -> Session | None:
        moments.append(now)
        return None

    link = Link(link_settings(), Pages(link_settings()), find)
    for _ in range(2):
        link.answer(request(), "a-request")
    first, second = moments
    assert first < second
