"""The functions' database users and their secrets, made as ops make them on AWS."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from absence_texts.database import Credentials, Database, execute
from db.grants import USERS, statements
from local import ministack
from local.loopback import HOST


def new_logins(owner: Credentials) -> Mapping[str, Credentials]:
    """Return new credentials for each user, by the user's name."""
    return {
        user: replace(owner, username=user, password=secrets.token_urlsafe(24)) for user in USERS
    }


def create_users(database: Database, logins: Iterable[Credentials]) -> None:
    """Create users with the rights of `db.grants`; our own tables need not exist yet."""
    for login in logins:
        account, schema = f"'{login.username}'@'{HOST}'", login.dbname
        execute(
            database,
            f"CREATE USER {account} IDENTIFIED BY %(password)s",
            {"password": login.password},
        )
        for grant in statements(login.username, account=account, ours=schema, source=schema):
            execute(database, grant, {})


def keep_secrets(address: str, logins: Mapping[str, Credentials]) -> None:
    """Store each login in MiniStack's Secrets Manager, under its name."""
    client = ministack.session().client("secretsmanager", endpoint_url=address)
    for name, login in logins.items():
        client.create_secret(Name=name, SecretString=json.dumps(asdict(login)))
