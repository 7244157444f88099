"""Reads from a deployment's event which migrations it asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from db.migrate import Migration


@dataclass(frozen=True, kw_only=True)
class MigrationRequest:
    """The database and the migrations that a release needs."""

    database: str
    """The name of its secret."""
    migrations: frozenset[str]
    """The identities of the migrations."""

    @classmethod
    def for_release(cls, database: str, migrations: Iterable[Migration]) -> Self:
        return cls(database=database, migrations=frozenset(each.identity for each in migrations))

    @classmethod
    def from_properties(cls, properties: Mapping[str, Any]) -> Self:
        return cls(database=properties["Database"], migrations=frozenset(properties["Migrations"]))

    @property
    def properties(self) -> dict[str, Any]:
        """Return the custom resource's properties, whose change makes CloudFormation migrate."""
        return {"Database": self.database, "Migrations": sorted(self.migrations)}


def is_rollback(event: Mapping[str, Any]) -> bool:
    """Say whether a deployment goes back to migrations that the database already has.

    CloudFormation goes back when an update failed, and ops go back when they deploy the previous
    release. A rollback undoes no migration, and must succeed even if the database is away.
    """
    if "OldResourceProperties" not in event:
        return False
    wanted = MigrationRequest.from_properties(event["ResourceProperties"])
    before = MigrationRequest.from_properties(event["OldResourceProperties"])
    return wanted.database == before.database and wanted.migrations < before.migrations
