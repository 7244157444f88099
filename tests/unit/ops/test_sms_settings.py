"""`sms-settings` compares the account's SMS settings with the stage's, and sets them again."""

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from infra.stages.sms_attributes import sms_attributes
from infra.stages.stage import Stage
from infra.stages.values import LIVE
from ops.command_line import make_parser
from ops.context import AccountContext
from ops.target import NoTargetError
from ops.terminal import make_console
from tests.unit.ops.conftest import DETECTION_VARIABLES, Account

ROLE = "arn:aws:iam::123456789012:role/log-writer"
STAGE = replace(LIVE, spend_limit_usd=500)
WANTED = sms_attributes(STAGE, log_role=ROLE)


def run(words: str, account: Account, stage: Stage = STAGE) -> tuple[int, str]:
    client: Any = account.session.client
    printed = StringIO()
    context = AccountContext(stage=stage, client=client, console=make_console(printed))
    arguments = make_parser().parse_args(words.split())
    return int(arguments.run_on_account(context, arguments)), printed.getvalue()


def settings(account: Account) -> Mapping[str, str]:
    return account.session.client("sns").get_sms_attributes()["attributes"]


@pytest.fixture
def deployed(account: Account) -> Account:
    account.deploy(STAGE, **DETECTION_VARIABLES)
    account.outputs["SmsLogRole"] = ROLE
    account.session.client("sns").set_sms_attributes(attributes=dict(WANTED))
    return account


def test_settings_as_the_stage_has_them_are_no_drift(deployed: Account) -> None:
    assert run("sms-settings", deployed)[0] == 0


@pytest.mark.parametrize("name", WANTED)
def test_each_setting_that_was_changed_by_hand_is_shown_and_set_again(
    deployed: Account, name: str
) -> None:
    deployed.session.client("sns").set_sms_attributes(attributes={name: "1"})
    code, shown = run("sms-settings", deployed)
    assert code == 1
    assert f"✗ {name}: is 1" in shown
    assert settings(deployed)[name] == "1", "nothing is changed without --set"
    assert run("sms-settings --set", deployed)[0] == 0
    assert WANTED.items() <= settings(deployed).items()


def test_a_setting_that_the_stage_leaves_alone_is_no_drift(deployed: Account) -> None:
    deployed.session.client("sns").set_sms_attributes(attributes={"UsageReportS3Bucket": "b"})
    assert run("sms-settings", deployed)[0] == 0


def test_a_stage_that_does_not_set_them_or_not_yet_is_refused(account: Account) -> None:
    with pytest.raises(NoTargetError, match="make deploy STAGE=live"):
        run("sms-settings", account)
    with pytest.raises(NoTargetError, match="sets_sms_account"):
        run("sms-settings", account, replace(STAGE, sets_sms_account=False))
