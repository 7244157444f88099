"""How the account of a day is printed: as a table, as CSV or as JSON."""

import argparse
import csv
import json
from collections.abc import Sequence
from io import StringIO

from rich.console import Console

from ops.day.listing import HEADINGS, Line
from ops.terminal import make_table, print_plainly


def add_formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--csv", action="store_true", help="print a spreadsheet's rows")
    formats.add_argument("--json", action="store_true", help="print JSON, for another program")


def show(
    console: Console, arguments: argparse.Namespace, heading: str, lines: Sequence[Line]
) -> None:
    """Print the lines. CSV and JSON come without the heading."""
    if arguments.csv:
        print_plainly(console, _as_csv(lines))
    elif arguments.json:
        print_plainly(console, json.dumps([_fields(line) for line in lines], indent=2))
    else:
        console.print(heading)
        if lines:
            console.print(make_table(HEADINGS, (line.cells() for line in lines)))


def _as_csv(lines: Sequence[Line]) -> str:
    written = StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEADINGS)
    rows.writerows(map(_safe, line.cells()) for line in lines)
    return written.getvalue().rstrip("\n")


def _safe(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _fields(line: Line) -> dict[str, str | int | None]:
    cells = dict(zip(HEADINGS, line.cells(), strict=True))
    return {**cells, "reason_code": line.guardian.reason, "recorded_at": str(line.guardian.at)}
