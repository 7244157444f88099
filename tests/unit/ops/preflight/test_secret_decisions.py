"""What `preflight` makes of the database's secrets."""

from dataclasses import replace

import pytest

from infra.stages.stage import TrialDatabase
from infra.stages.values import PILOT
from ops.preflight.answer import Sign
from ops.preflight.database_secrets import decide_name_of_a_trial, decide_secret, secret_names
from tests.unit.ops.conftest import SECRET

RIGHT, WRONG, NOT_KNOWN = Sign.RIGHT, Sign.WRONG, Sign.NOT_KNOWN


@pytest.mark.parametrize(
    ("value", "error", "sign"),
    [
        (SECRET, None, RIGHT),
        ("hunter2", None, WRONG),
        (SECRET.replace("dbname", "database"), None, WRONG),
        (None, "ResourceNotFoundException", WRONG),
        (None, "InvalidRequestException", WRONG),
    ],
)
def test_a_secret_holds_a_login_and_is_never_quoted(
    value: str | None, error: str | None, sign: Sign
) -> None:
    answer = decide_secret("a-secret", value, error)
    assert answer.sign is sign
    assert "hunter2" not in answer.says + answer.mend


@pytest.mark.parametrize(
    ("error", "sign"),
    [
        ("ResourceNotFoundException", RIGHT),
        ("InvalidRequestException", WRONG),
        (None, WRONG),
    ],
)
def test_the_name_of_a_trials_secret_is_free(error: str | None, sign: Sign) -> None:
    assert decide_name_of_a_trial("a-secret", error=error).sign is sign


def test_a_trials_owner_runs_the_migrations() -> None:
    names = secret_names(replace(PILOT, trial_database=TrialDatabase()))
    assert "absence-texts/pilot/migrate_database" not in names
    assert "absence-texts/pilot/database" in names
