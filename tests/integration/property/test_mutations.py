"""Breaking any one criterion is noticed: the compact examples turn red for each broken table."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from absence_texts import criteria
from absence_texts.criterion import Criterion
from absence_texts.data_checks import DATA_CHECKS
from tests.integration.property.differences import first_difference
from tests.integration.property.examples import LATEST_MINUTES, LONDON, Example
from tests.integration.property.examples_of_views import ALL_STORIES
from tests.integration.property.steps import Step
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
    "OR": "AND",
    "AND": "OR",
}
# BETWEEN has an AND of its own, which is not to become OR.
_COMPARISON = re.compile(
    r"<>|<=|<|>=|>|=|BETWEEN \S+ AND|\b(?:IS NULL|IS NOT NULL|LIKE|NOT REGEXP|REGEXP|OR|AND)\b"
)


# A lesson that starts at the next midnight is never among the day's rows.
_CHANGES_NOTHING = {"lesson_times_in_order: 3. < made <="}


def broken_rows() -> Iterator[tuple[str, Criterion]]:
    for row in criteria.IN_ORDER:
        yield f"{row.name} dropped", replace(row, condition="TRUE")
        for number, found in enumerate(_COMPARISON.finditer(row.condition), start=1):
            flipped = FLIPS.get(found.group(), f"NOT {found.group()}")
            condition = row.condition[: found.start()] + flipped + row.condition[found.end() :]
            name = f"{row.name}: {number}. {found.group()} made {flipped}"
            if name not in _CHANGES_NOTHING:
                yield name, replace(row, condition=condition)


_noticed_by: dict[str, list[str]] = {}
"""The days that noticed an earlier change of a row: they are tried first on the next one."""


def is_noticed(views: Views, row: Criterion) -> bool:
    first = _noticed_by.setdefault(row.name, [])
    names = {check.name for check in DATA_CHECKS}
    others = reversed(ALL_STORIES) if row.name in names else iter(ALL_STORIES)
    for name in dict.fromkeys([*first, *others]):
        example = Example()
        steps = ALL_STORIES[name](example)
        if _differs(views, example, steps):
            first.insert(0, name)
            return True
    return False


def _differs(views: Views, example: Example, steps: list[Step]) -> bool:
    return bool(
        first_difference(
            views,
            example.day,
            LONDON,
            steps,
            texts_clashes=False,
            latest_minutes=LATEST_MINUTES,
            asks_the_tool=False,
        )
    )


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in broken_rows()])
def test_a_broken_criterion_is_noticed(
    unsigned_views: Views, monkeypatch: pytest.MonkeyPatch, row: Criterion
) -> None:
    broken = tuple(row if row.name == kept.name else kept for kept in criteria.IN_ORDER)
    monkeypatch.setattr(criteria, "IN_ORDER", broken)
    assert is_noticed(unsigned_views, row)
