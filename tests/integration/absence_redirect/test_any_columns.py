"""The college's tables may have other types, collations and placeholders than ours."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from absence_redirect.destination import LinkedStudent, Session
from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute
from tests.integration.absence_redirect.found_session import NOW
from tests.integration.absence_redirect.link_columns import ASCII, SCHEMA, Columns
from tests.support.link import TOKEN, sha256

AMIRA = LinkedStudent(reference="STE1", first_name="Amira")


@pytest.fixture
def schema(database: Database) -> Iterator[Database]:
    execute(database, f"CREATE DATABASE {SCHEMA} CHARACTER SET utf8mb4", {})
    yield database
    execute(database, "SET SESSION sql_mode = DEFAULT", {})
    execute(database, f"DROP DATABASE {SCHEMA}", {})


def found(database: Database, columns: Columns, *, sql_mode: str = "DEFAULT") -> Session | None:
    execute(database, "SET SESSION sql_mode = ''", {})
    for statement in columns.statements():
        execute(database, statement, {})
    execute(database, f"SET SESSION sql_mode = {sql_mode}", {})
    return find_session(database, sessions_sql(SCHEMA, full=True), [sha256(TOKEN)], NOW)


def seen(database: Database, columns: Columns) -> tuple[LinkedStudent, ...]:
    session = found(database, columns)
    assert session is not None
    return session.students


MODES = ("''", "'TRADITIONAL'", "'ANSI,NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_ALL_TABLES'")


@pytest.mark.parametrize("sql_mode", MODES)
@pytest.mark.parametrize("time_type", ["DATETIME", "DATETIME NOT NULL", "DATETIME(6)"])
def test_a_zero_date_of_revocation_is_none(schema: Database, time_type: str, sql_mode: str) -> None:
    columns = Columns(time_type=time_type, revoked="'0000-00-00 00:00:00'")
    assert found(schema, columns, sql_mode=sql_mode) is not None


@pytest.mark.parametrize("sql_mode", MODES)
@pytest.mark.parametrize(
    "columns",
    [
        Columns(expires="'0000-00-00 00:00:00'"),
        Columns(expires="NULL"),
        Columns(expires="'1970-01-01'"),
        Columns(revoked="'1970-01-01'"),
        Columns(revoked="'2026-00-00'"),
        Columns(revoked="'9999-12-31 23:59:59'"),
    ],
    ids=lambda columns: f"{columns.expires} {columns.revoked}",
)
def test_a_session_without_an_end_or_with_any_revocation_does_not_count(
    schema: Database, columns: Columns, sql_mode: str
) -> None:
    assert found(schema, columns, sql_mode=sql_mode) is None


@pytest.mark.parametrize("capitals", [False, True])
@pytest.mark.parametrize(
    "token_type",
    [
        ASCII,
        "CHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci",
        "CHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        "VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        "VARCHAR(80) CHARACTER SET latin1",
        "VARCHAR(80) CHARACTER SET utf16",
        "VARBINARY(80)",
        "BINARY(64)",
    ],
)
def test_a_token_is_found_under_every_collation_in_either_case(
    schema: Database, token_type: str, *, capitals: bool
) -> None:
    token = sha256(TOKEN).upper() if capitals else sha256(TOKEN)
    assert found(schema, Columns(token_type=token_type, token=f"'{token}'")) is not None


@pytest.mark.parametrize(
    "status_type",
    [
        "CHAR(10)",
        "VARCHAR(10) COLLATE utf8mb4_bin",
        "VARCHAR(10) CHARACTER SET latin1",
        "ENUM('active', 'suspended', 'C16')",
        "VARBINARY(10)",
    ],
)
def test_a_status_of_any_type_is_read(schema: Database, status_type: str) -> None:
    assert seen(schema, Columns(status_type=status_type)) == (AMIRA,)


@pytest.mark.parametrize("collation", ["utf8mb4_bin", "utf8mb4_unicode_ci"])
@pytest.mark.parametrize("status", ["Active", "ACTIVE", " active", "active  "])
def test_an_active_status_counts_in_any_case_and_with_blanks_around_it(
    schema: Database, status: str, collation: str
) -> None:
    columns = Columns(status_type=f"VARCHAR(20) COLLATE {collation}", status=f"'{status}'")
    assert seen(schema, columns) == (AMIRA,)


@pytest.mark.parametrize("collation", ["utf8mb4_bin", "utf8mb4_unicode_ci"])
@pytest.mark.parametrize("status", ["NULL", "''", "'activé'", "'inactive'", "'active\\0'"])
def test_any_other_status_does_not_count(schema: Database, status: str, collation: str) -> None:
    columns = Columns(status_type=f"VARCHAR(20) COLLATE {collation}", status=status)
    session = found(schema, columns)
    assert session == Session(guardian_id=7, guardian_is_active=False, students=())


@pytest.mark.parametrize(
    ("columns", "reference"),
    [
        (Columns(reference="' STE1 '"), "STE1"),
        (Columns(reference_type="CHAR(20)"), "STE1"),
        (Columns(reference_type="VARBINARY(20)"), "STE1"),
        (Columns(reference_type="TEXT"), "STE1"),
        (Columns(reference_type="BIGINT", reference="4049635"), "4049635"),
    ],
    ids=["blanks", "CHAR", "VARBINARY", "TEXT", "BIGINT"],
)
def test_a_reference_of_any_type_is_read(
    schema: Database, columns: Columns, reference: str
) -> None:
    assert seen(schema, columns) == (replace(AMIRA, reference=reference),)


@pytest.mark.parametrize("reference", ["NULL", "''", "'   '"])
def test_a_student_without_a_reference_is_not_seen(schema: Database, reference: str) -> None:
    assert seen(schema, Columns(reference=reference)) == ()


@pytest.mark.parametrize(
    ("name_type", "name", "shown"),
    [
        ("VARCHAR(100)", "NULL", ""),
        ("VARCHAR(100)", "'  '", ""),
        ("LONGTEXT", "REPEAT('é', 100000)", "é" * 100),
        ("BLOB", "0xff", "\ufffd"),
        ("INT", "7", "7"),
    ],
)
def test_a_name_of_any_type_and_length_is_shown(
    schema: Database, name_type: str, name: str, shown: str
) -> None:
    assert seen(schema, Columns(name_type=name_type, name=name)) == (
        replace(AMIRA, first_name=shown),
    )
