"""Whatever rows the views hold, no guardian sees another family's student, or an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absence_redirect.link import Link
from absence_redirect.pages import Pages
from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Database, execute
from tests.support.link import LOGIN_AND_BACK, SELECT, TOKEN, link_settings, request, sha256

SCHEMA = "absence_texts_any_rows"
TABLES = {
    "portal_sessions": "token_sha256 VARCHAR(80), guardian_id BIGINT, expires_at DATETIME,"
    " revoked_at DATETIME",
    "guardians": "guardian_id BIGINT, status VARCHAR(20)",
    "guardian_students": "guardian_id BIGINT, student_id BIGINT, status VARCHAR(20)",
    "students": "student_id BIGINT, status VARCHAR(20), reference TEXT, first_name TEXT",
}
type Value = str | int | None
type Rows = list[tuple[Value, ...]]

ZERO, FUTURE, PAST = "0000-00-00 00:00:00", "2999-01-01 00:00:00", "1970-01-01 00:00:00"


def mostly(usual: Value, *odd: Value) -> st.SearchStrategy[Value]:
    """Return the usual value so often that a whole day of rows has an odd one or two."""
    return st.integers(0, 7).flatmap(lambda n: st.just(usual) if n else st.sampled_from(odd))


IDS = mostly(1, 2, None, -1, 2**63 - 1)
STATUSES = mostly("active", "suspended", "", None, "C16")
TOKENS = mostly(sha256(TOKEN), sha256(TOKEN).upper(), sha256("old"), "", None)
TEXTS = mostly("STE1", "STE2", " STE1 ", "ste1", "", "  ", None, "X" * 70000, "<script>",
               "\u202eé\r\nSet-Cookie: a=b")  # fmt: skip


@dataclass(frozen=True)
class Views:
    """Rows for each table, by the table's name."""

    rows: dict[str, Rows]
    cookies: list[str]

    def of(self, table: str, **held: Value) -> Rows:
        names = [column.split()[0] for column in TABLES[table].split(", ")]
        return [
            row
            for row in self.rows[table]
            if all(row[names.index(name)] == value for name, value in held.items())
        ]


def rows(*columns: st.SearchStrategy[Value]) -> st.SearchStrategy[Rows]:
    return st.lists(st.tuples(*columns), min_size=1, max_size=3)


VIEWS = st.builds(
    Views,
    st.fixed_dictionaries(
        {
            "portal_sessions": rows(
                TOKENS,
                IDS,
                mostly(FUTURE, PAST, ZERO, None),
                mostly(None, ZERO, PAST, FUTURE),
            ),
            "guardians": rows(IDS, STATUSES),
            "guardian_students": rows(IDS, IDS, STATUSES),
            "students": rows(IDS, mostly("C16", "L16", None), TEXTS, TEXTS),
        }
    ),
    st.lists(st.sampled_from([TOKEN, f'"{TOKEN}"', "old", "unknown"]), min_size=1, max_size=3),
)


@pytest.fixture
def schema(database: Database) -> Iterator[Database]:
    execute(database, "SET SESSION sql_mode = ''", {})
    execute(database, f"CREATE DATABASE {SCHEMA} CHARACTER SET utf8mb4", {})
    for table, columns in TABLES.items():
        execute(database, f"CREATE TABLE {SCHEMA}.{table} ({columns})", {})
    yield database
    execute(database, f"DROP DATABASE {SCHEMA}", {})
    execute(database, "SET SESSION sql_mode = DEFAULT", {})


def fill(database: Database, views: Views) -> None:
    for table, held in views.rows.items():
        execute(database, f"DELETE FROM {SCHEMA}.{table}", {})
        with database.cursor() as cursor:
            places = ", ".join(["%s"] * len(held[0]))
            cursor.executemany(f"INSERT INTO {SCHEMA}.{table} VALUES ({places})", held)


def leads_to(views: Views, reference: str) -> bool:
    """Say whether an active guardian of an active session is linked to this student alone."""
    return any(
        session[2] == FUTURE and session[3] in {None, ZERO}
        and {row[1] for row in views.of("guardians", guardian_id=session[1])} == {"active"}
        and {row[2] for row in views.of("guardian_students", guardian_id=session[1],
                                        student_id=student[0])} == {"active"}
        and {(row[1], _stripped(row[2])) for row in views.of("students", student_id=student[0])}
        == {("C16", reference)}
        for session in views.rows["portal_sessions"]
        for student in views.rows["students"]
    )  # fmt: skip


def _stripped(reference: Value) -> str:
    return str(reference or "").strip()


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(views=VIEWS)
def test_a_visit_shows_no_student_in_doubt_and_no_error(schema: Database, views: Views) -> None:
    fill(schema, views)
    portal = link_settings()
    link = Link(
        portal,
        Pages(portal),
        lambda sha256s, now, with_names: find_session(
            schema, sessions_sql(SCHEMA, full=with_names or len(sha256s) > 1), sha256s, now
        ),
    )
    cookies = [f"portal_session={cookie}" for cookie in views.cookies]
    for path in ("/a", "/recordabsencelink.aspx/select"):
        answer = link.answer(request(path, cookies=cookies), "a-request")
        assert answer["statusCode"] in {200, 302}
        location = answer["headers"].get("Location", SELECT)
        if location not in {SELECT, LOGIN_AND_BACK}:
            (reference,) = parse_qs(urlsplit(location).query)["student"]
            assert leads_to(views, reference)
        assert "<script>" not in answer["body"]
        assert len(location) < 8192
