"""One of the functions: its code, its own role, its log group."""

from collections.abc import Mapping

from aws_cdk import Duration, IgnoreMode
from aws_cdk.aws_iam import PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import Code, Function, LoggingFormat, Runtime
from aws_cdk.aws_logs import RetentionDays
from constructs import Construct

from infra.common_layer import CommonLayer
from infra.function_network import FunctionNetwork
from infra.log_group import make_log_group
from infra.repository import FUNCTIONS


class PythonFunction(Construct):
    """`package` is a directory of functions/, whose handler.py holds `handler`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        package: str,
        layer: CommonLayer,
        environment: Mapping[str, str],
        timeout_seconds: int,
        memory_mb: int,
        log_retention: RetentionDays,
        network: FunctionNetwork | None = None,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        logs = make_log_group(self, "Logs", retention=log_retention)
        self.role = Role(self, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        # CDK's own grant, the managed AWSLambdaBasicExecutionRole, is for every log group.
        self.role.add_to_policy(
            PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[logs.log_group_arn],
            )
        )
        self.function = Function(
            self,
            "Function",
            runtime=Runtime.PYTHON_3_13,
            architecture=layer.architecture,
            code=_code(package),
            handler=f"{package}.handler.handler",
            layers=[layer.version],
            environment=dict(environment),
            timeout=Duration.seconds(timeout_seconds),
            memory_size=memory_mb,
            reserved_concurrent_executions=concurrency,
            role=self.role,
            log_group=logs,
            logging_format=LoggingFormat.JSON,
            **(network.placement() if network else {}),
        )


def _code(package: str) -> Code:
    kept = ["*", f"!{package}", f"!{package}/**", "__pycache__"]
    return Code.from_asset(str(FUNCTIONS), exclude=kept, ignore_mode=IgnoreMode.GIT)
