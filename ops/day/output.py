"""How the account of a day is printed: as a table, as CSV or as JSON."""

import argparse
import json
from collections.abc import Sequence

from rich.console import Console

from absence_texts.account_lines import as_csv
from ops.day.listing import HEADINGS, MaskedLine
from ops.terminal import make_table, print_plainly


def add_formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--csv", action="store_true", help="print a spreadsheet's rows")
    formats.add_argument("--json", action="store_true", help="print JSON, for another program")


def show(
    console: Console, arguments: argparse.Namespace, heading: str, lines: Sequence[MaskedLine]
) -> None:
    """Print the lines. CSV and JSON come without the heading."""
    if arguments.csv:
        rows = (line.cells() for line in lines)
        print_plainly(console, as_csv(HEADINGS, rows).rstrip("\n"))
    elif arguments.json:
        print_plainly(console, json.dumps([_fields(line) for line in lines], indent=2))
    else:
        console.print(heading)
        if lines:
            console.print(make_table(HEADINGS, (line.cells() for line in lines)))


def _fields(line: MaskedLine) -> dict[str, str | int | None]:
    cells = dict(zip(HEADINGS, line.cells(), strict=True))
    guardian = line.line.guardian
    return {**cells, "reason_code": guardian.reason, "recorded_at": str(guardian.at)}
