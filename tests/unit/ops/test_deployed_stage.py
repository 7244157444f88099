"""A stage on AWS, which `--stage` names, before its first deployment and after."""

import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID

from infra.repository import ROOT
from infra.stages.values import PILOT
from ops.__main__ import choose_target
from ops.command_line import make_parser
from ops.deployed_stage import DeployedStage
from ops.target import NoTargetError, Target
from tests.unit.ops.conftest import CREDENTIALS, DETECTION_VARIABLES, SECRET, Account

OWNERS = PILOT.database_secret_name
STAGE = replace(PILOT, settings={"absent_mark": "A"})


def typed(words: str, account: Account) -> Target:
    return choose_target(make_parser().parse_args(words.split()), lambda **_: account.session)


def test_a_deployed_stage_names_its_settings_its_secret_and_its_services(
    account: Account,
) -> None:
    account.deploy(STAGE, **DETECTION_VARIABLES)
    account.keep_secret("the-secret")
    target = DeployedStage.find(STAGE, account.session, as_owner=False)
    assert (target.credentials, target.settings.absent_mark) == (CREDENTIALS, "N")
    assert target.service.queue_address == DETECTION_VARIABLES["QUEUE_URL"]
    assert target.service.sending_parameter == "the-switch"


def test_before_the_first_deployment_the_settings_are_the_stages(account: Account) -> None:
    account.keep_secret(OWNERS)
    target = DeployedStage.find(STAGE, account.session, as_owner=True)
    assert (target.credentials, target.settings.absent_mark) == (CREDENTIALS, "A")
    with pytest.raises(NoTargetError, match="make deploy STAGE=pilot"):
        _ = target.service


@pytest.mark.parametrize("words", ["--stage pilot pause", "pause --stage pilot"])
def test_the_switch_of_a_stage_is_found_without_its_secret(account: Account, words: str) -> None:
    account.deploy(PILOT, **DETECTION_VARIABLES)
    assert typed(words, account).service.sending_parameter == "the-switch"


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("status", "the-secret"),
        ("explain --student STE1", "the-secret"),
        ("explain --student STE1 --export", OWNERS),
        ("doctor", OWNERS),
        ("migrate", OWNERS),
        ("grants", OWNERS),
        ("--secret mine doctor", "mine"),
    ],
)
def test_each_command_has_the_secret_that_it_needs(
    account: Account, words: str, secret: str
) -> None:
    account.deploy(PILOT, **DETECTION_VARIABLES)
    account.keep_secret(secret)
    assert typed(f"--stage pilot {words}", account).credentials == CREDENTIALS


def test_a_variable_of_this_process_overrides_the_functions(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.deploy(STAGE, **DETECTION_VARIABLES)
    monkeypatch.setenv("ABSENT_MARK", "X")
    assert DeployedStage.find(STAGE, account.session, as_owner=False).settings.absent_mark == "X"


def test_the_stages_own_authority_is_this_checkouts_file(account: Account) -> None:
    account.deploy(STAGE, **DETECTION_VARIABLES, DATABASE_TLS_CA="/opt/database-ca.pem")
    settings = DeployedStage.find(STAGE, account.session, as_owner=False).settings
    assert settings.database_tls_ca == str(ROOT / "certificates" / "rds-eu-west-2.pem")


def test_an_authority_that_is_not_on_this_machine_is_asked_for(
    account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    account.deploy(STAGE, **DETECTION_VARIABLES, DATABASE_TLS_CA="/elsewhere/ca.pem")
    target = DeployedStage.find(STAGE, account.session, as_owner=False)
    with pytest.raises(NoTargetError, match="DATABASE_TLS_CA"):
        _ = target.settings
    here = tmp_path / "ca.pem"
    here.touch()
    monkeypatch.setenv("DATABASE_TLS_CA", str(here))
    assert target.settings.database_tls_ca == str(here)


@pytest.mark.parametrize("secret", ["hunter2", SECRET.replace("dbname", "database")])
def test_a_secret_of_no_database_is_named_and_never_quoted(account: Account, secret: str) -> None:
    account.keep_secret("api-key", secret)
    target = DeployedStage.find(STAGE, account.session, as_owner=True, secret_name="api-key")  # noqa: S106 (a name)
    with pytest.raises(NoTargetError, match="api-key") as raised:
        _ = target.credentials
    assert "hunter2" not in str(raised.value)
    assert asdict(CREDENTIALS)["password"] not in str(raised.value).split()


def test_the_credentials_of_another_account_are_refused(account: Account) -> None:
    account.deploy(STAGE, **DETECTION_VARIABLES)
    DeployedStage.find(replace(STAGE, account=DEFAULT_ACCOUNT_ID), account.session, as_owner=False)
    with pytest.raises(NoTargetError, match=f"210987654321.*{DEFAULT_ACCOUNT_ID}"):
        DeployedStage.find(replace(STAGE, account="210987654321"), account.session, as_owner=False)


def test_the_region_is_the_stages_whatever_the_shells_is(account: Account) -> None:
    asked = []

    def open_session(*, region_name: str) -> boto3.Session:
        asked.append(region_name)
        return account.session

    choose_target(make_parser().parse_args(["--stage", "pilot", "status"]), open_session)
    assert asked == [PILOT.region]


def test_the_tool_starts_without_the_cdk() -> None:
    """The CDK would start node, which takes a second."""
    script = "import sys, ops.__main__; sys.exit('aws_cdk' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)  # noqa: S603 (our words)
