"""A stage on AWS: its account, its region, and what its deployment made or will make."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import boto3
from botocore.exceptions import ClientError

from absence_texts.database import Credentials, SecretError
from infra.functions.settings import DATABASE_CA_AT_RUN_TIME, function_environment
from infra.repository import ROOT
from infra.stages.stage import Stage
from ops.identity import NOT_LONG, aws_identity
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.target import NoTargetError, OpsSettings, checked_settings
from send_sms.settings import MobileSettings

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

_FUNCTION = "DetectAbsencesFunction"
FAILED_CREATION = frozenset({"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"})
"""The words for a stack whose first deployment failed: it takes no update any more."""
_MADE_LATER = {"queue_url": "", "sending_parameter": ""}


@dataclass(frozen=True, kw_only=True)
class DeployedStage:
    """A target with the settings of the function that detects absences."""

    stage: Stage
    session: boto3.Session
    secret_name: str
    """The database secret of the user that the command needs."""
    variables: Mapping[str, str]
    """The function's environment: as deployed, or else as the stage's values will make it."""
    is_deployed: bool

    @classmethod
    def find(
        cls,
        stage: Stage,
        session: boto3.Session,
        *,
        as_owner: bool,
        secret_name: str | None = None,
    ) -> "DeployedStage":
        """Find the stage in the session's account; raises NoTargetError."""
        check_account(stage, session.client("sts", config=NOT_LONG))
        stack = describe_stack(stage, session.client("cloudformation"))
        function = stack.outputs.get(_FUNCTION) if stack else None
        variables = (
            _variables_of(function, session)
            if function
            else function_environment("detect_absences", stage, **_MADE_LATER)
        )
        needed = stage.database_secret_name if as_owner else variables["DATABASE_SECRET_ID"]
        return cls(
            stage=stage,
            session=session,
            secret_name=secret_name or needed,
            variables=variables,
            is_deployed=function is not None,
        )

    @property
    def settings(self) -> OpsSettings:
        """Detection's and the sender's; an environment variable of this process overrides each."""
        of_mobiles = _mobile_variables(self.stage)
        here = {**of_mobiles, **self.variables, "DATABASE_TLS_CA": self._authority_here()}
        theirs = {
            name.lower(): value
            for name, value in here.items()
            if value is not None and name not in os.environ
        }
        return checked_settings(OpsSettings.model_validate(theirs))

    def _authority_here(self) -> str | None:
        """Return where the authority that Lambda has in a layer is on this machine."""
        there = self.variables.get("DATABASE_TLS_CA")
        if there == DATABASE_CA_AT_RUN_TIME and self.stage.database_ca:
            return str(ROOT / self.stage.database_ca)
        return there

    @property
    def credentials(self) -> Credentials:
        return read_secret(self.session.client("secretsmanager"), self.secret_name)

    @property
    def service(self) -> Service:
        if not self.is_deployed:
            name = self.stage.name
            raise NoTargetError(
                f"Stage {name} is not deployed in {self.stage.region}: `make deploy STAGE={name}`"
                " deploys the stage."
            )
        return Service(
            ssm=self.session.client("ssm"),
            sqs=self.session.client("sqs"),
            logs=self.session.client("logs"),
            sending_parameter=self.variables["SENDING_PARAMETER"],
            queue_address=self.variables["QUEUE_URL"],
            alarms=StageAlarms(
                cloudwatch=self.session.client("cloudwatch", config=NOT_LONG),
                stage=self.stage.name,
            ),
        )

    @property
    def operator(self) -> str:
        return aws_identity(self.session)


def _mobile_variables(stage: Stage) -> Mapping[str, str]:
    """Return those of the sender's variables that say which mobiles a text can go to."""
    environment = function_environment("send_sms", stage, **_MADE_LATER)
    names = {name.upper() for name in MobileSettings.model_fields}
    return {name: value for name, value in environment.items() if name in names}


def check_account(stage: Stage, sts: Any) -> None:  # noqa: ANN401 (boto3's)
    """Raise NoTargetError if the credentials are not of the stage's account."""
    if not stage.account:
        return
    account = sts.get_caller_identity()["Account"]
    if account != stage.account:
        raise NoTargetError(
            f"Stage {stage.name} belongs to account {stage.account}, and the credentials of this"
            f" shell to account {account}: log in to {stage.account}, for example with"
            " AWS_PROFILE."
        )


@dataclass(frozen=True, kw_only=True)
class Stack:
    status: str
    """CloudFormation's word."""
    outputs: Mapping[str, str]
    """By name; none until a deployment came to its end."""


def describe_stack(stage: Stage, cloudformation: "CloudFormationClient") -> Stack | None:
    """Return the stage's stack, or none if there is none."""
    try:
        (found,) = cloudformation.describe_stacks(StackName=stage.stack_name)["Stacks"]
    except ClientError as error:
        if _says_there_is_no_stack(error):
            return None
        raise
    outputs = {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", ())}
    return Stack(status=found["StackStatus"], outputs=outputs)


def _says_there_is_no_stack(error: ClientError) -> bool:
    # CloudFormation has no error code of its own for this.
    answer = error.response["Error"]
    return answer["Code"] == "ValidationError" and "does not exist" in answer["Message"]


def read_secret(secrets: "SecretsManagerClient", name: str) -> Credentials:
    """Read a database user's login; raises NoTargetError if the secret holds none."""
    answer = secrets.get_secret_value(SecretId=name)
    try:
        return Credentials.from_secret(answer.get("SecretString", ""))
    except SecretError as error:
        raise NoTargetError(f"{name}: {error}") from None


def _variables_of(function: str, session: boto3.Session) -> Mapping[str, str]:
    found = session.client("lambda").get_function_configuration(FunctionName=function)
    return cast("Mapping[str, str]", found.get("Environment", {}).get("Variables", {}))
