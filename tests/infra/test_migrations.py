"""A deployment applies our migrations before it changes what uses the tables."""

import pytest

from db.grants import USERS_OF_ROWS
from db.migrate import MIGRATIONS, read_migrations
from migrate_database.request import MigrationRequest
from tests.support.synthesized import Properties, Synthesized, as_list


def _applied(synthesized: Synthesized) -> tuple[str, Properties]:
    ((name, resource),) = synthesized.template.find_resources("Custom::Migrations").items()
    return name, resource


@pytest.mark.parametrize("package", USERS_OF_ROWS)
def test_a_function_is_changed_only_once_the_migrations_are_applied(
    synthesized: Synthesized, package: str
) -> None:
    functions = synthesized.template.find_resources("AWS::Lambda::Function")
    function = functions[synthesized.function_id(package)]
    assert _applied(synthesized)[0] in function["DependsOn"]


def test_the_migrations_depend_on_their_own_function_and_on_no_other(
    synthesized: Synthesized,
) -> None:
    _name, resource = _applied(synthesized)
    migrator = synthesized.function_id("migrate_database")
    assert resource["Properties"]["ServiceToken"] == {"Fn::GetAtt": [migrator, "Arn"]}
    others = {synthesized.function_id(package) for package in USERS_OF_ROWS}
    assert not others & set(resource["DependsOn"])


def test_its_role_may_read_the_secret_before_it_is_called(synthesized: Synthesized) -> None:
    _name, resource = _applied(synthesized)
    role, _attribute = synthesized.function("migrate_database")["Role"]["Fn::GetAtt"]
    (policy,) = (
        name
        for name, found in synthesized.all("AWS::IAM::Policy").items()
        if found["Roles"] == [{"Ref": role}]
    )
    assert policy in resource["DependsOn"]


def test_in_a_network_the_way_to_the_database_is_open_before_it_is_called(
    in_a_network: Synthesized,
) -> None:
    functions = in_a_network.template.find_resources("AWS::Lambda::Function")
    migrator = functions[in_a_network.function_id("migrate_database")]
    rules = {
        *in_a_network.all("AWS::EC2::SecurityGroupIngress"),
        *in_a_network.all("AWS::EC2::SecurityGroupEgress"),
    }
    assert rules
    assert rules <= set(as_list(migrator["DependsOn"]))


def test_it_is_called_again_only_for_another_database_or_other_migrations(
    synthesized: Synthesized,
) -> None:
    _name, resource = _applied(synthesized)
    properties = dict(resource["Properties"])
    del properties["ServiceToken"], properties["ServiceTimeout"]
    secret = synthesized.stage.function_secret_names["migrate_database"]
    assert properties == MigrationRequest.for_release(secret, read_migrations()).properties


def test_the_package_holds_the_migrations_that_are_asked_for(synthesized: Synthesized) -> None:
    asset = synthesized.function("migrate_database")["Code"]["S3Key"].removesuffix(".zip")
    packed = synthesized.assembly / f"asset.{asset}" / "db" / "migrations"
    assert read_migrations(packed) == read_migrations(MIGRATIONS)


def test_cloudformation_waits_for_a_second_try_and_no_longer(synthesized: Synthesized) -> None:
    _name, resource = _applied(synthesized)
    function = synthesized.function("migrate_database")
    waits = int(resource["Properties"]["ServiceTimeout"])
    assert function["Timeout"] + 60 < waits < 2 * function["Timeout"]
    assert not [
        calls
        for calls in synthesized.all("AWS::Lambda::EventInvokeConfig").values()
        if calls["FunctionName"] == {"Ref": synthesized.function_id("migrate_database")}
    ]
