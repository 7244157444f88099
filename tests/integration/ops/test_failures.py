"""A database that can't be used is told in one sentence."""

from dataclasses import replace
from typing import Any

import pytest

from absence_texts.database import Credentials
from ops.__main__ import main
from ops.target import OpsSettings, Target
from tests.support.runs import COMMON


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"port": 1}, "Can't connect to MySQL server on '127.0.0.1'"),
        ({"password": "wrong"}, "Access denied for user"),
        ({"dbname": "nowhere"}, "'nowhere'"),
    ],
)
def test_a_database_that_lets_nobody_in_is_told(
    credentials: Credentials,
    changed: dict[str, Any],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = Target(replace(credentials, **changed), OpsSettings.model_validate(COMMON))
    monkeypatch.setattr("ops.__main__.local_target", lambda: place)
    assert main(["preview"]) == 2
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.startswith("The database could not be used: ")
    assert says in printed
