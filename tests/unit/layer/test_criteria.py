"""The tables of criteria and data checks, and what is derived from them."""

import re

from absence_texts import criteria
from absence_texts.criterion import AsksOf
from absence_texts.data_checks import DATA_CHECKS
from absence_texts.source import KEYS, Source

VIEWS = Source(schema="college", has_hide_attendance=True)
TABLES = Source(schema="college", has_hide_attendance=True, unique_tables=frozenset(KEYS))
ALIASES = {
    AsksOf.MARK: {"m"},
    AsksOf.STUDENT: {"s"},
    AsksOf.GUARDIAN: {"gs", "g", "t"},
}


def test_the_data_checks_are_asked_right_after_whether_the_mark_is_an_absence() -> None:
    absent, *others = criteria.CRITERIA
    assert absent.name == "absent"
    assert [*criteria.IN_ORDER] == [absent, *DATA_CHECKS, *others]


def test_every_row_is_asked_everywhere() -> None:
    for row in criteria.IN_ORDER:
        condition = VIEWS.resolve(row.condition)
        assert f"({condition})" in criteria.all_hold(VIEWS)
        assert f"'{row.name}'" in criteria.first_failing(VIEWS)
        assert f"AS {row.name}" in criteria.verdicts(VIEWS)


def test_a_key_that_the_server_keeps_unique_is_not_asked_for() -> None:
    for row in DATA_CHECKS:
        assert (f"'{row.name}'" in criteria.first_failing(TABLES)) is not bool(row.key_of)


def test_every_key_of_a_table_that_the_criteria_read_is_checked() -> None:
    assert {row.key_of for row in DATA_CHECKS if row.key_of} == set(KEYS)


def test_each_row_asks_of_what_it_says() -> None:
    for row in criteria.IN_ORDER:
        assert set(re.findall(r"\b(m|s|gs|g|t)\.", row.condition)) <= ALIASES[row.asks_of], row.name


def test_the_students_contacts_are_in_no_condition() -> None:
    assert "student_contacts" not in criteria.all_hold(VIEWS)
