"""Names that people typed never steer a terminal, and a missing column is no name."""

import pytest

from ops.people.names import guardian_name, lives_with, printable, student_name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada  Lovelace ", "Ada Lovelace"),
        ("Zoë O'Brien-Łuk", "Zoë O'Brien-Łuk"),
        ("\x1b[31mAda\x1b[0m", "[31mAda[0m"),
        ("Ada\n\rLovelace\t2", "Ada Lovelace 2"),
        ("Ada\u202eecalevoL", "AdaecalevoL"),
        ("\x9b2JAda", "2JAda"),
        (None, ""),
    ],
)
def test_a_name_is_printed_on_one_line_without_characters_that_steer(
    typed: str | None, shown: str
) -> None:
    assert printable(typed) == shown


def test_a_student_without_a_last_name_has_a_first_name() -> None:
    assert student_name({"first_name": "Ada", "last_name": None}) == "Ada"


def test_a_college_may_have_no_names_of_guardians_and_no_homes() -> None:
    assert guardian_name({"guardian_name": None}) == ""
    assert lives_with({"lives_with": None}) is None
