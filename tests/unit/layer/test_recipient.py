"""A phone in the ledger: the same value for the same phone, student and day, and no number."""

from datetime import date

import pytest

from absence_texts.identifiers import StudentId
from absence_texts.recipient import recipient_of

MOBILE, STUDENT, DAY = "+447700900123", StudentId(7), date(2026, 11, 23)


def test_the_value_fits_its_column_and_shows_no_number() -> None:
    value = recipient_of(MOBILE, STUDENT, DAY)
    assert len(value) == 64
    assert "900123" not in value


@pytest.mark.parametrize(
    ("mobile", "student", "day"),
    [
        ("+447700900124", STUDENT, DAY),
        (MOBILE, StudentId(8), DAY),
        (MOBILE, STUDENT, date(2026, 11, 24)),
    ],
)
def test_another_phone_student_or_day_has_another_value(
    mobile: str, student: StudentId, day: date
) -> None:
    assert recipient_of(mobile, student, day) != recipient_of(MOBILE, STUDENT, DAY)
