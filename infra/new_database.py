"""The database of a trial: RDS for MySQL, which only the functions can reach."""

from collections.abc import Iterable

from aws_cdk import Duration, Fn, RemovalPolicy
from aws_cdk.aws_ec2 import InstanceType, SubnetConfiguration, SubnetSelection, SubnetType, Vpc
from aws_cdk.aws_rds import (
    Credentials,
    DatabaseInstance,
    DatabaseInstanceEngine,
    DatabaseSecret,
    MysqlEngineVersion,
    ParameterGroup,
    StorageType,
)
from constructs import Construct

from infra.stages.stage import TrialDatabase
from infra.stages.watched_database import WatchedDatabase

OWNER = "absence_texts_owner"
"""The instance's first user, which may make the other users."""
SCHEMA = "absence_texts"
PORT = 3306
_ENGINE = DatabaseInstanceEngine.mysql(version=MysqlEngineVersion.VER_8_4_10)


class NewDatabase(Construct):
    """`user_secrets` names the secrets of the users that ops make: the package, then the name."""

    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        values: TrialDatabase,
        owner_secret: str,
        user_secrets: Iterable[tuple[str, str]],
        protected: bool,
    ) -> None:
        super().__init__(scope, construct_id)
        self.vpc = _make_vpc(self)
        owner = DatabaseSecret(self, "OwnerSecret", username=OWNER, secret_name=owner_secret)
        self.instance = DatabaseInstance(
            self,
            "Instance",
            engine=_ENGINE,
            instance_type=InstanceType(values.instance_type),
            allocated_storage=values.storage_gb,
            storage_type=StorageType.GP3,
            storage_encrypted=True,
            vpc=self.vpc,
            vpc_subnets=SubnetSelection(subnet_type=SubnetType.PRIVATE_ISOLATED),
            publicly_accessible=False,
            credentials=Credentials.from_secret(owner),
            database_name=SCHEMA,
            port=PORT,
            parameter_group=_parameters(self, values),
            backup_retention=Duration.days(values.backup_days),
            copy_tags_to_snapshot=True,
            auto_minor_version_upgrade=True,
            deletion_protection=protected,
            # The record of what parents were told outlives the stack.
            removal_policy=RemovalPolicy.SNAPSHOT,
        )
        self._add_users(user_secrets)
        self.watched = WatchedDatabase(
            instance_identifier=self.instance.instance_identifier, connections=values.connections
        )

    def _add_users(self, user_secrets: Iterable[tuple[str, str]]) -> None:
        for user, name in user_secrets:
            secret = DatabaseSecret(self, f"{user}Secret", username=user, secret_name=name)
            secret.attach(self.instance)


def _make_vpc(scope: Construct) -> Vpc:
    return Vpc(
        scope,
        "Vpc",
        # Found by CloudFormation: CDK would look zones up with credentials.
        availability_zones=[Fn.select(number, Fn.get_azs()) for number in range(2)],
        nat_gateways=1,
        subnet_configuration=[
            SubnetConfiguration(
                name="WayOut", subnet_type=SubnetType.PUBLIC, map_public_ip_on_launch=False
            ),
            SubnetConfiguration(name="Functions", subnet_type=SubnetType.PRIVATE_WITH_EGRESS),
            SubnetConfiguration(name="Database", subnet_type=SubnetType.PRIVATE_ISOLATED),
        ],
    )


def _parameters(scope: Construct, values: TrialDatabase) -> ParameterGroup:
    parameters = {
        "require_secure_transport": "1",
        "max_connections": str(values.connections),
    }
    return ParameterGroup(scope, "Parameters", engine=_ENGINE, parameters=parameters)
