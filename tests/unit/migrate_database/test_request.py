"""Which requests of a deployment apply migrations, and which are a rollback."""

from dataclasses import replace
from typing import Any

import pytest

from db.migrate import Migration
from migrate_database.request import MigrationRequest, is_rollback

_FIRST, _SECOND = Migration(1, "0001_first", "SELECT 1"), Migration(2, "0002_second", "SELECT 2")
EARLIER = MigrationRequest.for_release("a-secret", [_FIRST])
LATER = MigrationRequest.for_release("a-secret", [_FIRST, _SECOND])


def an_update(*, of: MigrationRequest, to: MigrationRequest) -> dict[str, Any]:
    return {"ResourceProperties": to.properties, "OldResourceProperties": of.properties}


def test_the_properties_say_what_is_wanted() -> None:
    assert MigrationRequest.from_properties(LATER.properties) == LATER


def test_the_same_migrations_in_whatever_order_are_the_same_properties() -> None:
    assert (
        MigrationRequest.for_release("a-secret", [_SECOND, _FIRST]).properties == LATER.properties
    )


def test_a_changed_file_changes_the_properties() -> None:
    changed = MigrationRequest.for_release("a-secret", [replace(_FIRST, statement="SELECT 3")])
    assert changed.properties != EARLIER.properties


def test_an_update_that_is_undone_is_a_rollback() -> None:
    assert is_rollback(an_update(of=LATER, to=EARLIER))


@pytest.mark.parametrize(
    "event",
    [
        {"ResourceProperties": LATER.properties},
        an_update(of=EARLIER, to=LATER),
        an_update(of=LATER, to=LATER),
        an_update(of=LATER, to=replace(EARLIER, database="another-secret")),
        an_update(
            of=LATER,
            to=MigrationRequest.for_release("a-secret", [replace(_FIRST, statement="SELECT 3")]),
        ),
    ],
    ids=["first deployment", "new", "once more", "another database", "a changed file"],
)
def test_anything_else_is_no_rollback(event: dict[str, Any]) -> None:
    assert not is_rollback(event)
