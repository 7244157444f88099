"""Tables on a terminal, and the same cells as plain text in a pipe or a file."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

type Cells = tuple[str | Text, ...]

_AT_ONCE = 500
"""Rows whose columns are made equally wide: a longer list is printed in parts."""
_BORDER = 1


def print_table(console: Console, headings: Sequence[str], rows: Iterable[Cells]) -> None:
    """Print the rows under their headings; print nothing if there is no row.

    A terminal gets a table, or the cells one below the other if the table is too wide for it. A
    pipe or a file gets one line for each row, and no line is cut or wrapped.
    """
    if not console.is_terminal:
        console.file.writelines(_plain_lines(headings, rows))
        return
    for part in batched(rows, _AT_ONCE, strict=False):
        table = _fitted(headings, part, console.width)
        table = table or _fitted(*_names_inside(headings, part), console.width)
        console.print(table or _one_below_the_other(headings, part))


def _fitted(headings: Sequence[str], rows: Sequence[Cells], width: int) -> Table | None:
    """Return a table of this width or less that breaks no word, or None if there is none."""
    columns = [tuple(map(str, column)) for column in zip(headings, *rows, strict=True)]
    narrowest = [max(map(_longest_word, column)) for column in columns]
    widest = [max(map(cell_len, column)) for column in columns]
    for padding in (1, 0):
        left = width - _BORDER - len(columns) * (_BORDER + 2 * padding)
        if sum(narrowest) <= left:
            table = Table(padding=(0, padding))
            for heading, column in zip(headings, _narrowed(widest, narrowest, left), strict=True):
                table.add_column(heading, overflow="fold", width=column)
            return _filled(table, rows)
    return None


def _names_inside(
    headings: Sequence[str], rows: Sequence[Cells]
) -> tuple[Sequence[str], Sequence[Cells]]:
    """Put the column `student name` into the column `student` before it, and so each name."""
    columns = list(zip(headings, *rows, strict=True))
    for name in [each for each in columns if str(each[0]).endswith(" name")]:
        at = columns.index(name) - 1
        whose, *cells = columns[at]
        columns[at : at + 2] = [
            (whose, *(f"{cell} {its}".rstrip() for cell, its in zip(cells, name[1:], strict=True)))
        ]
    first, *rest = zip(*columns, strict=True)
    return tuple(map(str, first)), rest


def _narrowed(widest: Sequence[int], narrowest: Sequence[int], total: int) -> list[int]:
    """Narrow the columns to a sum of `total`: always the column that can give most."""
    widths = list(widest)
    while sum(widths) > total:
        spare = [width - least for width, least in zip(widths, narrowest, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _filled(table: Table, rows: Iterable[Cells]) -> Table:
    for row in rows:
        table.add_row(*row)
    return table


def _one_below_the_other(headings: Sequence[str], rows: Sequence[Cells]) -> Table:
    """Return the headings and, beside each, the cell. An empty line parts two rows."""
    grid = Table.grid(padding=(0, 2))
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            grid.add_row(heading, cell)
        grid.add_row()
    return grid


def _plain_lines(headings: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Yield a line for the headings and one for each row, with two blanks between columns."""
    widths = [0] * len(headings)
    for number, part in enumerate(batched(rows, _AT_ONCE, strict=False)):
        lines = [*([] if number else [tuple(headings)]), *(tuple(map(str, row)) for row in part)]
        needed = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        widths = list(map(max, widths, needed))
        yield from (_plain_line(line, widths) for line in lines)


def _plain_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return f"{'  '.join(padded).rstrip()}\n"


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)
