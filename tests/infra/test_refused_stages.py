"""Synth refuses a stage that makes no sense, in one sentence that names the wrong value."""

import json
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

from infra.app import build_stack
from infra.repository import ROOT
from infra.stage_checks import check_credentials
from infra.stages.stage import LinkDomain, Stage, StageRefusedError, TrialDatabase
from infra.stages.values import LIVE, LOCAL, PILOT, stages_from_context
from infra.stages.watched_database import WatchedDatabase
from tests.infra.conftest import NETWORK

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
        "us-east-1.+eu-west-2",
    ),
    "no region": (replace(LIVE, region="London"), "London"),
    "no account": (replace(LIVE, account="12345"), "12345"),
    "an authority of another region": (replace(LIVE, region="eu-west-1"), "database_ca.+eu-west-2"),
    "a zone of another region": (
        replace(LIVE, network=replace(NETWORK, availability_zones=("eu-west-2a", "eu-west-1b"))),
        "availability zone.+eu-west-2",
    ),
    "a sender that outlives its claim": (
        replace(LIVE, sender_timeout_seconds=300),
        "sender_timeout_seconds",
    ),
    "a trial's database in the college's VPC": (
        replace(_ON_TRIAL, network=NETWORK),
        "trial_database.+network",
    ),
    "a trial's database that is not verified": (
        replace(_ON_TRIAL, database_ca=None),
        "trial_database.+database_ca",
    ),
    "a trial's database watched twice": (
        replace(
            _ON_TRIAL,
            watched_database=WatchedDatabase(instance_identifier="portal", connections=200),
        ),
        "trial_database.+watched_database",
    ),
    "mails from nowhere": (replace(LIVE, mail_to=("a@college.example",)), "mail_to.+mail_from"),
    "mails to nowhere": (
        replace(LIVE, mail_to=("attendance",), mail_from="a@college.example"),
        "mail_to.+attendance",
    ),
    "mails from two addresses": (
        replace(LIVE, mail_to=("a@college.example",), mail_from="a@b.example, c@d.example"),
        "mail_from",
    ),
    "mails at no time": (
        replace(LIVE, mail_to=("a@b.example",), mail_from="a@b.example", mail_times=("noon",)),
        "mail_times",
    ),
    "no text a second": (replace(LIVE, texts_per_second=0), "texts_per_second"),
    "a job that is never tried": (replace(LIVE, tries=0), "tries"),
    "a job that is tried for longer than it is kept": (replace(LIVE, tries=145), "tries"),
    "a job that is queued again while it is hidden": (
        replace(LIVE, sender_timeout_seconds=150),
        "sender_timeout_seconds",
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
        "network.+availability zone",
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
        ({"stage": "life"}, "life.+local, pilot, live"),
        ({"stage": "live", "clock_offset_seconds": "60"}, "clock_offset_seconds"),
        ({"stage": "pilot", "portal_address": "http://127.0.0.1"}, "portal_address"),
        ({"stage": "local", "clock_offset_seconds": "an hour"}, "clock_offset_seconds.+an hour"),
    ],
)
def test_senseless_context_is_refused_in_one_sentence(
    context: Mapping[str, Any], told: str
) -> None:
    with pytest.raises(StageRefusedError, match=told) as refusal:
        stages_from_context(context.get)
    assert re.fullmatch(r"[^\n]+[^.]\.", str(refusal.value))


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
    assert re.fullmatch(r"[^\n]*'life'[^\n]*\.\n", done.stderr)


def test_in_a_checkout_that_is_not_set_up_one_sentence_says_what_to_run(tmp_path: Path) -> None:
    app = json.loads((ROOT / "cdk.json").read_text())["app"]
    done = subprocess.run(  # noqa: S603 (our own words)
        ["/bin/sh", "-c", app], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert re.fullmatch(r"[^\n]*make setup[^\n]*\n", done.stderr)
