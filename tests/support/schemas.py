"""Schemas that a test makes and removes."""

from collections.abc import Iterator
from contextlib import contextmanager

from absence_texts.database import Database, execute


@contextmanager
def scratch_schema(database: Database, name: str) -> Iterator[str]:
    """Make an empty schema; a test that was killed may have left it behind.

    The server's user may make schemas whose names begin with `absence_texts`.
    """
    execute(database, f"DROP SCHEMA IF EXISTS `{name}`", {})
    execute(database, f"CREATE SCHEMA `{name}` CHARACTER SET utf8mb4", {})
    try:
        yield name
    finally:
        execute(database, f"DROP SCHEMA `{name}`", {})
