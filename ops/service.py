"""What is deployed around the database, as far as this tool works on it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from ops.target import STACK, NoTargetError, local_stack_facts

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True, kw_only=True)
class Service:
    ssm: "SSMClient"
    sqs: "SQSClient"
    sending_parameter: str
    queue_address: str

    @property
    def dead_letters_address(self) -> str:
        """Return the queue where those jobs end that nothing could be done with."""
        answer = self.sqs.get_queue_attributes(
            QueueUrl=self.queue_address, AttributeNames=["RedrivePolicy"]
        )
        policy: dict[str, str] = json.loads(answer["Attributes"]["RedrivePolicy"])
        name = policy["deadLetterTargetArn"].rpartition(":")[2]
        return self.sqs.get_queue_url(QueueName=name)["QueueUrl"]


def local_service(stack: Path = STACK) -> Service:
    """Read where the local stack's services are; raises NoTargetError when none is running."""
    facts = local_stack_facts(stack)
    address = facts["ministack_address"]
    session = boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 (no secret: MiniStack's)
        region_name="eu-west-2",
    )
    return Service(
        ssm=session.client("ssm", endpoint_url=address),
        sqs=session.client("sqs", endpoint_url=address),
        sending_parameter=facts["sending_parameter"],
        queue_address=facts["queue_address"],
    )


def service_of_function(name: str, session: boto3.Session) -> Service:
    """Read from a deployed detection function's settings what it works with."""
    configuration = session.client("lambda").get_function_configuration(FunctionName=name)
    variables = configuration.get("Environment", {}).get("Variables", {})
    if "QUEUE_URL" not in variables:
        raise NoTargetError(
            f"{name} is no detection function: it is output DetectAbsencesFunction."
        )
    return Service(
        ssm=session.client("ssm"),
        sqs=session.client("sqs"),
        sending_parameter=variables["SENDING_PARAMETER"],
        queue_address=variables["QUEUE_URL"],
    )
