"""`python -m db.source.sample_schema` prints the SQL that creates a sample college's tables.

A real college keeps its own tables. These are for local use, for the tests, and for a trial that
has a database of its own.
"""

from collections.abc import Iterable, Iterator
from types import NoneType
from typing import get_args

from absence_texts.database import Database
from db.source.contract import CollegeTable, columns_of
from db.source.tables import SAMPLE


def create_college_tables(
    database: Database, tables: Iterable[type[CollegeTable]] = SAMPLE
) -> None:
    """Create the tables, without rows."""
    with database.cursor() as cursor:
        for table in tables:
            cursor.execute(statement(table))


def statement(table: type[CollegeTable]) -> str:
    """Return the statement that creates one table."""
    lines = ",\n    ".join([*_columns(table), *_keys(table), *_references(table)])
    return f"CREATE TABLE {table.table} (\n    {lines}\n) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4"


def _columns(table: type[CollegeTable]) -> Iterator[str]:
    for name, python_type, column in columns_of(table):
        null = "NULL" if NoneType in get_args(python_type) else "NOT NULL"
        yield f"{name} {column.sample_type} {null}"


def _keys(table: type[CollegeTable]) -> Iterator[str]:
    yield f"PRIMARY KEY ({', '.join(table.key)})"
    for index in table.indexes:
        yield f"KEY ({', '.join((*index.columns, *index.faster_with))})"


def _references(table: type[CollegeTable]) -> Iterator[str]:
    """Refer to the table whose whole key a column is: `student_id` to `students`."""
    for name, _, _ in columns_of(table):
        for other in SAMPLE:
            if other.key == (name,) and other is not table:
                yield f"FOREIGN KEY ({name}) REFERENCES {other.table} ({name})"


if __name__ == "__main__":
    print(*(f"{statement(table)};" for table in SAMPLE), sep="\n\n")  # noqa: T201 (its purpose)
