"""The fact behind each criterion's answer, in a few words: the criterion's own row says which."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from string import Formatter

from absence_texts.criteria import IN_ORDER
from absence_texts.criterion import Criterion
from absence_texts.data_checks import UNSUPPORTED_CHARACTER
from absence_texts.database import Row
from absence_texts.source import Source
from absence_texts.wording import clock_time
from ops.masking import masked


def columns(source: Source) -> str:
    """Return the select list of all values that the facts show."""
    asked = (criterion for criterion in IN_ORDER if criterion.can_be_asked_of(source))
    values = (value for criterion in asked for value in _values(criterion))
    return source.resolve(",\n  ".join(f"{sql} AS {name}" for name, sql, _ in values))


def fact_of(criterion: Criterion, row: Row) -> str:
    """Return the fact with the values of a row that also has the lesson's `starts_at`."""
    day = row["starts_at"].date()
    shown = {name: _shown(row[name], form, day) for name, _, form in _values(criterion)}
    return _template(criterion).format_map(shown)


def _values(criterion: Criterion) -> Iterator[tuple[str, str, str]]:
    """Yield for each value of the fact its column's name, its SQL and how it is shown."""
    for number, (_, sql, form, _) in enumerate(Formatter().parse(criterion.fact)):
        if sql is not None:
            yield f"{criterion.name}_{number}", sql, form or ""


def _template(criterion: Criterion) -> str:
    return "".join(
        words + (f"{{{criterion.name}_{number}}}" if sql is not None else "")
        for number, (words, sql, _, _) in enumerate(Formatter().parse(criterion.fact))
    )


def _shown(value: object, form: str, day: date) -> str:
    if form == "masked":
        return masked(value)
    if form == "unsupported":
        return _unsupported(str(value or ""))
    if isinstance(value, datetime):
        return clock_time(value, day)
    if value is None:
        return "none"
    return str(value) if form == "plain" else f"“{value}”"


def _unsupported(words: str) -> str:
    foreign = sorted(set(re.findall(UNSUPPORTED_CHARACTER, words)))
    return " ".join(f"“{character}”" for character in foreign) or "none"
