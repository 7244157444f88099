"""The tables that a generated day is written to: a college's own, or views that keep no key."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Protocol

from absence_texts.database import Credentials, Database, connect, execute, fetch_one
from db.source.contract import Column, Kind, NotRead, columns_of
from db.source.reported_absence import ReportedAbsence
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student
from local.college.rows import insert, insert_rows
from tests.integration.property.generated_day import GeneratedDay

_OURS = ("pastoral_logs", "absence_texts", "absence_decisions")
_CHILDREN_FIRST = ("guardian_students", "register_marks", "guardians", "lessons", "students")
ID_TYPES = ("BIGINT", "BIGINT UNSIGNED")
_STATUS = {
    # A collation that ignores case, one that compares bytes, and another character set.
    "students": "VARCHAR(10) COLLATE utf8mb4_general_ci",
    "guardians": "VARCHAR(10) COLLATE utf8mb4_bin",
    "guardian_students": "VARCHAR(10) CHARACTER SET latin1",
}
_TYPES = {Kind.YES_OR_NO: "INT", Kind.TEXT: "VARCHAR(100)", Kind.WALL_CLOCK: "DATETIME"}
_KEYS: dict[type[Record], str] = {
    Student: "KEY (student_id)",
    Lesson: "KEY (lesson_id), KEY (starts_at)",
    Mark: "KEY (lesson_id, mark), KEY (student_id, mark)",
    Guardian: "KEY (guardian_id)",
    Link: "KEY (student_id)",
    ReportedAbsence: "KEY (student_id)",
}


class Tables(Protocol):
    """Holds a generated day. `database` is what the product connects with."""

    @property
    def database(self) -> Database: ...
    @property
    def schema(self) -> str | None: ...

    def write(self, day: GeneratedDay) -> None:
        """Make the tables hold this day and nothing else, and empty our own."""
        ...

    def rewrite(self, day: GeneratedDay, record: Record) -> None:
        """Make the tables hold the day after a change of the record."""
        ...


@dataclass(frozen=True)
class CollegeTables:
    """The tables of `db/source`, which keep their keys, without reported absences."""

    database: Database
    schema: str | None = None

    def write(self, day: GeneratedDay) -> None:
        for table in (*_OURS, *_CHILDREN_FIRST):
            execute(self.database, f"DELETE FROM {table}", {})
        insert(self.database, (record for record in day.records() if not record.optional))

    def rewrite(self, _day: GeneratedDay, record: Record) -> None:
        columns = ", ".join(f"{name} = %({name})s" for name in asdict(record))
        key = " AND ".join(f"{name} = %({name})s" for name in record.key)
        execute(self.database, f"UPDATE {record.table} SET {columns} WHERE {key}", asdict(record))


@dataclass(frozen=True)
class Views:
    """Views over tables that take any value of a column's type, and any row twice."""

    database: Database
    schema: str
    writer: Database
    """Another connection, which may write what a strict one refuses."""

    def write(self, day: GeneratedDay) -> None:
        for table in _OURS:
            execute(self.database, f"DELETE FROM {table}", {})
        self._write(day)

    def rewrite(self, day: GeneratedDay, _record: Record) -> None:
        self._write(day)

    def _write(self, day: GeneratedDay) -> None:
        for table in (*_CHILDREN_FIRST, ReportedAbsence.table):
            execute(self.writer, f"DELETE FROM {self.schema}.{table}", {})
        for table, records in groupby(day.records(), key=lambda record: record.table):
            rows = [asdict(record) for record in records]
            insert_rows(self.writer, f"{self.schema}.{table}", rows)


@contextmanager
def view_schemas(credentials: Credentials) -> Iterator[Database]:
    """Create a schema of views for each type of id; yield a connection that may write to them."""
    with closing(connect(credentials)) as writer:
        execute(writer, "SET SESSION sql_mode = ''", {})
        for ids in ID_TYPES:
            for statement in _statements(_schema(writer, ids), ids):
                execute(writer, statement, {})
        yield writer
        for ids in ID_TYPES:
            execute(writer, f"DROP SCHEMA {_schema(writer, ids)}", {})


def views(database: Database, writer: Database, ids: str) -> Views:
    return Views(database, _schema(writer, ids), writer)


def _schema(database: Database, ids: str) -> str:
    row = fetch_one(database, "SELECT DATABASE() AS own", {})
    return f"{(row or {})['own']}_{ids.replace(' ', '_').lower()}"


def _statements(schema: str, ids: str) -> Iterator[str]:
    yield f"DROP SCHEMA IF EXISTS {schema}"
    yield f"CREATE SCHEMA {schema} DEFAULT CHARACTER SET utf8mb4"
    for record, keys in _KEYS.items():
        columns = ", ".join(
            f"{name} {_type(record, name, column, ids)} NULL"
            for name, _, column in columns_of(record)
        )
        base = f"{schema}.base_{record.table}"
        yield f"CREATE TABLE {base} ({columns}, {keys}) ENGINE = InnoDB"
        yield f"CREATE VIEW {schema}.{record.table} AS SELECT * FROM {base}"


def _type(record: type[Record], name: str, column: Column | NotRead, ids: str) -> str:
    if name == "status":
        return _STATUS[record.table]
    if isinstance(column, NotRead):
        return column.sample_type
    return ids if column.kind is Kind.WHOLE_NUMBER else _TYPES[column.kind]
