"""CloudFormation's calls to the function, for a release that is a directory of migrations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger

from absence_texts.custom_resource import Outcome
from absence_texts.database import Database, fetch_all
from db.migrate import read_migrations
from migrate_database.deployment import migrate_for
from migrate_database.request import MigrationRequest

SECRET = "absence-texts/test/migrate_database"  # noqa: S105 (its name)
REFUSED = "CREATE TABEL refused (id INT)"


def add(release: Path, statement: str) -> str:
    """Add a migration; return its name."""
    name = f"{len(read_migrations(release)) + 1:04}_new"
    (release / f"{name}.sql").write_text(statement)
    return name


def remove(release: Path, migration: str) -> None:
    (release / f"{migration}.sql").unlink()


def wanted(release: Path) -> Mapping[str, Any]:
    return MigrationRequest.for_release(SECRET, read_migrations(release)).properties


def create(release: Path, *, logger: str = "test") -> Outcome:
    event = {"RequestType": "Create", "ResourceProperties": wanted(release)}
    return migrate_for(event, Logger(logger), release)


def update(release: Path, *, before: Mapping[str, Any], code: Path | None = None) -> Outcome:
    event = {
        "RequestType": "Update",
        "ResourceProperties": wanted(release),
        "OldResourceProperties": before,
    }
    return migrate_for(event, Logger("test"), code or release)


def delete(release: Path) -> Outcome:
    event = {"RequestType": "Delete", "ResourceProperties": wanted(release)}
    return migrate_for(event, Logger("test"), release)


def applied(database: Database) -> list[str]:
    rows = fetch_all(database, "SELECT name FROM schema_migrations ORDER BY number", {})
    return [row["name"] for row in rows]
