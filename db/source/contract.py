"""The words in which `tables.py` says what a college's table must have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import ClassVar, get_args


class Kind(Enum):
    """What a column may hold, and the column types that hold it."""

    WHOLE_NUMBER = (
        "whole number",
        frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"}),
    )
    TEXT = ("text", frozenset({"char", "varchar", "enum", "tinytext", "text"}))
    # Not TIMESTAMP: the server converts it to the time zone of each connection.
    WALL_CLOCK = ("wall-clock time", frozenset({"datetime"}))
    YES_OR_NO = ("yes or no", frozenset({"tinyint", "smallint", "int", "bigint", "bit"}))

    def __init__(self, words: str, types: frozenset[str]) -> None:
        self.words = words
        self.types = types


@dataclass(frozen=True)
class Column:
    """A column that the service reads."""

    kind: Kind
    sample_type: str
    """The column's type in the sample college."""
    meaning: str
    optional: bool = False
    """If so, a college may leave the column out."""


@dataclass(frozen=True)
class NotRead:
    """A column that the sample college has, and that the service never reads."""

    sample_type: str


@dataclass(frozen=True)
class Index:
    columns: tuple[str, ...]
    unique: bool = False
    why: str = field(default="", compare=False)
    faster_with: tuple[str, ...] = field(default=(), compare=False)
    """The other columns that every run asks for: with these in the index no row is read."""


@dataclass
class CollegeTable:
    """One of the college's tables: each field of a subclass is a column."""

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    """The columns that name one row."""
    indexes: ClassVar[tuple[Index, ...]] = ()
    """What the service needs apart from a unique key."""
    optional: ClassVar[bool] = False
    """If so, a college may leave the table out."""


def whole_number(meaning: str = "") -> Column:
    return Column(Kind.WHOLE_NUMBER, "INT UNSIGNED", meaning)


def text(sample_type: str, meaning: str) -> Column:
    return Column(Kind.TEXT, sample_type, meaning)


def optional_text(sample_type: str, meaning: str) -> Column:
    return Column(Kind.TEXT, sample_type, meaning, optional=True)


def wall_clock(meaning: str = "") -> Column:
    return Column(Kind.WALL_CLOCK, "DATETIME", meaning)


def optional_yes_or_no(meaning: str) -> Column:
    return Column(Kind.YES_OR_NO, "TINYINT", meaning, optional=True)


def columns_of(table: type[CollegeTable]) -> Iterator[tuple[str, object, Column | NotRead]]:
    """Yield the name of each column, the Python type of its values, and what is said of it."""
    for each in fields(table):
        python_type, column = get_args(each.type)
        yield each.name, python_type, column


def columns_read(table: type[CollegeTable]) -> Mapping[str, Column]:
    """Return the columns that the service reads, by name."""
    return {name: column for name, _, column in columns_of(table) if isinstance(column, Column)}


def indexes_needed(table: type[CollegeTable]) -> tuple[Index, ...]:
    """Return the unique key, unless the service does not read it, and the other indexes."""
    keys = (Index(table.key, unique=True),) if set(table.key) <= set(columns_read(table)) else ()
    return (*keys, *table.indexes)
