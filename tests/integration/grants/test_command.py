"""The command that prints the grants for a college's database people to run."""

from collections.abc import Mapping

from absence_texts.database import Credentials, Database, execute
from db.grants import USERS
from local.loopback import HOST
from tests.integration.ops.conftest import CommandLine


def test_the_command_prints_grants_that_the_server_takes(
    database: Database, users: Mapping[str, Credentials]
) -> None:
    printed = CommandLine(database)(f"grants --host {HOST}")
    lines = printed.splitlines()
    assert {user for user in users if any(f"TO '{user}'@'{HOST}';" in line for line in lines)} == {
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
