"""Every step that may follow on a state."""

from tests.model.holding import holds
from tests.model.ledger import Ledger
from tests.model.running import outbox, statements
from tests.model.sending import senders
from tests.model.settling import receipts, resends
from tests.model.steps import Steps
from tests.model.world import World


def next_steps(ledger: Ledger, world: World) -> Steps:
    """Yield the steps in the order in which the work goes on if nothing goes wrong."""
    yield from senders(ledger, world)
    yield from statements(ledger, world)
    yield from outbox(ledger, world)
    yield from receipts(ledger, world)
    yield from resends(ledger, world)
    yield from holds(ledger, world)
