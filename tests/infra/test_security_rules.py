from pathlib import Path

import pytest
from aws_cdk import App
from cdk_nag import AwsSolutionsChecks, NagPack, ServerlessChecks

from infra.accepted_findings import (
    ACCEPTED,
    ACCEPTED_IN_A_NETWORK,
    ACCEPTED_WITH_A_TRIAL_DATABASE,
)
from infra.stack import AbsenceTextsStack
from tests.support.synthesized import Synthesized

_PACKS = (AwsSolutionsChecks, ServerlessChecks)


def _findings(pack: type[NagPack], stack: AbsenceTextsStack) -> set[str]:
    report = pack(verbose=True).validate_scope(stack)
    return {found.rule_name for found in report.violations}


@pytest.mark.parametrize("pack", _PACKS)
def test_cdk_nag_finds_nothing_that_was_not_accepted_with_a_reason(
    synthesized: Synthesized, pack: type[NagPack]
) -> None:
    assert _findings(pack, synthesized.stack) == set()


@pytest.mark.parametrize("pack", _PACKS)
def test_cdk_nag_finds_nothing_in_a_trials_own_database(
    on_trial: Synthesized, pack: type[NagPack]
) -> None:
    assert _findings(pack, on_trial.stack) == set()


def test_every_accepted_finding_is_still_found(on_trial: Synthesized, tmp_path: Path) -> None:
    bare = AbsenceTextsStack(App(outdir=str(tmp_path)), stage=on_trial.stage)
    found = {rule for pack in _PACKS for rule in _findings(pack, bare)}
    accepted = ACCEPTED + ACCEPTED_IN_A_NETWORK + ACCEPTED_WITH_A_TRIAL_DATABASE
    assert found == {rule for finding in accepted for rule in finding.rules}
