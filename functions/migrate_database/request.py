"""What a deployment asks of the migrations, and whether there is anything to do for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from db.migrate import Migration


@dataclass(frozen=True, kw_only=True)
class RequestedMigrations:
    """A database, by its secret's name, and the migrations that the release's code needs."""

    database: str
    migrations: frozenset[str]
    """Their identities."""

    @classmethod
    def of(cls, database: str, migrations: Iterable[Migration]) -> Self:
        return cls(database=database, migrations=frozenset(each.identity for each in migrations))

    @classmethod
    def in_properties(cls, properties: Mapping[str, Any]) -> Self:
        return cls(database=properties["Database"], migrations=frozenset(properties["Migrations"]))

    @property
    def properties(self) -> dict[str, Any]:
        """Return the custom resource's properties: a change of them makes it migrate."""
        return {"Database": self.database, "Migrations": sorted(self.migrations)}


def goes_back(event: Mapping[str, Any]) -> bool:
    """Say whether a deployment goes back to what the database already had.

    CloudFormation asks for that when it undoes an update that failed, and ops when they deploy
    the previous release. Nothing is undone, and nothing may fail: not even for want of a database.
    """
    if "OldResourceProperties" not in event:
        return False
    wanted = RequestedMigrations.in_properties(event["ResourceProperties"])
    before = RequestedMigrations.in_properties(event["OldResourceProperties"])
    return wanted.database == before.database and wanted.migrations < before.migrations
