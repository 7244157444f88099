from pathlib import Path

import pytest
from aws_cdk import App
from cdk_nag import AwsSolutionsChecks, NagPack, ServerlessChecks

from infra.accepted_findings import ACCEPTED, ACCEPTED_IN_A_NETWORK
from infra.stack import AbsenceTextsStack
from tests.infra.synthesized import Synthesized

_PACKS = (AwsSolutionsChecks, ServerlessChecks)


def _findings(pack: type[NagPack], stack: AbsenceTextsStack) -> set[str]:
    report = pack(verbose=True).validate_scope(stack)
    return {found.rule_name for found in report.violations}


@pytest.mark.parametrize("pack", _PACKS)
def test_cdk_nag_finds_nothing_that_was_not_accepted_with_a_reason(
    synthesized: Synthesized, pack: type[NagPack]
) -> None:
    assert _findings(pack, synthesized.stack) == set()


def test_every_accepted_finding_is_still_found(in_the_college: Synthesized, tmp_path: Path) -> None:
    bare = AbsenceTextsStack(App(outdir=str(tmp_path)), stage=in_the_college.stage)
    found = {rule for pack in _PACKS for rule in _findings(pack, bare)}
    accepted = {rule for finding in ACCEPTED + ACCEPTED_IN_A_NETWORK for rule in finding.rules}
    assert found == accepted
