"""Only a student's guardians can open the stand-in's page for recording the student's absence."""

import pytest

from local.portal.server import Portal
from tests.integration.local_portal.visitor import ask, cookie_of, log_in
from tests.support.college import College


def test_the_record_page_names_the_student_to_a_linked_guardian(
    portal: Portal, college: College
) -> None:
    student = college.student(reference="STE1", first_name="Ann", last_name="Lee")
    guardian = college.guardian()
    college.link(guardian, student)
    cookie = cookie_of(log_in(portal, guardian))
    page = ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie).body
    assert "Record an absence for Ann Lee" in page


def test_the_record_page_of_another_guardians_student_is_not_found(
    portal: Portal, college: College
) -> None:
    college.student(reference="STE1")
    cookie = cookie_of(log_in(portal, college.guardian()))
    assert ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie).status == 404


@pytest.mark.parametrize("cookie", ["", "portal_session=forged"])
def test_the_record_page_asks_who_you_are(portal: Portal, cookie: str) -> None:
    reply = ask(portal, "/recordabsence.aspx?student=STE1", cookie=cookie)
    assert reply.status == 302
    assert reply.headers["Location"] == (
        "/login.aspx?ReturnUrl=%2Frecordabsence.aspx%3Fstudent%3DSTE1"
    )
