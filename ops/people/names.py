"""Names of students and guardians, which only the commands' own output may show.

The columns of the names, but for the students' first names, are optional in the data contract.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from absence_texts.source import Source

_OPTIONAL = {
    "last_name": ("students.last_name", "s.last_name"),
    "guardian_name": ("guardians.name", "g.name"),
    "lives_with": ("guardian_students.lives_with", "gs.lives_with + 0"),
}
"""By the name that a query gives the value: the column, and SQL over the criteria's aliases."""
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode's categories of what is no visible character, such as ESC or a change of direction."""


def names_sql(source: Source) -> dict[str, str]:
    """Return the SQL of each value that the functions below read. A missing column is NULL."""
    asked = {
        name: sql if column in source.columns else "NULL"
        for name, (column, sql) in _OPTIONAL.items()
    }
    return {"first_name": "s.first_name", **asked}


def student_name(record: Mapping[str, Any]) -> str:
    return printable(f"{record['first_name'] or ''} {record['last_name'] or ''}")


def guardian_name(record: Mapping[str, Any]) -> str:
    return printable(record["guardian_name"])


def lives_with(record: Mapping[str, Any]) -> bool | None:
    """Return None if the college does not say."""
    value = record["lives_with"]
    return None if value is None else bool(value)


def printable(typed: object) -> str:
    """Return what people typed on one line, without characters that steer a terminal."""
    words = " ".join(str(typed or "").split())
    if words.isprintable():
        return words
    return "".join(each for each in words if unicodedata.category(each) not in _STEERING).strip()
