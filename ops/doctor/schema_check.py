"""Compares a live schema with the data contract: tables, columns, types, indexes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from absence_texts.database import Database, fetch_all
from db.source.contract import CollegeTable, Index, columns_read, indexes_needed
from db.source.tables import CONTRACT
from ops.doctor.finding import NOT_SEEN, OWNERS_SECRET, Finding, Severity


@dataclass(frozen=True)
class LiveSchema:
    """A schema as information_schema describes it, by table name."""

    kinds: dict[str, str]
    types: dict[str, dict[str, str]]
    indexes: dict[str, list[Index]]


def check_schema(database: Database, schema: str) -> Iterator[Finding]:
    live = read_schema(database, schema)
    for table in CONTRACT:
        name = table.table
        if name not in live.kinds and table.optional:
            continue
        if name not in live.kinds:
            what_to_do = f"create the table or a view, or {OWNERS_SECRET}"
            yield Finding(name, f"{NOT_SEEN} in schema {schema}: {what_to_do}.")
            continue
        yield from _check_columns(table, live.types[name])
        yield from _check_indexes(table, live)


def read_schema(database: Database, schema: str) -> LiveSchema:
    return LiveSchema(
        kinds=_read_kinds(database, schema),
        types=_read_types(database, schema),
        indexes=_read_indexes(database, schema),
    )


def _check_columns(table: type[CollegeTable], types: dict[str, str]) -> Iterator[Finding]:
    for name, column in columns_read(table).items():
        subject = f"{table.table}.{name}"
        if name not in types:
            if not column.optional:
                yield Finding(subject, f"{NOT_SEEN}: a column that holds a {column.kind.words}.")
        elif types[name] not in column.kind.types:
            allowed = ", ".join(sorted(column.kind.types)).upper()
            yield Finding(subject, f"is {types[name].upper()}: use one of {allowed}.")


def _check_indexes(table: type[CollegeTable], live: LiveSchema) -> Iterator[Finding]:
    name = table.table
    if live.kinds[name] == "VIEW":
        yield Finding(name, "is a view: check its base tables' indexes by hand.", Severity.NOTE)
        return
    for needed in indexes_needed(table):
        if not any(_serves(index, needed) for index in live.indexes[name]):
            kind = "a unique key" if needed.unique else "an index"
            yield Finding(name, f"needs {kind} that begins with ({', '.join(needed.columns)}).")


def _serves(index: Index, needed: Index) -> bool:
    if needed.unique:
        # A key's columns may come in any order, because the other indexes serve the queries.
        return index.unique and set(index.columns) == set(needed.columns)
    return index.columns[: len(needed.columns)] == needed.columns


def _read_kinds(database: Database, schema: str) -> dict[str, str]:
    rows = fetch_all(
        database,
        "SELECT table_name AS name, table_type AS kind FROM information_schema.tables"
        " WHERE table_schema = %(schema)s",
        {"schema": schema},
    )
    return {row["name"]: row["kind"] for row in rows}


def _read_types(database: Database, schema: str) -> dict[str, dict[str, str]]:
    rows = fetch_all(
        database,
        "SELECT table_name AS name, column_name AS col, data_type AS type"
        " FROM information_schema.columns WHERE table_schema = %(schema)s",
        {"schema": schema},
    )
    types: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        types[row["name"]][row["col"]] = row["type"]
    return types


def _read_indexes(database: Database, schema: str) -> dict[str, list[Index]]:
    rows = fetch_all(
        database,
        "SELECT table_name AS name, index_name AS idx, column_name AS col, non_unique AS dup"
        " FROM information_schema.statistics WHERE table_schema = %(schema)s"
        " ORDER BY table_name, index_name, seq_in_index",
        {"schema": schema},
    )
    columns: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for row in rows:
        columns[row["name"], row["idx"], not row["dup"]].append(row["col"])
    indexes: dict[str, list[Index]] = defaultdict(list)
    for (table, _, unique), names in columns.items():
        indexes[table].append(Index(tuple(names), unique=unique))
    return indexes
