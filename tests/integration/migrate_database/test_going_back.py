"""No table is removed if a deployment is undone, goes back a release, or the stack is removed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from absence_texts.custom_resource import SUCCESS
from absence_texts.database import Database, execute, fetch_all
from local.loopback import free_port
from tests.integration.migrate_database.deploying import (
    REFUSED,
    add,
    create,
    delete,
    remove,
    update,
    wanted,
)


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("code_goes_back_first", [True, False])
def test_undoing_a_failed_update_succeeds_whichever_code_is_asked(
    release: Path, tmp_path_factory: pytest.TempPathFactory, *, code_goes_back_first: bool
) -> None:
    create(release)
    before = wanted(release)
    broken = tmp_path_factory.mktemp("broken")
    for path in release.iterdir():
        (broken / path.name).write_text(path.read_text())
    (broken / "0001_absence_texts.sql").write_text("SELECT 'changed after it was applied'")
    assert update(broken, before=before)["Status"] == "FAILED"
    code = release if code_goes_back_first else broken
    assert update(release, before=wanted(broken), code=code) == SUCCESS


def test_going_back_needs_no_database(secret: Callable[..., None], release: Path) -> None:
    new = add(release, REFUSED)
    later = wanted(release)
    remove(release, new)
    secret(port=free_port())
    assert update(release, before=later) == SUCCESS


@pytest.mark.usefixtures("secret")
def test_a_release_older_than_the_database_is_not_deployed_afresh(release: Path) -> None:
    new = add(release, "ALTER TABLE pastoral_logs ADD COLUMN tried INT NULL")
    create(release)
    remove(release, new)
    assert f"{new} was applied here, but this release has no" in create(release)["Reason"]


@pytest.mark.usefixtures("secret")
def test_a_stack_that_is_removed_leaves_the_tables(owners: Database, release: Path) -> None:
    create(release)
    execute(
        owners, "INSERT INTO absence_decisions VALUES (1, 1, 1, NOW(), 'has_mobile', NOW())", {}
    )
    assert delete(release) == SUCCESS
    assert fetch_all(owners, "SELECT * FROM absence_decisions", {})
