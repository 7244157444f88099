"""Which requests of a deployment apply migrations, and which only go back."""

from dataclasses import replace
from typing import Any

import pytest

from db.migrate import Migration
from migrate_database.request import RequestedMigrations, goes_back

_FIRST, _SECOND = Migration(1, "0001_first", "SELECT 1"), Migration(2, "0002_second", "SELECT 2")
EARLIER = RequestedMigrations.of("a-secret", [_FIRST])
LATER = RequestedMigrations.of("a-secret", [_FIRST, _SECOND])


def an_update(*, of: RequestedMigrations, to: RequestedMigrations) -> dict[str, Any]:
    return {"ResourceProperties": to.properties, "OldResourceProperties": of.properties}


def test_the_properties_say_what_is_wanted() -> None:
    assert RequestedMigrations.in_properties(LATER.properties) == LATER


def test_the_same_migrations_in_whatever_order_are_the_same_properties() -> None:
    assert RequestedMigrations.of("a-secret", [_SECOND, _FIRST]).properties == LATER.properties


def test_a_changed_file_changes_the_properties() -> None:
    changed = RequestedMigrations.of("a-secret", [replace(_FIRST, statement="SELECT 3")])
    assert changed.properties != EARLIER.properties


def test_an_update_that_is_undone_goes_back() -> None:
    assert goes_back(an_update(of=LATER, to=EARLIER))


@pytest.mark.parametrize(
    "event",
    [
        {"ResourceProperties": LATER.properties},
        an_update(of=EARLIER, to=LATER),
        an_update(of=LATER, to=LATER),
        an_update(of=LATER, to=replace(EARLIER, database="another-secret")),
        an_update(
            of=LATER, to=RequestedMigrations.of("a-secret", [replace(_FIRST, statement="SELECT 3")])
        ),
    ],
    ids=["first deployment", "new", "once more", "another database", "a changed file"],
)
def test_anything_else_is_looked_into(event: dict[str, Any]) -> None:
    assert not goes_back(event)
