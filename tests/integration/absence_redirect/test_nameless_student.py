"""A college's view may have no first name for a student: then the reference stands alone."""

from absence_redirect.destination import Student
from absence_redirect.sessions import find_session
from absence_texts.database import Database
from tests.support.college import wall_clock

NAMELESS = """
SELECT 1 AS guardian_id, 1 AS guardian_is_active, NULL AS first_name, 'STE04049635' AS reference"""


def test_a_student_without_a_first_name_is_shown_by_reference(database: Database) -> None:
    session = find_session(database, NAMELESS, "", wall_clock("12:00"))
    assert session is not None
    assert session.students == (Student(reference="STE04049635", first_name=""),)
