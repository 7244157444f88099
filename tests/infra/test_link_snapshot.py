"""The link starts from a snapshot that Lambda made when the code was deployed."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pytest

from absence_redirect.destination import Session
from absence_redirect.link import Link
from absence_redirect.pages import Pages
from absence_redirect.settings import AbsenceRedirectSettings
from infra.functions import common_layer
from infra.functions.settings import function_environment
from infra.link.link_api import TAP
from infra.stages.values import LIVE
from tests.infra.conftest import Synthesize
from tests.support.synthesized import Synthesized, synthesize

_LINK = "absence_redirect"


def test_the_link_alone_starts_from_a_snapshot(synthesized: Synthesized) -> None:
    starts = {
        name: function["SnapStart"]
        for name, function in synthesized.all("AWS::Lambda::Function").items()
        if "SnapStart" in function
    }
    assert starts == {synthesized.function_id(_LINK): {"ApplyOn": "PublishedVersions"}}


def test_the_link_is_called_by_an_alias_of_its_last_version(synthesized: Synthesized) -> None:
    (version,) = synthesized.all("AWS::Lambda::Version")
    alias = synthesized.all("AWS::Lambda::Alias")[synthesized.alias_id(_LINK)]
    assert alias["FunctionVersion"] == {"Fn::GetAtt": [version, "Version"]}
    assert synthesized.all("AWS::Lambda::Version")[version]["FunctionName"] == {
        "Ref": synthesized.function_id(_LINK)
    }


def test_an_earlier_version_whose_snapshot_costs_money_goes(synthesized: Synthesized) -> None:
    (version,) = synthesized.template.find_resources("AWS::Lambda::Version").values()
    assert version.get("DeletionPolicy", "Delete") == "Delete"


def test_a_new_layer_makes_a_new_version(
    synthesize_case: Synthesize, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a new version the alias would still run the old layer."""
    monkeypatch.setattr(common_layer, "layer_hash", lambda _architecture: "of another layer")
    other = synthesize(LIVE, tmp_path)
    (before,) = synthesize_case("live").all("AWS::Lambda::Version")
    (after,) = other.all("AWS::Lambda::Version")
    assert after != before


def test_the_link_is_called_often_enough_to_keep_its_snapshot(synthesized: Synthesized) -> None:
    (target,) = synthesized.rule("rate(1 hour)")["Targets"]
    assert target["Arn"] == {"Ref": synthesized.alias_id(_LINK)}


def test_that_call_is_answered_and_asks_nothing_of_the_database() -> None:
    def find_session(_sha256s: Collection[str], _now: datetime, **_asked: bool) -> Session | None:
        pytest.fail("it has no session to look for")

    settings = AbsenceRedirectSettings.from_environment(function_environment(_LINK, LIVE))
    answer = Link(settings, Pages(settings), find_session).answer(TAP, "a request")
    assert answer["statusCode"] == 302
