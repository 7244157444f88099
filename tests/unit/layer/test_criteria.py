"""The table of criteria, and what is derived from it."""

from absence_texts import criteria

NAMES = [
    "absent",
    "first_of_day",
    "marked_in_time",
    "due",
    "student_16_19",
    "guardian_registered",
    "link_active",
    "has_mobile",
    "attendance_shared",
    "not_texted_today",
]


def test_the_ten_criteria_stand_in_the_specifications_order() -> None:
    assert [criterion.name for criterion in criteria.CRITERIA] == NAMES


def test_each_criterion_is_asked_everywhere() -> None:
    for criterion in criteria.CRITERIA + criteria.DATA_CHECKS:
        assert f"({criterion.condition})" in criteria.all_hold()
        assert f"'{criterion.name}'" in criteria.first_failing()
        assert f"AS {criterion.name}" in criteria.verdicts()


def test_the_students_contacts_are_in_no_condition() -> None:
    assert "student_contacts" not in criteria.all_hold()
