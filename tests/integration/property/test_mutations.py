"""Breaking any one criterion is noticed: the compact examples turn red for each broken table."""

import re
from collections.abc import Iterator

import pytest

from absence_texts import criteria
from absence_texts.criteria import Criterion
from absence_texts.database import Database
from tests.integration.property.differences import first_difference
from tests.integration.property.examples import LONDON, STORIES, Example

FLIPS = {
    "<>": "=",
    "<=": "<",
    "<": "<=",
    "=": "<>",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
    "LIKE": "NOT LIKE",
    "NOT REGEXP": "REGEXP",
    "REGEXP": "NOT REGEXP",
    "BETWEEN": "NOT BETWEEN",
    "OR": "AND",
    "AND": "OR",
}
# BETWEEN has an AND of its own.
_COMPARISON = re.compile(
    r"<>|<=|<|=|\b(?:IS NULL|IS NOT NULL|LIKE|NOT REGEXP|REGEXP|BETWEEN|OR)\b|(?<!\b1 )AND\b"
)


def broken_rows() -> Iterator[tuple[str, Criterion]]:
    for row in criteria.CRITERIA + criteria.DATA_CHECKS:
        yield f"{row.name} dropped", row._replace(condition="TRUE")
        for number, found in enumerate(_COMPARISON.finditer(row.condition), start=1):
            flipped = FLIPS[found.group()]
            condition = row.condition[: found.start()] + flipped + row.condition[found.end() :]
            name = f"{row.name}: {number}. {found.group()} made {flipped}"
            yield name, row._replace(condition=condition)


def is_noticed(database: Database) -> bool:
    for story in STORIES.values():
        example = Example()
        steps = story(example)
        if first_difference(database, example.day, LONDON, steps):
            return True
    return False


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in broken_rows()])
def test_a_broken_criterion_is_noticed(
    database: Database, monkeypatch: pytest.MonkeyPatch, row: Criterion
) -> None:
    table = criteria.CRITERIA + criteria.DATA_CHECKS
    broken = tuple(row if row.name == kept.name else kept for kept in table)
    monkeypatch.setattr(criteria, "_ALL", broken)
    assert is_noticed(database)
