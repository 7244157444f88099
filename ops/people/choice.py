"""What a command tells if what was typed names nobody, or more than one."""

from collections.abc import Sequence
from difflib import get_close_matches

from rich.console import Console

from ops.tables import Cells, print_table

_NEAREST = 3
_ALIKE = 0.6
"""How much of two words must agree: 1 is all."""


class NotOneError(Exception):
    """What was typed does not name exactly one person or lesson; the message says what to do."""

    def __init__(
        self, message: str, headings: Sequence[str] = (), rows: Sequence[Cells] = ()
    ) -> None:
        super().__init__(message)
        self.headings = headings
        self.rows = rows

    def print_to(self, console: Console) -> None:
        """Print the message, and the list to choose from."""
        console.print(str(self))
        print_table(console, self.headings, self.rows)


class NobodyNamedError(Exception):
    """The command needs a person, and none was typed; the message says what to do."""


def nearest(typed: str, known: Sequence[str]) -> str:
    """Return ` Did you mean …?` with those of the known names that are most alike, or nothing."""
    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(typed.casefold(), by_folded, n=_NEAREST, cutoff=_ALIKE)
    names = " or ".join(by_folded[each] for each in found)
    return f" Did you mean {names}?" if names else ""
