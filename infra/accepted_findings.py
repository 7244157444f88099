"""What cdk-nag's rules find in this stack and we keep, each with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import IConstruct

_FUNCTIONS = ("DetectAbsences", "SendSms", "AbsenceRedirect", "RecordDelivery")
_MIGRATOR = "MigrateDatabase"


@dataclass(frozen=True)
class AcceptedFinding:
    rules: tuple[str, ...]
    parts: tuple[str, ...]
    """Ids in the stack, with a slash for a part of a part."""
    reason: str


_CALLED_BY_CLOUDFORMATION = (
    "CloudFormation calls it during a deployment, waits for its answer and tells of a failure."
)

ACCEPTED = (
    AcceptedFinding(
        ("AwsSolutions-L1", "Serverless-LambdaLatestVersion"),
        _FUNCTIONS,
        "Python 3.13 is what the tests run on; a later runtime comes with its own test run.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaTracing",),
        _FUNCTIONS,
        "X-Ray would add 0.3 s to a cold start; a text is followed by its ledger id in the logs.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaDLQ",),
        _FUNCTIONS,
        "Failed runs of detection go to its failure destination; jobs have their queue's own "
        "dead-letter queue; the link is called synchronously. A failed call about deliveries would "
        "leave phone numbers in a queue: its lines stay in SNS's own log groups.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaAsyncFailureDestination",),
        ("RecordDelivery",),
        "Likewise: a destination would hold the phone numbers of the lines.",
    ),
    AcceptedFinding(
        (
            "AwsSolutions-L1",
            "Serverless-LambdaLatestVersion",
            "Serverless-LambdaTracing",
            "Serverless-LambdaDLQ",
        ),
        (_MIGRATOR,),
        _CALLED_BY_CLOUDFORMATION,
    ),
    AcceptedFinding(
        ("Serverless-LambdaEventSourceMappingDestination",),
        ("SendSms",),
        "An SQS event source has no destination: failed jobs leave by the queue's redrive policy.",
    ),
    AcceptedFinding(
        ("Serverless-SQSRedrivePolicy",),
        ("Jobs/DeadLetters", "FailedRuns"),
        "Where messages end; an alarm tells ops of the first.",
    ),
    AcceptedFinding(
        ("AwsSolutions-SQS3",),
        ("FailedRuns",),
        "It is the dead-letter queue of the schedule, of detection's asynchronous calls and of the "
        "timer that has waiting receipts looked at.",
    ),
    AcceptedFinding(
        ("AwsSolutions-APIG4",),
        ("Link",),
        "The redirect checks the portal's session cookie; without one it leads to the login page.",
    ),
    AcceptedFinding(
        ("Serverless-EventBusDLQ",),
        ("Link/KeptReady",),
        "A tap by nobody that is lost is followed by the next within the hour.",
    ),
    AcceptedFinding(
        ("Serverless-SNSRedrivePolicy",),
        ("Watching/Alarms",),
        "SNS retries a mail for hours, and the alarm stays visible in CloudWatch.",
    ),
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        ("SendSms",),
        "No policy can name a phone number; topics are denied in the same policy.",
    ),
)
ACCEPTED_IN_A_NETWORK = (
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        (*_FUNCTIONS, _MIGRATOR),
        "Lambda attaches a function through its role, and EC2's Describe calls take no resource.",
    ),
)


ACCEPTED_WITH_THE_SMS_ACCOUNT = (
    AcceptedFinding(
        (
            "AwsSolutions-L1",
            "Serverless-LambdaLatestVersion",
            "Serverless-LambdaTracing",
            "Serverless-LambdaDLQ",
        ),
        ("SmsAccount/Setter",),
        _CALLED_BY_CLOUDFORMATION,
    ),
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        ("SmsAccount/Setter",),
        "SNS's SMS attributes are the account's: no resource stands for them in a policy.",
    ),
)


ACCEPTED_WITH_A_TRIAL_DATABASE = (
    AcceptedFinding(
        ("AwsSolutions-RDS3", "AwsSolutions-RDS10", "AwsSolutions-RDS11"),
        ("Database/Instance",),
        "A trial can wait for a restart, and a pilot's goes with its stack, leaving a snapshot; "
        "live's is protected. Only the functions' security group reaches its port.",
    ),
    AcceptedFinding(
        ("AwsSolutions-SMG4",),
        ("Database",),
        "A trial is over in weeks. Rotation would need a function that may change every user.",
    ),
    AcceptedFinding(
        ("AwsSolutions-VPC7",),
        ("Database/Vpc",),
        "Nothing is in it but the functions and the database, and flow logs cost more than either.",
    ),
)


def accept_findings(stack: Stack, findings: Iterable[AcceptedFinding]) -> None:
    for finding in findings:
        for part in finding.parts:
            Validations.of(_find(stack, part)).acknowledge(
                *(Acknowledgment(id=rule, reason=finding.reason) for rule in finding.rules)
            )


def _find(stack: Stack, part: str) -> IConstruct:
    construct: IConstruct = stack
    for construct_id in part.split("/"):
        construct = construct.node.find_child(construct_id)
    return construct
