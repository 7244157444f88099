"""One of the functions: its code, its own role, its log group."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aws_cdk import Duration
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import (
    Alias,
    Function,
    IFunction,
    ILayerVersion,
    LoggingFormat,
    Runtime,
    SnapStartConf,
)
from aws_cdk.aws_logs import RetentionDays
from constructs import Construct

from infra.functions.common_layer import CommonLayer
from infra.functions.function_code import packed
from infra.functions.log_group import make_log_group
from infra.functions.network import FunctionNetwork
from infra.repository import FUNCTIONS

MEMORY_MB = 512
"""Of each function: docs/decisions/0027-memory-and-time-outs.md"""


class PythonFunction(Construct):
    """`package` is a directory of functions/, whose handler.py holds `handler`.

    It is `packed_with` further packages that it imports and the layer does not have.
    """

    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        package: str,
        packed_with: Sequence[Path] = (),
        layer: CommonLayer,
        further_layers: Sequence[ILayerVersion] = (),
        environment: Mapping[str, str],
        timeout_seconds: int,
        log_retention: RetentionDays,
        network: FunctionNetwork | None = None,
        concurrency: int | None = None,
        starts_from_snapshot: bool = False,
    ) -> None:
        super().__init__(scope, construct_id)
        self.package = package
        logs = make_log_group(self, "Logs", retention=log_retention)
        # Its own: CDK's would carry the managed policy that lets it write to every log group.
        self.role = Role(self, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(self.role)
        with packed((FUNCTIONS / package, *packed_with)) as code:
            self.function = Function(
                self,
                "Function",
                runtime=Runtime.PYTHON_3_13,
                architecture=layer.architecture,
                code=code,
                handler=f"{package}.handler.handler",
                layers=[layer.version, *further_layers],
                environment=dict(environment),
                timeout=Duration.seconds(timeout_seconds),
                memory_size=MEMORY_MB,
                reserved_concurrent_executions=concurrency,
                role=self.role,
                log_group=logs,
                logging_format=LoggingFormat.JSON,
                vpc=network.vpc if network else None,
                vpc_subnets=network.subnets if network else None,
                security_groups=[network.group] if network else None,
                snap_start=SnapStartConf.ON_PUBLISHED_VERSIONS if starts_from_snapshot else None,
            )
        self.called: IFunction = self._make_alias() if starts_from_snapshot else self.function
        """What callers call."""
        if network:
            self._may_join(network)

    def _make_alias(self) -> Alias:
        # There is a snapshot of each published version, and none of the newest code as such.
        version = self.function.current_version
        return Alias(self, "Alias", alias_name="current", version=version)

    def _may_join(self, network: FunctionNetwork) -> None:
        self.role.add_to_policy(_attach_to_network())
        # So that it reaches the database from its first call on.
        self.function.node.add_dependency(network.all_rules)


def _attach_to_network() -> PolicyStatement:
    """Return what the Lambda service needs, through the function's role, to attach it.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
    """
    actions = (
        "AssignPrivateIpAddresses",
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSubnets",
        "UnassignPrivateIpAddresses",
    )
    return PolicyStatement(actions=[f"ec2:{action}" for action in actions], resources=["*"])
