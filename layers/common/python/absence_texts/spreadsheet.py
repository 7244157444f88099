"""Lists as CSV, which a spreadsheet opens."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a line for the headings and one for each row."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in chain([headings], rows):
        writer.writerow(map(_safe, row))
        yield written.getvalue()
        written.seek(0)
        written.truncate()


def _safe(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(_BEGIN_A_FORMULA) else cell
