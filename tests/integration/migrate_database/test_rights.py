"""The migrations' own user makes and changes our tables, and no other."""

from collections.abc import Mapping
from contextlib import closing

import pymysql
import pytest

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from db.grants import COLLEGE, MIGRATOR, OURS, USERS_OF_ROWS, statements
from db.migrate import MigrationError, check_applied, migrate
from local.loopback import HOST
from tests.integration.migrate_database.conftest import SCHEMA
from tests.support.database_users import is_refused


def test_it_makes_all_our_tables_and_finds_nothing_more_to_do(migrators: Database) -> None:
    assert migrate(migrators)
    assert migrate(migrators) == []


def test_it_may_change_every_table_that_a_function_uses(migrators: Database) -> None:
    migrate(migrators)
    for table in {grant.table for user in USERS_OF_ROWS for grant in OURS[user]}:
        execute(migrators, f"ALTER TABLE {table} ADD COLUMN tried INT NULL, ADD INDEX (tried)", {})
        execute(migrators, f"UPDATE {table} SET tried = 1", {})


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE students ADD COLUMN tried INT NULL",
        "SELECT * FROM students",
        "CREATE TABLE another (id INT)",
        "DROP TABLE absence_texts",
        "DELETE FROM absence_texts",
        "CREATE USER another",
        "GRANT SELECT ON students TO send_sms",
    ],
)
def test_it_may_not(migrators: Database, statement: str) -> None:
    migrate(migrators)
    assert is_refused(migrators, statement)


def test_grants_given_before_our_tables_are_made_hold_once_they_are(
    migrators: Database, logins: Mapping[str, Credentials]
) -> None:
    migrate(migrators)
    for user in USERS_OF_ROWS:
        with closing(connect(logins[user])) as own:
            for grant in OURS[user] + COLLEGE[user]:
                if "SELECT" in grant.verbs:
                    execute(own, f"SELECT {', '.join(grant.columns) or '*'} FROM {grant.table}", {})


@pytest.mark.parametrize("user", USERS_OF_ROWS)
def test_no_function_may_make_the_tables_it_is_granted(
    logins: Mapping[str, Credentials], user: str
) -> None:
    with closing(connect(logins[user])) as own:
        for grant in OURS[user]:
            with pytest.raises(pymysql.MySQLError, match="CREATE command denied"):
                execute(own, f"CREATE TABLE {grant.table} (id INT)", {})


def test_a_right_that_a_new_migration_lacks_is_told_with_what_gives_it(
    owners: Database, migrators: Database
) -> None:
    execute(owners, f"REVOKE CREATE ON pastoral_logs FROM '{MIGRATOR}'@'{HOST}'", {})
    with pytest.raises(MigrationError, match=r"0002_pastoral_logs failed: CREATE .*ops grants"):
        migrate(migrators)
    grant = next(sql for sql in _grants() if "pastoral_logs" in sql)
    execute(owners, grant, {})
    assert migrate(migrators)[0] == "0002_pastoral_logs"


def test_where_people_alone_change_tables_it_may_look_and_no_more(
    owners: Database, logins: Mapping[str, Credentials]
) -> None:
    migrate(owners)
    execute(owners, f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{MIGRATOR}'@'{HOST}'", {})
    for grant in _grants(migrator_checks_only=True):
        execute(owners, grant, {})
    with closing(connect(logins[MIGRATOR])) as own:
        check_applied(own)
        assert fetch_all(own, "SHOW TABLES", {}) == ({f"Tables_in_{SCHEMA}": "schema_migrations"},)
        with pytest.raises(pymysql.MySQLError, match="denied"):
            migrate(own)


def _grants(*, migrator_checks_only: bool = False) -> list[str]:
    made = statements(
        MIGRATOR,
        account=f"'{MIGRATOR}'@'{HOST}'",
        ours=SCHEMA,
        source=SCHEMA,
        migrator_checks_only=migrator_checks_only,
    )
    return list(made)
