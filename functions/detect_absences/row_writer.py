"""Writes the rows that a SELECT finds, and leaves out by itself a row that the server refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pymysql import DataError, IntegrityError, OperationalError

from absence_texts.database import Database, Row, execute, fetch_all

# PyMySQL gives these the class of a lost connection: a wrong value, bytes that are no letters, a
# division by zero, a number out of range, and a CHECK that does not hold (MySQL's and MariaDB's).
_REFUSED_VALUES = frozenset({1292, 1300, 1365, 1690, 3819, 4025})


@dataclass(frozen=True, kw_only=True)
class Insert:
    """An INSERT or a REPLACE of what `select` finds. The select list has the columns' names."""

    into: str
    select: str
    on_duplicate: str = ""


def write(
    database: Database, insert: Insert, parameters: Mapping[str, Any]
) -> tuple[int, list[Row]]:
    """Write all rows in one statement. If the server refuses a row, write each by itself.

    Return the number of rows written, and the rows refused.
    """
    try:
        return execute(database, _statement(insert, insert.select), parameters), []
    except (DataError, IntegrityError, OperationalError) as error:
        if not _is_about_a_row(error):
            raise
    return _write_each(database, insert, fetch_all(database, insert.select, parameters))


def _write_each(database: Database, insert: Insert, rows: Iterable[Row]) -> tuple[int, list[Row]]:
    written, refused = 0, []
    for row in rows:
        values = f"VALUES ({', '.join(f'%({name})s' for name in row)})"
        try:
            written += execute(database, _statement(insert, values), row)
        except (DataError, IntegrityError, OperationalError) as error:
            if not _is_about_a_row(error):
                raise
            refused.append(row)
    return written, refused


def _statement(insert: Insert, rows: str) -> str:
    return f"{insert.into}\n{rows}\n{insert.on_duplicate}"


def _is_about_a_row(error: Exception) -> bool:
    return not isinstance(error, OperationalError) or error.args[0] in _REFUSED_VALUES
