"""docs/privacy.md classifies each column of our tables, and no other."""

import re
from pathlib import Path

from db.migrate import read_migrations
from ops.doctor.our_tables import columns_made_by

_PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
_CLASSIFIED = ("column", "what", "why", "how long", "who sees it")


def _rows_of_each_table() -> dict[str, list[list[str]]]:
    """Return the cells of each table's rows on the page, with the heading row."""
    sections = re.findall(r"(?ms)^## `(\w+)`\n(.+?)(?=^## |\Z)", _PAGE)
    return {name: _rows(section) for name, section in sections}


def _rows(section: str) -> list[list[str]]:
    rows = re.findall(r"(?m)^\| (.+) \|$", section)
    return [[cell.strip(" `") for cell in row.split(" | ")] for row in rows]


def test_each_column_that_the_migrations_make_is_listed_in_its_table() -> None:
    listed = {
        table: [column for column, *_ in rows]
        for table, (_, *rows) in _rows_of_each_table().items()
    }
    made = columns_made_by(read_migrations())
    assert {table: sorted(columns) for table, columns in listed.items()} == {
        table: sorted(columns) for table, columns in made.items()
    }


def test_each_column_is_classified_in_every_way() -> None:
    for table, (heading, *rows) in _rows_of_each_table().items():
        assert tuple(heading) == _CLASSIFIED, table
        for row in rows:
            assert len(row) == len(_CLASSIFIED), row
            assert all(row), row
