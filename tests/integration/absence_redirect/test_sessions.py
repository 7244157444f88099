"""Who counts as logged in: on a real MariaDB."""

import pytest

from absence_redirect.destination import Session
from tests.integration.absence_redirect.found_session import found
from tests.support.college import College, wall_clock
from tests.support.link import TOKEN, sha256
from tests.support.portal_sessions import log_in


@pytest.mark.parametrize(
    ("expires", "revoked", "logged_in"),
    [
        ("12:01", None, True),
        ("2026-11-24 00:00", None, True),
        ("12:00", None, False),
        ("11:59", None, False),
        ("12:01", "11:00", False),
        ("12:01", "13:00", False),
    ],
)
def test_a_session_neither_expired_nor_revoked_is_logged_in(
    college: College, expires: str, revoked: str | None, *, logged_in: bool
) -> None:
    log_in(college, college.guardian(), expires=expires, revoked=revoked)
    assert (found(college) is not None) is logged_in


@pytest.mark.parametrize("token", ["", TOKEN.lower(), TOKEN[:-1], "' OR '1'='1", sha256(TOKEN)])
def test_any_other_token_is_not_logged_in(college: College, token: str) -> None:
    log_in(college, college.guardian())
    assert found(college, token) is None


def test_sessions_expire_by_the_colleges_wall_clock(college: College) -> None:
    log_in(college, college.guardian(), expires="2026-07-01 12:30")
    assert found(college, now=wall_clock("2026-07-01 12:29")) is not None
    assert found(college, now=wall_clock("2026-07-01 12:30")) is None


def test_the_session_is_its_guardians(college: College) -> None:
    other, guardian = college.guardian(), college.guardian()
    log_in(college, other, token="another")  # noqa: S106 (a test's cookie)
    log_in(college, guardian)
    assert found(college) == Session(guardian_id=guardian, guardian_is_active=True, students=())
