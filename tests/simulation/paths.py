"""Whether what happened to the ledger's rows on the simulated days is a path of the model."""

from collections.abc import Iterable
from functools import cache

from tests.model.colleges import FOR_PATHS
from tests.model.exploration import explore
from tests.simulation.ledger_watch import RowChange, seen_in_model


@cache
def changes_in_model() -> frozenset[RowChange]:
    changes = set[RowChange]()
    for bounds in FOR_PATHS:
        rows = explore(bounds).row_changes
        changes |= {(seen_in_model(before), seen_in_model(after)) for before, after in rows}
    return frozenset((before, after) for before, after in changes if before != after)


def not_in_model(changes: Iterable[RowChange]) -> set[RowChange]:
    """Return the changes that no row of the model makes.

    Each change begins where the row's last change ended, so days without such a change are paths.
    """
    return set(changes) - changes_in_model()
