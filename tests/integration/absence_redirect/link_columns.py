"""One guardian's rows in tables of other types than ours."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.link import TOKEN, sha256

SCHEMA = "absence_texts_any_columns"
ASCII = "CHAR(64) CHARACTER SET ascii COLLATE ascii_bin"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """One guardian's rows: the type of each column in question, and the SQL of its value."""

    token_type: str = ASCII
    token: str = f"'{sha256(TOKEN)}'"
    time_type: str = "DATETIME"
    expires: str = "'2026-11-23 23:00'"
    revoked: str = "NULL"
    status_type: str = "VARCHAR(10)"
    status: str = "'active'"
    reference_type: str = "VARCHAR(20)"
    reference: str = "'STE1'"
    name_type: str = "VARCHAR(100)"
    name: str = "'Amira'"

    def statements(self) -> Iterator[str]:
        yield from _table(
            "portal_sessions",
            f"token_sha256 {self.token_type} UNIQUE, guardian_id INT,"
            f" expires_at {self.time_type}, revoked_at {self.time_type}",
            f"{self.token}, 7, {self.expires}, {self.revoked}",
        )
        status = f"status {self.status_type}"
        yield from _table("guardians", f"guardian_id INT, {status}", f"7, {self.status}")
        yield from _table(
            "guardian_students",
            f"guardian_id INT, student_id INT, {status}",
            f"7, 21, {self.status}",
        )
        yield from _table(
            "students",
            f"student_id INT, {status}, reference {self.reference_type},"
            f" first_name {self.name_type}",
            f"21, 'C16', {self.reference}, {self.name}",
        )


def _table(name: str, columns: str, values: str) -> Iterator[str]:
    yield f"CREATE TABLE {SCHEMA}.{name} ({columns})"
    yield f"INSERT INTO {SCHEMA}.{name} VALUES ({values})"
