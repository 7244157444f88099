"""How the values of a fact are shown."""

from datetime import datetime

import pytest

from absence_texts.criteria import IN_ORDER
from absence_texts.criterion import AsksOf, Criterion
from absence_texts.source import Source
from ops.explain.facts import columns, fact_of

STARTS = datetime(2026, 11, 23, 10, 10)


def fact(form: str, value: object) -> str:
    criterion = Criterion(
        name="it",
        sentence="it holds",
        asks_of=AsksOf.MARK,
        condition="TRUE",
        not_met="it does not hold",
        fact=f"here is {{m.mark{form}}}, then {{m.ends_at}}",
    )
    return fact_of(criterion, {"starts_at": STARTS, "it_0": value, "it_1": STARTS})


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("", "O", "“O”"),
        ("", None, "none"),
        ("", " ", "“ ”"),
        ("", datetime(2026, 11, 23, 11, 17), "11:17"),
        ("", datetime(2026, 11, 24, 9, 0), "2026-11-24 09:00"),
        ("", "0000-00-00 00:00:00", "“0000-00-00 00:00:00”"),
        (":plain", 2, "2"),
        (":plain", None, "none"),
        (":masked", "07700 900123", "…123"),
        (":masked", None, "none"),
        (":masked", "ext 12", "…"),
        (":unsupported", "STŁ[1", "“[” “Ł”"),
        (":unsupported", "STE04049635", "none"),
        (":unsupported", None, "none"),
    ],
)
def test_a_value_is_shown_as_its_form_says(form: str, value: object, shown: str) -> None:
    assert fact(form, value) == f"here is {shown}, then 10:10"


def test_a_mobile_is_shown_only_masked() -> None:
    for row in IN_ORDER:
        assert row.fact.count("mobile}") == 0, row.name


def test_every_criterion_has_a_fact_of_the_days_rows() -> None:
    optional = frozenset(column for row in IN_ORDER for column in row.optional_columns)
    settings = frozenset(row.setting for row in IN_ORDER)
    selected = columns(Source(schema="college", columns=optional, settings=settings))
    assert all(f" AS {row.name}_" in selected for row in IN_ORDER)
