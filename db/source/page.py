"""`python -m db.source.page` writes the tables of the contract into docs/data-contract.md."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

from db.source.contract import CollegeTable, Column, columns_read, indexes_needed
from db.source.tables import CONTRACT

PAGE = Path(__file__).parents[2] / "docs" / "data-contract.md"
_MARKED = re.compile(r"(?s)(<!-- made by db/source/page.py -->\n).*?(<!-- end -->)")


def with_tables(page: str) -> str:
    """Return the page with the contract's tables between its two marks."""
    tables = "\n".join(line for table in CONTRACT for line in _section(table))
    return _MARKED.sub(lambda found: f"{found[1]}\n{tables}\n{found[2]}", page)


def _section(table: type[CollegeTable]) -> Iterator[str]:
    yield from (f"## `{table.table}`", "", cleandoc(table.__doc__ or ""), "")
    yield from ("| column | holds | meaning |", "|---|---|---|")
    for name, column in columns_read(table).items():
        yield f"| `{name}` | {column.kind.words} | {_meaning(column)} |".replace("|  |", "| |")
    yield ""
    for index in indexes_needed(table):
        why = f": {index.why}" if index.why else ""
        faster = f"; faster with {_names(index.faster_with)}" if index.faster_with else ""
        yield f"- {'unique' if index.unique else 'index'} ({_names(index.columns)}){why}{faster}"
    yield ""


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _meaning(column: Column) -> str:
    return f"optional. {column.meaning}" if column.optional else column.meaning


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text()))
