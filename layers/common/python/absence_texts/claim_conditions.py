"""The criteria in the parts in which a claim asks for them: those that cost least come first."""

from absence_texts import criteria
from absence_texts.criterion import AsksOf
from absence_texts.data_checks import DATA_CHECKS
from absence_texts.source import Source

_DATA_CHECKS = frozenset(check.name for check in DATA_CHECKS)


def uses_up_the_day(source: Source) -> str:
    """Return what a mark must be to count as the first absence of the day."""
    return criteria.all_of(source, (row for row in criteria.IN_ORDER if row.uses_up_the_day))


def mark_uses_up_the_day_if_trusted(source: Source) -> str:
    """Return those conditions of `uses_up_the_day` that are no data checks: they cost least."""
    rows = (row for row in criteria.IN_ORDER if row.uses_up_the_day)
    return criteria.all_of(source, (row for row in rows if row.name not in _DATA_CHECKS))


def mark_can_be_trusted(source: Source) -> str:
    """Return the data checks of a mark."""
    rows = (row for row in criteria.IN_ORDER if row.asks_of is AsksOf.MARK)
    return criteria.all_of(source, (row for row in rows if row.name in _DATA_CHECKS))


def rest_of_the_mark(source: Source) -> str:
    """Return what else is asked of a mark that uses up the day."""
    rest = (row for row in criteria.IN_ORDER if not row.uses_up_the_day)
    return criteria.all_of(source, (row for row in rest if row.asks_of is AsksOf.MARK))


def student_and_guardian(source: Source, without: frozenset[str]) -> str:
    """Return what a student and guardian answer alike on every mark of the day."""
    others = (row for row in criteria.IN_ORDER if row.asks_of is not AsksOf.MARK)
    return criteria.all_of(source, (row for row in others if row.name not in without))
