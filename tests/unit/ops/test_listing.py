"""A list as a table, as plain text, as CSV and as JSON."""

import csv
import json
from io import StringIO

import pytest
from rich.console import Console

from ops.listing import Form, ListedModel, show
from ops.tables import Cells
from ops.terminal import make_console

HEADINGS = ("student", "reason")


class ARow(ListedModel):
    student: str
    reason: str | None

    def cells(self) -> Cells:
        return self.student, self.reason or ""


LONG = ARow(student="STE04049635", reason="the link to the student is not active")
SHORT = ARow(student="STE1", reason=None)


def shown(form: Form, *rows: ARow) -> str:
    printed = StringIO()
    show(make_console(printed), form, HEADINGS, rows)
    return printed.getvalue()


def on_a_terminal(width: int, *rows: ARow) -> list[str]:
    printed = StringIO()
    console = Console(file=printed, width=width, force_terminal=True, color_system=None)
    show(console, Form.TABLE, HEADINGS, rows)
    return printed.getvalue().splitlines()


def test_json_holds_every_row_with_its_types() -> None:
    assert json.loads(shown(Form.JSON, LONG, SHORT)) == [row.model_dump() for row in (LONG, SHORT)]


def test_json_without_a_row_is_an_empty_array() -> None:
    assert json.loads(shown(Form.JSON)) == []


def test_csv_has_a_heading_without_a_row_too() -> None:
    assert shown(Form.CSV) == "student,reason\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_csv_is_a_formula(cell: str) -> None:
    ((_, reason),) = list(csv.reader(StringIO(shown(Form.CSV, ARow(student="S", reason=cell)))))[1:]
    assert reason == f"'{cell}"


def test_a_pipe_gets_one_line_for_each_row_and_nothing_is_cut() -> None:
    lines = shown(Form.TABLE, LONG, SHORT).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["student", "STE04049635", "STE1"]
    assert lines[1].endswith("the link to the student is not active")


def test_the_columns_of_plain_text_stay_in_line_in_a_long_list() -> None:
    rows = (LONG, *[ARow(student="S", reason="x")] * 1000)
    _, *lines = shown(Form.TABLE, *rows).splitlines()
    assert {line.index("x") for line in lines[1:]} == {lines[0].index("the link")}


@pytest.mark.parametrize("width", [30, 40, 80])
def test_a_terminals_lines_fit_and_break_no_word(width: int) -> None:
    lines = on_a_terminal(width, LONG, SHORT)
    assert max(map(len, lines)) <= width
    assert any("STE04049635" in line for line in lines)
    assert lines[0].startswith("┏")


def test_a_table_too_wide_for_the_terminal_is_cells_one_below_the_other() -> None:
    lines = on_a_terminal(20, LONG)
    assert max(map(len, lines)) <= 20
    assert [line.split()[0] for line in lines[:2]] == ["student", "reason"]
