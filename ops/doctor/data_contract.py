"""The tables, columns, types and indexes that a college must have; `doctor` checks them.

docs/data-contract.md says what each column holds, and a test compares that page with this list.
"""

from dataclasses import dataclass
from enum import Enum


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
class Index:
    columns: tuple[str, ...]
    unique: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    columns: dict[str, Kind]
    indexes: tuple[Index, ...]
    optional: frozenset[str] = frozenset()


def _key(*columns: str) -> Index:
    return Index(columns, unique=True)


def _index(*columns: str) -> Index:
    return Index(columns)


CONTRACT = {
    "students": Table(
        columns={
            "student_id": Kind.WHOLE_NUMBER,
            "reference": Kind.TEXT,
            "first_name": Kind.TEXT,
            "status": Kind.TEXT,
        },
        indexes=(_key("student_id"), _index("reference")),
    ),
    "lessons": Table(
        columns={
            "lesson_id": Kind.WHOLE_NUMBER,
            "starts_at": Kind.WALL_CLOCK,
            "ends_at": Kind.WALL_CLOCK,
        },
        indexes=(_key("lesson_id"), _index("starts_at")),
    ),
    "register_marks": Table(
        columns={
            "lesson_id": Kind.WHOLE_NUMBER,
            "student_id": Kind.WHOLE_NUMBER,
            "mark": Kind.TEXT,
            "marked_at": Kind.WALL_CLOCK,
        },
        indexes=(
            _key("lesson_id", "student_id"),
            _index("lesson_id", "mark"),
            _index("student_id", "mark"),
        ),
    ),
    "guardians": Table(
        columns={
            "guardian_id": Kind.WHOLE_NUMBER,
            "mobile": Kind.TEXT,
            "status": Kind.TEXT,
        },
        indexes=(_key("guardian_id"),),
    ),
    "guardian_students": Table(
        columns={
            "guardian_id": Kind.WHOLE_NUMBER,
            "student_id": Kind.WHOLE_NUMBER,
            "status": Kind.TEXT,
            "hide_attendance": Kind.YES_OR_NO,
        },
        indexes=(_key("guardian_id", "student_id"), _index("student_id")),
        optional=frozenset({"hide_attendance"}),
    ),
    "portal_sessions": Table(
        columns={
            "token_sha256": Kind.TEXT,
            "guardian_id": Kind.WHOLE_NUMBER,
            "expires_at": Kind.WALL_CLOCK,
            "revoked_at": Kind.WALL_CLOCK,
        },
        indexes=(_key("token_sha256"),),
    ),
}
