"""A database that can't be used is one sentence and exit code 2."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from absence_texts.database import Credentials
from ops.__main__ import main
from ops.service import Service
from ops.target import OpsSettings
from tests.integration.ops.conftest import no_service
from tests.support.runs import COMMON


@dataclass(frozen=True)
class Unusable:
    """A target whose credentials are wrong."""

    credentials: Credentials
    settings: OpsSettings

    @property
    def service(self) -> Service:
        return no_service()


@pytest.mark.parametrize(
    ("changed", "servers_words"),
    [
        ({"port": 1}, "Can't connect to MySQL server on '127.0.0.1'"),
        ({"password": "wrong"}, "Access denied for user"),
        ({"dbname": "nowhere"}, "'nowhere'"),
    ],
)
def test_the_servers_words_are_shown(
    credentials: Credentials,
    changed: dict[str, Any],
    servers_words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = Unusable(replace(credentials, **changed), OpsSettings.model_validate(COMMON))
    monkeypatch.setattr("ops.__main__.choose_target", lambda _arguments: target)
    assert main(["preview"]) == 2
    assert servers_words in " ".join(capsys.readouterr().out.split())
