"""The columns of our own tables, read from the migrations that make them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from db.migrate import Migration

type Columns = dict[str, str]
"""The type of each column, by its name."""

_TYPE = r"(?P<type>\w+(?:\([\d, ]+\))?(?: UNSIGNED)?)"
_STATEMENT = re.compile(r"(?ms)^(?P<verb>CREATE|ALTER) TABLE (?P<table>\w+)\s(?P<rest>.*)")
_COLUMN_OF_CREATE = re.compile(rf"(?m)^    (?P<name>[a-z]\w*)\s+{_TYPE}")
_ADD_OR_MODIFY = re.compile(rf"(?:ADD COLUMN|MODIFY(?: COLUMN)?) (?P<name>\w+)\s+{_TYPE}")
_CHANGE = re.compile(rf"CHANGE(?: COLUMN)? (?P<old>\w+)\s+(?P<name>\w+)\s+{_TYPE}")
_DROP = re.compile(r"DROP COLUMN (?P<name>\w+)")
_DISPLAY_WIDTH = re.compile(r"(?<=int)\(\d+\)")


def columns_made_by(migrations: Iterable[Migration]) -> dict[str, Columns]:
    """Return each table's columns after these migrations."""
    tables: defaultdict[str, Columns] = defaultdict(dict)
    for migration in migrations:
        for statement in _STATEMENT.finditer(migration.statement):
            _apply(tables[statement["table"]], statement["verb"], statement["rest"])
    return dict(tables)


def normal_type(column_type: str) -> str:
    """Return a type as every server names it: MariaDB's `int(10) unsigned` is `int unsigned`."""
    return _DISPLAY_WIDTH.sub("", column_type.lower())


def _apply(columns: Columns, verb: str, rest: str) -> None:
    if verb == "CREATE":
        columns.update(_types(_COLUMN_OF_CREATE.finditer(rest)))
        return
    for change in _CHANGE.finditer(rest):
        columns.pop(change["old"])
    for dropped in _DROP.finditer(rest):
        columns.pop(dropped["name"])
    columns.update(_types(_ADD_OR_MODIFY.finditer(rest)))
    columns.update(_types(_CHANGE.finditer(rest)))


def _types(found: Iterable[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for column in found:
        yield column["name"], normal_type(column["type"])
