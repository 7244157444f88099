"""The tables of criteria and data checks, and what is derived from them."""

import re
from dataclasses import replace

from absence_texts import criteria
from absence_texts.criterion import AsksOf
from absence_texts.data_checks import DATA_CHECKS
from absence_texts.source import KEYS, Source
from db.source.contract import columns_read
from db.source.tables import CONTRACT

EVERY_OPTIONAL_COLUMN = frozenset(
    column for row in criteria.IN_ORDER for column in row.optional_columns
)
SETTINGS = frozenset(row.setting for row in criteria.IN_ORDER if row.setting)
VIEWS = Source(schema="college", columns=EVERY_OPTIONAL_COLUMN, settings=SETTINGS)
TABLES = replace(VIEWS, unique_tables=frozenset(KEYS))
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


def test_a_row_is_asked_only_if_the_college_has_its_optional_column() -> None:
    without = Source(schema="college", columns=frozenset())
    for row in criteria.IN_ORDER:
        is_asked = f"'{row.name}'" in criteria.first_failing(without)
        assert is_asked is not bool(row.optional_columns or row.setting), row.name
        assert f"AS {row.name}" in criteria.verdicts(without)


def test_the_contract_says_of_each_optional_column_that_a_college_may_lack_it() -> None:
    optional = {
        f"{table.table}.{name}"
        for table in CONTRACT
        for name, column in columns_read(table).items()
        if column.optional or table.optional
    }
    assert optional >= EVERY_OPTIONAL_COLUMN


def test_each_row_asks_of_what_it_says() -> None:
    for row in criteria.IN_ORDER:
        assert set(re.findall(r"\b(m|s|gs|g|t)\.", row.condition)) <= ALIASES[row.asks_of], row.name


def test_the_students_contacts_are_in_no_condition() -> None:
    assert "student_contacts" not in criteria.all_hold(VIEWS)
