import json
import re
from dataclasses import replace
from typing import Any

import pytest

from absence_redirect.lookup import DATABASE_SECONDS
from absence_redirect.settings import AbsenceRedirectSettings
from absence_texts.ledger import ABANDONED_AFTER
from absence_texts.settings import Settings
from db.grants import USERS
from detect_absences.settings import DetectAbsencesSettings
from infra.functions.settings import function_environment
from infra.monitoring.metrics import NAMESPACE_VARIABLE
from infra.repository import ROOT, function_packages
from infra.stages.values import LIVE
from mail_day.settings import MailDaySettings
from migrate_database.settings import MigrateDatabaseSettings
from ops.preflight.deployment import BOOTSTRAP_VERSION
from record_delivery.settings import RecordDeliverySettings
from send_sms.back_off import HIDING_TAKES_SECONDS
from send_sms.settings import SendSmsSettings
from send_sms.sms import LONGEST_DELIVERY_SECONDS
from send_sms.sns import make_sns_client
from tests.infra.conftest import WITH_MAILS
from tests.support.synthesized import Properties, Synthesized

_MEASURED = ROOT / "benchmarks" / "function_results.md"
_STAGE = replace(LIVE, **WITH_MAILS)
_OF_THE_STACK = {
    "queue_url": "https://queue",
    "sending_parameter": "sending",
    "delivery_logs": "logs",
}


@pytest.mark.parametrize("package", USERS)
def test_each_function_runs_python_3_13_on_the_stages_architecture_with_every_layer(
    synthesized: Synthesized, package: str
) -> None:
    function = synthesized.function(package)
    layers = synthesized.all("AWS::Lambda::LayerVersion")
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == [synthesized.stage.architecture]
    assert sorted(layer["Ref"] for layer in function["Layers"]) == sorted(layers)


@pytest.mark.parametrize("package", USERS)
def test_each_function_writes_json_to_a_log_group_of_its_own(
    synthesized: Synthesized, package: str
) -> None:
    logging = synthesized.function(package)["LoggingConfig"]
    others = [synthesized.function(other)["LoggingConfig"] for other in USERS if other != package]
    assert logging["LogFormat"] == "JSON"
    assert logging["LogGroup"]["Ref"] in synthesized.all("AWS::Logs::LogGroup")
    assert logging not in others


def test_every_log_group_forgets_after_the_stages_time(synthesized: Synthesized) -> None:
    days = 7 if synthesized.stage.name == "local" else 90
    for name, group in synthesized.all("AWS::Logs::LogGroup").items():
        # SNS's own groups hold phone numbers: see test_delivery_logs.py.
        if "LogGroupName" not in group:
            assert group["RetentionInDays"] == days, name


def test_each_function_has_at_least_twice_the_memory_that_it_was_measured_to_take(
    synthesized: Synthesized,
) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html."""
    measured = dict(re.findall(r"(?m)^\| (\w+) \| (\d+) \|", _MEASURED.read_text()))
    assert set(measured) == set(function_packages()), "run python -m benchmarks.functions"
    for function in synthesized.all("AWS::Lambda::Function").values():
        package = function["Handler"].partition(".")[0]
        assert function["MemorySize"] >= 2 * int(measured[package]), package


def test_the_link_has_answered_before_the_api_gives_up(synthesized: Synthesized) -> None:
    """https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html."""
    assert DATABASE_SECONDS < synthesized.function("absence_redirect")["Timeout"] < 30


def test_one_run_of_detection_at_a_time(synthesized: Synthesized) -> None:
    assert synthesized.function("detect_absences")["ReservedConcurrentExecutions"] == 1


def test_the_stage_says_how_much_concurrency_it_reserves(synthesized: Synthesized) -> None:
    functions = synthesized.all("AWS::Lambda::Function").values()
    reserved = sum(each.get("ReservedConcurrentExecutions", 0) for each in functions)
    assert synthesized.stage.reserved_concurrency == reserved


def test_the_bootstrap_that_preflight_asks_for_is_the_one_that_a_deployment_needs(
    synthesized: Synthesized,
) -> None:
    manifest = json.loads((synthesized.assembly / "manifest.json").read_text())
    stack = manifest["artifacts"][synthesized.stage.stack_name]["properties"]
    assert stack["requiresBootstrapStackVersion"] == BOOTSTRAP_VERSION


def test_a_failed_run_of_detection_is_kept_and_not_tried_again(synthesized: Synthesized) -> None:
    calls = synthesized.asynchronous_calls("detect_absences")
    kept = synthesized.output("FailedRunsQueueUrl")
    assert calls["MaximumRetryAttempts"] == 0
    assert calls["DestinationConfig"] == {
        "OnFailure": {"Destination": {"Fn::GetAtt": [kept, "Arn"]}}
    }


def test_a_sender_is_ended_before_its_claims_count_as_abandoned(synthesized: Synthesized) -> None:
    assert synthesized.function("send_sms")["Timeout"] < ABANDONED_AFTER.total_seconds()


def test_the_functions_of_a_network_reach_the_database_and_aws_services_only(
    in_a_network: Synthesized,
) -> None:
    (group,) = in_a_network.all("AWS::EC2::SecurityGroup")
    (https,) = in_a_network.only("AWS::EC2::SecurityGroup")["SecurityGroupEgress"]
    database = in_a_network.only("AWS::EC2::SecurityGroupEgress")
    assert (https["FromPort"], https["ToPort"]) == (443, 443)
    assert (database["FromPort"], database["ToPort"]) == (3306, 3306)
    for package in USERS:
        placement = in_a_network.function(package)["VpcConfig"]
        assert placement["SecurityGroupIds"] == [{"Fn::GetAtt": [group, "GroupId"]}]


def test_the_colleges_database_lets_the_functions_in(in_a_network: Synthesized) -> None:
    network = in_a_network.stage.network
    assert network
    rule = in_a_network.only("AWS::EC2::SecurityGroupIngress")
    assert rule["GroupId"] == network.database_security_group_id
    assert rule["FromPort"] == rule["ToPort"] == network.database_port


def _values(function: Properties) -> dict[str, str]:
    """Return the environment as a function sees it, with `any` for what CloudFormation fills in."""
    variables = dict(function["Environment"]["Variables"])
    del variables[NAMESPACE_VARIABLE]
    return {name: value if isinstance(value, str) else "any" for name, value in variables.items()}


@pytest.mark.parametrize(
    ("package", "settings"),
    [
        ("detect_absences", DetectAbsencesSettings),
        ("send_sms", SendSmsSettings),
        ("record_delivery", RecordDeliverySettings),
        ("migrate_database", MigrateDatabaseSettings),
        ("mail_day", MailDaySettings),
    ],
)
def test_the_environment_makes_the_settings_again(
    synthesized: Synthesized,
    package: str,
    settings: type[Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variables = _values(synthesized.function(package))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert settings().environment() == variables


def test_the_environment_makes_the_redirects_settings_again(synthesized: Synthesized) -> None:
    variables = _values(synthesized.function("absence_redirect"))
    assert AbsenceRedirectSettings.from_environment(variables).environment() == variables


@pytest.mark.parametrize("package", USERS)
def test_nothing_of_the_deployers_own_environment_reaches_a_function(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = function_environment(package, _STAGE, **_OF_THE_STACK)
    for name in ("ABSENT_MARK", "MESSAGE_LINK", "SOURCE_SCHEMA", "SESSION_COOKIE_NAME"):
        monkeypatch.setenv(name, "https://elsewhere.example")
    assert function_environment(package, _STAGE, **_OF_THE_STACK) == before


def test_a_text_at_its_slowest_fits_into_the_senders_time(synthesized: Synthesized) -> None:
    config: Any = make_sns_client().meta.config
    assert config.connect_timeout + config.read_timeout < LONGEST_DELIVERY_SECONDS
    needed = LONGEST_DELIVERY_SECONDS + HIDING_TAKES_SECONDS
    assert needed < synthesized.function("send_sms")["Timeout"]
