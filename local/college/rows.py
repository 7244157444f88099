"""Inserts rows of a college's tables, and numbers their references and mobiles."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from absence_texts.database import Database, Value
from db.source.tables import AnyRecord


def numbered_reference(number: int) -> str:
    return f"STE{number:08d}"


def numbered_mobile(number: int) -> str:
    """Return one of Ofcom's fictional numbers; they repeat after a thousand."""
    return f"07700 900{number % 1000:03d}"


def insert(database: Database, records: Iterable[AnyRecord]) -> None:
    """Insert records, each after those that it refers to."""
    for table, of_table in groupby(records, key=lambda record: record.table):
        insert_rows(database, table, [vars(record) for record in of_table])


def insert_rows(database: Database, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
    """Insert rows that all have the columns of the first."""
    columns = list(rows[0])
    values = ", ".join(f"%({column})s" for column in columns)
    with database.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)
