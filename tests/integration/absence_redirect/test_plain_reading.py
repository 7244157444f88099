"""Whatever rows the portal holds, the link does what a plain reading of the specification says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absence_redirect.link import Link
from absence_redirect.pages import Pages
from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute
from tests.support.college import College
from tests.support.link import LOGIN_AND_BACK, SELECT, TOKEN, link_settings, record_page, request
from tests.support.portal_sessions import log_in

STATUSES = st.sampled_from(["active", "suspended"])
MINUTES = st.sampled_from([-60, -1, 1, 60])


@dataclass(frozen=True)
class Child:
    status: str
    link: str | None
    """None for another family's."""

    @property
    def is_active_and_linked(self) -> bool:
        return self.status[0] == "C" and len(self.status) == 3 and self.link == "active"


CHILDREN = st.lists(
    st.builds(
        Child,
        status=st.sampled_from(["C16", "C17", "c16", "C1", "C160", "L16"]),
        link=st.none() | STATUSES,
    ),
    max_size=4,
)


@dataclass(frozen=True)
class Portal:
    account: str
    children: list[Child]
    expires_in_minutes: int
    is_revoked: bool
    cookie: str

    @property
    def is_logged_in(self) -> bool:
        session_lives = self.expires_in_minutes > 0 and not self.is_revoked
        return session_lives and self.account == "active" and self.cookie == TOKEN


PORTALS = st.builds(
    Portal,
    account=STATUSES,
    children=CHILDREN,
    expires_in_minutes=MINUTES,
    is_revoked=st.sampled_from([False, False, True]),
    cookie=st.sampled_from([TOKEN, TOKEN, "another"]),
)


def fill(college: College, portal: Portal, now: datetime) -> list[str]:
    """Add the portal's rows; return the references of the children."""
    guardian, other = college.guardian(status=portal.account), college.guardian()
    references = []
    for number, child in enumerate(portal.children):
        reference = f"STE0000000{number}"
        student = college.student(reference=reference, status=child.status)
        college.link(other, student)
        if child.link is not None:
            college.link(guardian, student, status=child.link)
        references.append(reference)
    expires = now + timedelta(minutes=portal.expires_in_minutes)
    revoked = now.isoformat(" ") if portal.is_revoked else None
    log_in(college, guardian, expires=expires.isoformat(" "), revoked=revoked)
    return references


def plain_reading(portal: Portal, references: list[str]) -> str:
    """Return the address that the specification's three sentences lead to, or no address."""
    pairs = zip(portal.children, references, strict=True)
    active = [reference for child, reference in pairs if child.is_active_and_linked]
    if not portal.is_logged_in:
        return LOGIN_AND_BACK
    if len(active) == 1:
        return record_page(active[0])
    return SELECT if active else ""


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(portal=PORTALS)
def test_the_destination_agrees_with_a_plain_reading(database: Database, portal: Portal) -> None:
    for table in ("portal_sessions", "guardian_students", "guardians", "students"):
        execute(database, f"DELETE FROM {table}", {})
    link_settings_ = link_settings()
    references = fill(College(database), portal, link_settings_.clock.now().wall_clock)
    link = Link(
        link_settings_,
        Pages(link_settings_),
        lambda sha256s, now, with_names: find_session(
            database, sessions_sql(None, full=with_names or len(sha256s) > 1), sha256s, now
        ),
    )
    visit = [f"portal_session={portal.cookie}"]
    answer = link.answer(request(cookies=visit), "a-request")
    assert answer["headers"].get("Location", "") == plain_reading(portal, references)

    shown = link.answer(request("/recordabsencelink.aspx/select", cookies=visit), "a-request")
    for child, reference in zip(portal.children, references, strict=True):
        is_told = reference in str(shown)
        assert is_told <= (portal.is_logged_in and child.is_active_and_linked)
