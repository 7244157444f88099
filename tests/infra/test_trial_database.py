"""A trial's own database is encrypted and backed up, and only the functions reach it."""

import json
from dataclasses import replace
from pathlib import Path

from db.grants import USERS_OF_ROWS
from infra.stages.stage import TrialDatabase
from infra.stages.values import LIVE
from tests.support.synthesized import Properties, Synthesized, synthesize


def _instance(synthesized: Synthesized) -> Properties:
    return synthesized.only("AWS::RDS::DBInstance")


def test_it_is_encrypted_and_backed_up_and_not_public(on_trial: Synthesized) -> None:
    instance = _instance(on_trial)
    assert instance["Engine"] == "mysql"
    assert instance["EngineVersion"].startswith("8.4.")
    assert instance["StorageEncrypted"]
    assert instance["BackupRetentionPeriod"] == 7
    assert not instance["PubliclyAccessible"]


def test_it_takes_no_connection_without_tls(on_trial: Synthesized) -> None:
    parameters = on_trial.only("AWS::RDS::DBParameterGroup")["Parameters"]
    assert parameters["require_secure_transport"] == "1"
    assert parameters["max_connections"] == "75"


def test_lives_is_protected_from_deletion_and_each_leaves_a_snapshot(
    on_trial: Synthesized, tmp_path: Path
) -> None:
    protected = replace(LIVE, trial_database=TrialDatabase())
    assert _instance(synthesize(protected, tmp_path))["DeletionProtection"]
    assert not _instance(on_trial)["DeletionProtection"]
    (instance,) = on_trial.template.find_resources("AWS::RDS::DBInstance").values()
    assert instance["DeletionPolicy"] == "Snapshot"


def test_the_functions_alone_reach_its_port(on_trial: Synthesized) -> None:
    (group,) = (each["Fn::GetAtt"][0] for each in _instance(on_trial)["VPCSecurityGroups"])
    assert "SecurityGroupIngress" not in on_trial.all("AWS::EC2::SecurityGroup")[group]
    rule = on_trial.only("AWS::EC2::SecurityGroupIngress")
    (functions,) = (
        each["Fn::GetAtt"]
        for each in on_trial.function("send_sms")["VpcConfig"]["SecurityGroupIds"]
    )
    assert rule["GroupId"] == {"Fn::GetAtt": [group, "GroupId"]}
    assert rule["SourceSecurityGroupId"] == {"Fn::GetAtt": functions}
    assert rule["FromPort"] == rule["ToPort"] == 3306


def test_its_subnets_have_no_way_out_and_the_functions_have_one(on_trial: Synthesized) -> None:
    ways_out = {
        route["RouteTableId"]["Ref"]: route for route in on_trial.all("AWS::EC2::Route").values()
    }
    tables = {
        each["SubnetId"]["Ref"]: each["RouteTableId"]["Ref"]
        for each in on_trial.all("AWS::EC2::SubnetRouteTableAssociation").values()
    }
    for subnet in on_trial.only("AWS::RDS::DBSubnetGroup")["SubnetIds"]:
        assert tables[subnet["Ref"]] not in ways_out
    for subnet in on_trial.function("send_sms")["VpcConfig"]["SubnetIds"]:
        assert "NatGatewayId" in ways_out[tables[subnet["Ref"]]]
    assert len(on_trial.all("AWS::EC2::NatGateway")) == 1


def test_each_user_has_a_secret_that_leads_to_it(on_trial: Synthesized) -> None:
    stage = on_trial.stage
    users = {
        secret["Name"]: json.loads(secret["GenerateSecretString"]["SecretStringTemplate"])
        for secret in on_trial.all("AWS::SecretsManager::Secret").values()
    }
    assert users == {stage.database_secret_name: {"username": "absence_texts_owner"}} | {
        name: {"username": user} for user, name in stage.own_secret_names.items()
    }
    attached = {
        each["SecretId"]["Ref"]
        for each in on_trial.all("AWS::SecretsManager::SecretTargetAttachment").values()
    }
    assert attached == set(on_trial.all("AWS::SecretsManager::Secret"))


def test_no_function_is_there_before_it(on_trial: Synthesized) -> None:
    (instance,) = on_trial.all("AWS::RDS::DBInstance")
    functions = on_trial.template.find_resources("AWS::Lambda::Function")
    for package in USERS_OF_ROWS:
        assert instance in functions[on_trial.function_id(package)]["DependsOn"]


def test_the_other_stages_have_no_database(synthesized: Synthesized) -> None:
    assert not synthesized.all("AWS::RDS::DBInstance")
    assert not synthesized.all("AWS::EC2::VPC")


def test_our_tables_are_made_by_its_owner_as_no_other_user_is_there_yet(
    on_trial: Synthesized,
) -> None:
    owner = on_trial.stage.database_secret_name
    variables = on_trial.function("migrate_database")["Environment"]["Variables"]
    assert variables["DATABASE_SECRET_ID"] == owner
    assert on_trial.only("Custom::Migrations")["Database"] == owner
    made = {secret["Name"] for secret in on_trial.all("AWS::SecretsManager::Secret").values()}
    assert on_trial.stage.function_secret_names["migrate_database"] not in made


def test_our_tables_are_made_once_the_server_is_there_and_tells_its_address(
    on_trial: Synthesized,
) -> None:
    functions = on_trial.template.find_resources("AWS::Lambda::Function")
    needed = functions[on_trial.function_id("migrate_database")]["DependsOn"]
    assert set(on_trial.all("AWS::RDS::DBInstance")) <= set(needed)
    assert set(on_trial.all("AWS::SecretsManager::SecretTargetAttachment")) <= set(needed)
