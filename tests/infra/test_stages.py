from dataclasses import replace
from pathlib import Path

import pytest
from aws_cdk.assertions import Annotations, Match

from infra.stages.values import LIVE, LOCAL, PILOT, stages_from_context
from tests.infra.conftest import Synthesize
from tests.support.synthesized import Synthesized, synthesize


def test_the_local_stage_takes_a_shifted_clock_and_the_stand_in_portal() -> None:
    options = {
        "stage": "local",
        "clock_offset_seconds": "-3600",
        "portal_address": "http://127.0.0.1:9",
    }
    (stage,) = stages_from_context(options.get)
    assert stage == replace(LOCAL, clock_offset_seconds=-3600, portal_address="http://127.0.0.1:9")


def test_without_a_name_the_app_holds_each_stage_for_aws() -> None:
    assert stages_from_context(lambda _name: None) == (PILOT, LIVE)


@pytest.mark.parametrize("account", [None, "123456789012"])
def test_a_stage_is_deployed_to_its_own_region_and_account(
    account: str | None, tmp_path: Path
) -> None:
    stack = synthesize(replace(LIVE, account=account), tmp_path).stack
    assert stack.environment == f"aws://{account or 'unknown-account'}/eu-west-2"


def test_only_the_live_stack_is_protected_from_deletion(synthesized: Synthesized) -> None:
    is_live = synthesized.stage.name == "live"
    assert synthesized.stack.termination_protection is is_live


def test_ops_are_warned_of_an_attendance_line_that_nobody_answers(synthesized: Synthesized) -> None:
    line = Match.string_like_regexp("attendance_line")
    warnings = Annotations.from_stack(synthesized.stack).find_warning("*", line)
    assert bool(warnings) is (synthesized.stage.name != "local")


def _warned(synthesized: Synthesized, of: str) -> bool:
    told = Match.string_like_regexp(of)
    return bool(Annotations.from_stack(synthesized.stack).find_warning("*", told))


def test_ops_are_warned_of_a_server_that_is_not_verified(
    synthesized: Synthesized, tmp_path: Path
) -> None:
    assert not _warned(synthesized, "database_ca")
    assert _warned(synthesize(replace(LIVE, database_ca=None), tmp_path), "database_ca")


def test_ops_are_warned_of_money_that_runs_out_unseen(
    synthesized: Synthesized, with_everything: Synthesized
) -> None:
    assert _warned(synthesized, "spend_limit_usd") is (synthesized.stage.name != "local")
    assert not _warned(with_everything, "spend_limit_usd")


def test_ops_are_warned_if_staff_get_no_mail_and_if_mails_need_a_way_out(
    without_mails: Synthesized, synthesize_case: Synthesize, in_a_network: Synthesized
) -> None:
    assert _warned(without_mails, "Set mail_to")
    assert not _warned(synthesize_case("live"), "mail_to|SES")
    assert _warned(in_a_network, "SES")


def test_ops_are_warned_of_alarms_that_nobody_hears(
    synthesize_case: Synthesize, in_a_network: Synthesized
) -> None:
    assert _warned(synthesize_case("live"), "alarm_emails")
    assert not _warned(in_a_network, "alarm_emails")
