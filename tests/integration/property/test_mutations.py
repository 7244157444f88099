"""Breaking any one criterion is noticed: the compact examples turn red for each broken table."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from absence_texts import criteria
from absence_texts.criterion import Criterion
from tests.integration.property.differences import first_difference
from tests.integration.property.examples import LONDON, Example
from tests.integration.property.examples_of_views import ALL_STORIES
from tests.integration.property.tables import Views

FLIPS = {
    "<>": "=",
    ">=": ">",
    ">": ">=",
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
    r"<>|<=|<|>=|>|=|\b(?:IS NULL|IS NOT NULL|LIKE|NOT REGEXP|REGEXP|BETWEEN|OR)\b|(?<!\b1 )AND\b"
)


def broken_rows() -> Iterator[tuple[str, Criterion]]:
    for row in criteria.IN_ORDER:
        yield f"{row.name} dropped", replace(row, condition="TRUE")
        for number, found in enumerate(_COMPARISON.finditer(row.condition), start=1):
            flipped = FLIPS[found.group()]
            condition = row.condition[: found.start()] + flipped + row.condition[found.end() :]
            name = f"{row.name}: {number}. {found.group()} made {flipped}"
            yield name, replace(row, condition=condition)


def is_noticed(views: Views) -> bool:
    for story in ALL_STORIES.values():
        example = Example()
        steps = story(example)
        if first_difference(views, example.day, LONDON, steps, texts_clashes=False):
            return True
    return False


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in broken_rows()])
def test_a_broken_criterion_is_noticed(
    unsigned_views: Views, monkeypatch: pytest.MonkeyPatch, row: Criterion
) -> None:
    broken = tuple(row if row.name == kept.name else kept for kept in criteria.IN_ORDER)
    monkeypatch.setattr(criteria, "IN_ORDER", broken)
    assert is_noticed(unsigned_views)
