"""One of the functions, with its code, its own role and its own log group."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import Annotations, Duration
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_lambda import (
    Alias,
    Code,
    Function,
    IFunction,
    ILayerVersion,
    LoggingFormat,
    Runtime,
    SnapStartConf,
)
from aws_cdk.aws_logs import LogGroup
from constructs import Construct

from infra.functions.common_layer import CommonLayer
from infra.functions.log_group import make_log_group
from infra.functions.network import FunctionNetwork
from infra.functions.packing import pack
from infra.permissions import may_join_network
from infra.repository import FUNCTIONS
from infra.stages.log_retention import LogRetention

MEMORY_MB = 512
"""Of each function: docs/decisions/0027-memory-and-time-outs.md"""


@dataclass(frozen=True, kw_only=True)
class FunctionProperties:
    """`package` is a directory of functions/ whose handler.py holds `handler`.

    The code holds it and `further_packages`, which it imports and the layer does not have.
    """

    package: str
    further_packages: Sequence[Path] = ()
    layer: CommonLayer
    further_layers: Sequence[ILayerVersion] = ()
    environment: Mapping[str, str]
    timeout_seconds: int
    log_retention: LogRetention
    network: FunctionNetwork | None = None
    concurrency: int | None = None
    starts_from_snapshot: bool = False


class PythonFunction(Construct):
    def __init__(self, scope: Construct, construct_id: str, properties: FunctionProperties) -> None:
        super().__init__(scope, construct_id)
        self.package = properties.package
        logs = make_log_group(self, "Logs", retention=properties.log_retention)
        # CDK's own role would carry a managed policy that allows it to write to every log group.
        self.role = Role(self, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(self.role)
        with _code_of((FUNCTIONS / self.package, *properties.further_packages)) as code:
            self.function = self._make_function(code, logs, properties)
        self.called: IFunction = (
            self._make_alias() if properties.starts_from_snapshot else self.function
        )
        """The alias or the function: callers use this."""
        if properties.network:
            self._may_join(properties.network)

    def _make_function(
        self, code: Code, logs: LogGroup, properties: FunctionProperties
    ) -> Function:
        network = properties.network
        snapshots = SnapStartConf.ON_PUBLISHED_VERSIONS if properties.starts_from_snapshot else None
        return Function(
            self,
            "Function",
            runtime=Runtime.PYTHON_3_13,
            architecture=properties.layer.architecture,
            code=code,
            handler=f"{self.package}.handler.handler",
            layers=[properties.layer.version, *properties.further_layers],
            environment=dict(properties.environment),
            timeout=Duration.seconds(properties.timeout_seconds),
            memory_size=MEMORY_MB,
            reserved_concurrent_executions=properties.concurrency,
            role=self.role,
            log_group=logs,
            logging_format=LoggingFormat.JSON,
            vpc=network.vpc if network else None,
            vpc_subnets=network.subnets if network else None,
            security_groups=[network.group] if network else None,
            snap_start=snapshots,
        )

    def _make_alias(self) -> Alias:
        # Lambda makes a snapshot of each published version, and none of the unpublished code.
        version = self.function.current_version
        Annotations.of(self.function).acknowledge_warning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "This alias has a published version."
        )
        return Alias(self, "Alias", alias_name="current", version=version)

    def _may_join(self, network: FunctionNetwork) -> None:
        self.role.add_to_policy(may_join_network())
        # The way to the database is open before the first call.
        self.function.node.add_dependency(network.all_rules)


@contextmanager
def _code_of(packages: Sequence[Path]) -> Iterator[Code]:
    """Yield the packages as a function's code. CDK copies it when the function is made."""
    with TemporaryDirectory() as directory:
        pack(packages, Path(directory))
        yield Code.from_asset(directory)
