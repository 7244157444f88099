"""What is explored: one text with all that can happen to it, and two texts with one phone."""

from tests.model.rules import Bounds

IN_FULL = {
    "one text": Bounds(runs=2, senders=3, resends=1, changes=1, faults=3),
    "one text that may be held": Bounds(runs=2, senders=2, resends=1, changes=1, faults=2, holds=2),
    "two guardians with one phone": Bounds(
        texts=2, one_student=True, runs=2, senders=2, resends=1, changes=0, faults=2
    ),
    "two siblings, one phone": Bounds(
        texts=2, one_student=False, runs=2, senders=2, resends=1, changes=0, faults=2
    ),
}
"""What the command explores."""

QUICKLY = {
    "one text, three senders": Bounds(runs=2, senders=3, resends=1, changes=1, faults=1),
    "one text, two faults": Bounds(runs=2, senders=2, resends=1, changes=1, faults=2),
    "one text that may be held": Bounds(runs=2, senders=2, resends=0, changes=1, faults=1, holds=2),
    "two guardians with one phone": Bounds(
        texts=2, one_student=True, queued=True, runs=0, senders=2, changes=0, faults=2
    ),
    "two siblings, one phone": Bounds(
        texts=2, one_student=False, queued=True, runs=0, senders=2, changes=0, faults=2
    ),
}
"""What the tests explore, in some seconds."""

FOR_PATHS = (
    Bounds(runs=1, senders=3, resends=2, changes=1, faults=3),
    Bounds(runs=1, senders=3, resends=0, changes=2, faults=2, holds=2),
)
"""Enough for each change of a row that the model can make."""
