"""Which students a guardian who is logged in sees: on a real MariaDB."""

import pytest

from absence_redirect.destination import Session
from absence_redirect.sessions import find_session, sessions_sql
from tests.integration.absence_redirect.found_session import NOW, found
from tests.support.college import College
from tests.support.link import TOKEN, sha256
from tests.support.portal_sessions import log_in


def names_of(college: College) -> list[str]:
    session = found(college)
    assert session is not None
    return [student.first_name for student in session.students]


def references_for_the_link(college: College) -> list[str]:
    """Return what the link is told, which shows no name: references only, in any order."""
    sql = sessions_sql(None, full=False)
    session = find_session(college.database, sql, [sha256(TOKEN)], NOW)
    assert session is not None
    assert {student.first_name for student in session.students} <= {""}
    return sorted(student.reference for student in session.students)


@pytest.mark.parametrize(
    ("link", "status", "is_seen"),
    [
        ("active", "C16", True),
        ("suspended", "C16", False),
        ("", "C16", False),
        ("active", "L16", False),
        ("active", "c16", False),
        ("active", "C1", False),
        ("active", "C160", False),
    ],
)
def test_an_active_student_actively_linked_is_seen(
    college: College, link: str, status: str, *, is_seen: bool
) -> None:
    guardian, student = college.guardian(), college.student(first_name="Amira", status=status)
    college.link(guardian, student, status=link)
    log_in(college, guardian)
    assert names_of(college) == (["Amira"] if is_seen else [])
    assert len(references_for_the_link(college)) == is_seen


def test_a_guardian_who_hides_full_attendance_may_still_report_an_absence(college: College) -> None:
    guardian = college.guardian()
    college.link(guardian, college.student(first_name="Amira"), hide_attendance=1)
    log_in(college, guardian)
    assert names_of(college) == ["Amira"]


def test_a_guardian_without_a_mobile_may_still_report_an_absence(college: College) -> None:
    guardian = college.guardian(mobile=None)
    college.link(guardian, college.student(first_name="Amira"))
    log_in(college, guardian)
    assert names_of(college) == ["Amira"]


def test_another_familys_student_is_never_seen(college: College) -> None:
    college.student_with_guardian(first_name="Theirs")
    guardian = college.guardian()
    college.link(guardian, college.student(first_name="Ours"))
    log_in(college, guardian)
    assert names_of(college) == ["Ours"]
    assert len(references_for_the_link(college)) == 1


def test_a_suspended_account_sees_nobody(college: College) -> None:
    guardian = college.guardian(status="suspended")
    college.link(guardian, college.student())
    log_in(college, guardian)
    assert found(college) == Session(guardian_id=guardian, guardian_is_active=False, students=())
