"""What is not granted to a function's database user is refused."""

import pytest

from absence_texts.database import Database, fetch_all
from db.grants import COLLEGE, OURS, USERS, Grant
from tests.support.database_users import Connect, is_refused

_TRIED = {
    "SELECT": "SELECT * FROM {table} LIMIT 0",
    "INSERT": "INSERT INTO {table} ({column}) VALUES (1)",
    "UPDATE": "UPDATE {table} SET {column} = {column} WHERE FALSE",
    "DELETE": "DELETE FROM {table} WHERE FALSE",
}


@pytest.mark.parametrize("user", USERS)
def test_whatever_is_not_granted_is_refused(
    database: Database, connect_as: Connect, user: str
) -> None:
    grants = COLLEGE[user] + OURS[user]
    granted = {(grant.table, verb): grant.columns for grant in grants for verb in grant.verbs}
    own = connect_as(user)
    for row in fetch_all(database, "SHOW TABLES", {}):
        (table,) = row.values()
        columns = [each["Field"] for each in fetch_all(database, f"SHOW COLUMNS FROM {table}", {})]
        column = columns[0]
        for verb, statement in _TRIED.items():
            of_columns = granted.get((table, verb))
            # No columns are named: all of them are granted.
            if of_columns is None or 0 < len(of_columns) < len(columns):
                assert is_refused(own, statement.format(table=table, column=column)), (table, verb)


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT mobile FROM student_contacts",
        "UPDATE register_marks SET mark = '/'",
        "DELETE FROM pastoral_logs",
        "DROP TABLE absence_texts",
        "CREATE TABLE another (id INT)",
        "SET GLOBAL innodb_lock_wait_timeout = 1",
        "SELECT * FROM mysql.global_priv",
    ],
)
def test_no_user_may(connect_as: Connect, user: str, statement: str) -> None:
    assert is_refused(connect_as(user), statement)


def test_the_function_that_faces_the_internet_reads_no_mobile_number(connect_as: Connect) -> None:
    assert is_refused(connect_as("absence_redirect"), "SELECT mobile FROM guardians")


def test_no_user_may_change_a_row_of_the_colleges() -> None:
    changing = [grant for user in USERS for grant in COLLEGE[user] if grant.verbs != ("SELECT",)]
    assert changing == list[Grant]()
