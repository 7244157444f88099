"""Each function works under a database user of its own, which may do that and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

import pymysql
import pytest

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.ledger import State
from db.grants import COLLEGE, OURS, USERS, Grant
from local.database_users import create_users, new_logins
from tests.college import College, wall_clock
from tests.integration.ops.conftest import CommandLine
from tests.link import TOKEN, sha256
from tests.portal_sessions import log_in
from tests.receipts import a_receipt, record
from tests.runs import Phones, deliver, detect

type Connect = Callable[[str], Database]

_HOST = "127.0.0.1"
_DENIED = {
    1044,  # a schema
    1142,  # a verb on a table
    1143,  # a column
    1227,  # what no table's grant can allow
}
_TRIED = {
    "SELECT": "SELECT * FROM {table} LIMIT 0",
    "INSERT": "INSERT INTO {table} ({column}) VALUES (1)",
    "UPDATE": "UPDATE {table} SET {column} = {column} WHERE FALSE",
    "DELETE": "DELETE FROM {table} WHERE FALSE",
}


@pytest.fixture
def users(database: Database, credentials: Credentials) -> Iterator[Mapping[str, Credentials]]:
    """Make every user, with what the table grants; yield how each logs in."""
    logins = new_logins(credentials)
    create_users(database, logins.values())
    yield logins
    for user in USERS:
        execute(database, f"DROP USER '{user}'@'{_HOST}'", {})


@pytest.fixture
def connect_as(users: Mapping[str, Credentials]) -> Iterator[Connect]:
    opened = []

    def open_for(user: str) -> Database:
        opened.append(connect(users[user]))
        return opened[-1]

    yield open_for
    for database in opened:
        with closing(database):
            pass


def a_day_with_everything(college: College) -> None:
    """Add what makes detection take each of its steps."""
    college.absence()
    student, guardian = college.student_with_guardian()
    first, second = college.lesson("09:00", "10:00"), college.lesson()
    college.mark(student, first, mark="/", marked_at="09:10")
    college.mark(student, second)
    college.claim(student, guardian, first, State.CANCELLED)
    execute(
        college.database,
        "INSERT INTO absence_decisions VALUES"
        " (%(lesson)s, %(student)s, %(guardian)s, %(day)s, 'has_mobile', '2026-11-23 11:00')",
        {"lesson": second, "student": student, "guardian": guardian, "day": college.day},
    )
    mobile_less = college.guardian(mobile="")
    college.link(mobile_less, student)
    yesterday = college.guardian()
    college.claim(student, yesterday, first, State.PENDING)
    college.change("absence_texts", f"guardian_id = {yesterday}", absence_date="2026-11-22")


def the_work_of_detection(college: College, database: Database) -> None:
    a_day_with_everything(college)
    counts = detect(College(database))
    assert {name for name, count in counts.items() if count} == {
        "claimed",
        "claimed_again",
        "due",
        "decided",
        "overtaken",
        "expired",
        "queued",
    }


def the_work_of_the_sender(college: College, database: Database) -> None:
    college.absence()
    detect(college)
    assert deliver(College(database), Phones(), text_id=college.the_text_id()) == State.SENT
    assert len(college.pastoral_logs()) == 1


def the_work_of_the_link(college: College, database: Database) -> None:
    _, guardian = college.student_with_guardian()
    log_in(college, guardian)
    session = find_session(
        database, sessions_sql(None, with_names=True), sha256(TOKEN), wall_clock("12:00")
    )
    assert session
    assert len(session.students) == 1


def the_work_of_the_receipts(college: College, database: Database) -> None:
    """Settle a text in doubt by its number."""
    _, guardian, _ = college.absence()
    college.change("guardians", f"guardian_id = {guardian}", mobile="07700 900123")
    detect(college)
    deliver(college, Phones.in_doubt())
    record(College(database), a_receipt(mobile="+447700900123"))
    assert college.the_text()["state"] == State.DELIVERED
    assert len(college.pastoral_logs()) == 1


_WORK = {
    "detect_absences": the_work_of_detection,
    "send_sms": the_work_of_the_sender,
    "absence_redirect": the_work_of_the_link,
    "record_delivery": the_work_of_the_receipts,
}
_NEEDED = [
    (user, grant.table, verb, grant.columns)
    for user in _WORK
    for grant in COLLEGE[user] + OURS[user]
    for verb in grant.verbs
]


def _refused(database: Database, statement: str) -> bool:
    try:
        execute(database, statement, {})
    except pymysql.MySQLError as error:
        return error.args[0] in _DENIED
    return False


@pytest.mark.parametrize("user", _WORK)
def test_each_function_does_its_work_as_its_own_user(
    college: College, connect_as: Connect, user: str
) -> None:
    _WORK[user](college, connect_as(user))


@pytest.mark.parametrize(("user", "table", "verb", "columns"), _NEEDED)
def test_nothing_is_granted_that_the_work_does_not_need(
    college: College,
    connect_as: Connect,
    user: str,
    table: str,
    verb: str,
    columns: tuple[str, ...],
) -> None:
    of = f"({', '.join(columns)})" if columns else ""
    execute(college.database, f"REVOKE {verb} {of} ON {table} FROM '{user}'@'{_HOST}'", {})
    with pytest.raises(pymysql.MySQLError) as refusal:
        _WORK[user](college, connect_as(user))
    assert refusal.value.args[0] in _DENIED


@pytest.mark.parametrize("user", USERS)
def test_whatever_is_not_granted_is_refused(
    database: Database, connect_as: Connect, user: str
) -> None:
    granted = {
        (grant.table, verb)
        for grant in COLLEGE[user] + OURS[user]
        for verb in grant.verbs
        if not grant.columns
    }
    own = connect_as(user)
    for row in fetch_all(database, "SHOW TABLES", {}):
        (table,) = row.values()
        column = fetch_all(database, f"SHOW COLUMNS FROM {table}", {})[0]["Field"]
        for verb, statement in _TRIED.items():
            if (table, verb) not in granted:
                assert _refused(own, statement.format(table=table, column=column)), (table, verb)


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT mobile FROM student_contacts",
        "UPDATE register_marks SET mark = '/'",
        "DELETE FROM absence_texts",
        "DROP TABLE absence_texts",
        "CREATE TABLE another (id INT)",
        "SET GLOBAL innodb_lock_wait_timeout = 1",
        "SELECT * FROM mysql.global_priv",
    ],
)
def test_no_user_may(connect_as: Connect, user: str, statement: str) -> None:
    assert _refused(connect_as(user), statement)


def test_the_function_that_faces_the_internet_reads_no_mobile_number(connect_as: Connect) -> None:
    assert _refused(connect_as("absence_redirect"), "SELECT mobile FROM guardians")


def test_no_user_may_change_a_row_of_the_colleges() -> None:
    changing = [grant for user in USERS for grant in COLLEGE[user] if grant.verbs != ("SELECT",)]
    assert changing == list[Grant]()


def test_the_command_prints_grants_that_the_server_takes(
    database: Database, users: Mapping[str, Credentials]
) -> None:
    printed = CommandLine(database)(f"grants --host {_HOST}")
    lines = printed.splitlines()
    assert {user for user in users if any(f"TO '{user}'@'{_HOST}';" in line for line in lines)} == {
        *users
    }
    for line in lines:
        execute(database, line, {})


def test_two_stages_on_one_server_have_users_of_their_own(database: Database) -> None:
    printed = CommandLine(database)("grants --prefix pilot_")
    assert {line.split("'")[1] for line in printed.splitlines()} == {
        f"pilot_{user}" for user in USERS
    }


def test_where_people_alone_change_tables_the_command_grants_no_change(database: Database) -> None:
    printed = CommandLine(database)("grants --no-ddl")
    lines = [line for line in printed.splitlines() if "migrate_database" in line]
    assert not [line for line in lines if "ALTER" in line]
    assert "`schema_migrations`" in lines[0]
