import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Annotations, Match

from infra.app import build_stack
from infra.monitoring.watched_database import WatchedDatabase
from infra.repository import ROOT
from infra.stages.checks import check_credentials
from infra.stages.stage import LinkDomain, Stage, StageRefusedError, TrialDatabase
from infra.stages.values import LIVE, LOCAL, PILOT, stages_from_context
from tests.infra.conftest import NETWORK, Synthesize
from tests.support.synthesized import Synthesized, synthesize

_ON_TRIAL = replace(LIVE, trial_database=TrialDatabase())
_SENSELESS = {
    "live with a shifted clock": (replace(LIVE, clock_offset_seconds=60), "clock_offset_seconds"),
    "pilot with a shifted clock": (replace(PILOT, clock_offset_seconds=60), "clock_offset_seconds"),
    "unknown time zone": (replace(LIVE, college_time_zone="Europe/Preston"), "Europe/Preston"),
    "http portal": (replace(LIVE, portal_address="http://portal.example"), "https"),
    "http link": (replace(LIVE, settings={"message_link": "http://tinyurl.com/a"}), "https"),
    "texts to no real phone": (
        replace(LIVE, accept_fictional_mobiles=True),
        "accept_fictional_mobiles",
    ),
    "sender's name too long": (replace(LIVE, sender_id="Runshaw College"), "sender_id"),
    "a secret of no function": (
        replace(LOCAL, function_secret_names={"send_smss": "absence-texts/local/send_sms"}),
        "send_smss",
    ),
    "a missing authority": (replace(LIVE, database_ca="certificates/none.pem"), "none.pem"),
    "an authority that is none": (replace(LIVE, database_ca="README.md"), "README.md"),
    "a certificate of nobody's": (
        replace(LIVE, link_domain=LinkDomain(name="a.example", certificate_arn="a.pem")),
        "a.pem",
    ),
    "a certificate of another region": (
        replace(
            LIVE,
            link_domain=LinkDomain(
                name="a.example", certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/0"
            ),
        ),
        "in eu-west-2",
    ),
    "no region": (replace(LIVE, region="London"), "London"),
    "no account": (replace(LIVE, account="12345"), "12345"),
    "an authority of another region": (replace(LIVE, region="eu-west-1"), "another region"),
    "a zone of another region": (
        replace(LIVE, network=replace(NETWORK, availability_zones=("eu-west-2a", "eu-west-1b"))),
        "outside eu-west-2",
    ),
    "a sender that outlives its claim": (
        replace(LIVE, sender_timeout_seconds=300),
        "sender_timeout_seconds",
    ),
    "a trial's database in the college's VPC": (
        replace(_ON_TRIAL, network=NETWORK),
        "network must be left out",
    ),
    "a trial's database that is not verified": (
        replace(_ON_TRIAL, database_ca=None),
        "needs a database_ca",
    ),
    "a trial's database watched twice": (
        replace(
            _ON_TRIAL,
            watched_database=WatchedDatabase(instance_identifier="portal", connections=200),
        ),
        "watched_database must be left out",
    ),
    "no text a second": (replace(LIVE, texts_per_second=0), "texts_per_second"),
    "a job that is never tried": (replace(LIVE, tries=0), "tries"),
    "a job that is tried for longer than it is kept": (replace(LIVE, tries=145), "tries"),
    "a job that is queued again while it is hidden": (
        replace(LIVE, sender_timeout_seconds=150),
        "queues its text again",
    ),
    "a sender that has no time for its batch": (
        replace(LIVE, sender_timeout_seconds=30, texts_per_second=1),
        "at least 32",
    ),
    "runs that the clock's hour does not fit": (
        replace(LIVE, minutes_between_runs=7),
        "minutes_between_runs",
    ),
    "no run": (replace(LIVE, minutes_between_runs=0), "minutes_between_runs"),
    "a wait that outlasts the sending window": (
        replace(LIVE, settings={"minutes_after_lesson": "1200"}),
        "minutes_after_lesson",
    ),
    "a subnet without a zone": (
        replace(LIVE, network=replace(NETWORK, availability_zones=("eu-west-2a",))),
        "availability zone for each",
    ),
    "a misspelt setting": (replace(LOCAL, settings={"absent_marc": "O"}), "absent_marc"),
}


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(outdir=str(tmp_path))


@pytest.mark.parametrize(("stage", "told"), _SENSELESS.values(), ids=_SENSELESS.keys())
def test_a_senseless_stage_is_refused_in_one_sentence(app: App, stage: Stage, told: str) -> None:
    with pytest.raises(StageRefusedError, match=told) as refusal:
        build_stack(app, stage)
    assert re.fullmatch(rf"Stage {stage.name} is refused: [^\n]+[^.]\.", str(refusal.value))


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({"stage": "life"}, "one of local, pilot, live"),
        ({"stage": "live", "clock_offset_seconds": "60"}, "clock_offset_seconds is for the local"),
        ({"stage": "pilot", "portal_address": "http://127.0.0.1"}, "portal_address is for the loc"),
        ({"stage": "local", "clock_offset_seconds": "an hour"}, "must be a whole number"),
    ],
)
def test_senseless_context_is_refused_in_one_sentence(
    context: Mapping[str, Any], told: str
) -> None:
    with pytest.raises(StageRefusedError, match=told) as refusal:
        stages_from_context(context.get)
    assert re.fullmatch(r"[^\n]+[^.]\.", str(refusal.value))


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


def test_the_credentials_of_another_account_are_refused() -> None:
    pinned = replace(LIVE, account="123456789012")
    check_credentials(pinned, None)
    check_credentials(pinned, "123456789012")
    check_credentials(LIVE, "210987654321")
    with pytest.raises(StageRefusedError, match=r"123456789012.+210987654321"):
        check_credentials(pinned, "210987654321")


def test_the_command_line_shows_the_refusal_alone() -> None:
    python_path = os.pathsep.join(
        str(ROOT / path) for path in ("functions", "layers/common/python")
    )
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": python_path, "CDK_CONTEXT_JSON": '{"stage": "life"}'},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == "There is no stage 'life': name one of local, pilot, live.\n"


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


def test_ops_are_warned_of_alarms_that_nobody_hears(
    synthesize_case: Synthesize, in_the_college: Synthesized
) -> None:
    assert _warned(synthesize_case("live"), "alarm_emails")
    assert not _warned(in_the_college, "alarm_emails")
