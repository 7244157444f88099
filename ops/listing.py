"""How every command that lists prints its rows: as a table, as CSV or as JSON."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict
from rich.console import Console

from absence_texts.spreadsheet import csv_lines
from ops.tables import Cells, print_table


class Form(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Listed(Protocol):
    """A row of a list: cells for people, and JSON for programs."""

    def cells(self) -> Cells: ...
    def to_json(self) -> str: ...


class ListedModel(BaseModel):
    """What a row is in JSON: docs/schemas is made from it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    def to_json(self) -> str:
        return self.model_dump_json()


def add_formats(parser: argparse.ArgumentParser) -> "argparse._MutuallyExclusiveGroup":
    """Add `--csv` and `--json`; return their group, of which one may be typed."""
    formats = parser.add_mutually_exclusive_group()
    parser.set_defaults(form=Form.TABLE)
    for form, what in ((Form.CSV, "a spreadsheet's rows"), (Form.JSON, "JSON, for a program")):
        formats.add_argument(
            f"--{form}", dest="form", action="store_const", const=form, help=f"print {what}"
        )
    return formats


def say(console: Console, form: Form, sentence: str) -> None:
    """Print a sentence about a list. CSV and JSON hold the rows alone."""
    if form is Form.TABLE:
        console.print(sentence)


def show(console: Console, form: Form, headings: Sequence[str], rows: Iterable[Listed]) -> None:
    """Print the rows as they come: a list of any length needs no more memory than a short one."""
    if form is Form.JSON:
        console.file.writelines(_json_lines(rows))
    elif form is Form.CSV:
        cells = (tuple(map(str, row.cells())) for row in rows)
        console.file.writelines(csv_lines(headings, cells))
    else:
        print_table(console, headings, (row.cells() for row in rows))


def _json_lines(rows: Iterable[Listed]) -> Iterator[str]:
    """Yield an array with one row a line."""
    before = "["
    for row in rows:
        yield f"{before}\n{row.to_json()}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
