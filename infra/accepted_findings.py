"""The findings of cdk-nag that we accept, each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import IConstruct

_FUNCTIONS = ("DetectAbsences", "SendSms", "AbsenceRedirect", "RecordDelivery")
_MIGRATOR = "MigrateDatabase"
_MAILER = "MailDay"


@dataclass(frozen=True)
class AcceptedFinding:
    rules: tuple[str, ...]
    parts: tuple[str, ...]
    """Construct ids in the stack. A slash leads to a part of a part."""
    reason: str


_CALLED_BY_CLOUDFORMATION = (
    "CloudFormation calls it during a deployment, waits for its answer and reports a failure."
)

ACCEPTED = (
    AcceptedFinding(
        ("AwsSolutions-L1", "Serverless-LambdaLatestVersion"),
        _FUNCTIONS,
        "The tests run on Python 3.13. A later runtime needs its own test run.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaTracing",),
        _FUNCTIONS,
        "X-Ray would add 0.3 s to a cold start. The logs follow a text by its ledger id.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaDLQ",),
        _FUNCTIONS,
        "Failed runs of detection go to its failure destination, and failed jobs to their queue's "
        "dead-letter queue. The link is called synchronously. A failed call about deliveries would "
        "leave phone numbers in a queue; its lines stay in SNS's own log groups.",
    ),
    AcceptedFinding(
        ("Serverless-LambdaAsyncFailureDestination",),
        ("RecordDelivery",),
        "A destination would hold the phone numbers of the lines.",
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
        "An SQS event source has no destination. The queue's redrive policy moves failed jobs.",
    ),
    AcceptedFinding(
        ("Serverless-SQSRedrivePolicy",),
        ("Jobs/DeadLetters", "FailedRuns"),
        "These are dead-letter queues themselves. An alarm tells ops of the first message.",
    ),
    AcceptedFinding(
        ("AwsSolutions-SQS3",),
        ("FailedRuns",),
        "It is the dead-letter queue of the schedule, of detection's asynchronous calls and of the "
        "timer that applies waiting receipts.",
    ),
    AcceptedFinding(
        ("AwsSolutions-APIG4",),
        ("Link",),
        "The redirect checks the portal's session cookie. Without one it leads to the login page.",
    ),
    AcceptedFinding(
        ("Serverless-EventBusDLQ",),
        ("Link/KeptReady",),
        "If a call is lost, the next comes within the hour.",
    ),
    AcceptedFinding(
        ("Serverless-SNSRedrivePolicy",),
        ("Watching/Alarms",),
        "SNS retries a mail for hours, and the alarm stays visible in CloudWatch.",
    ),
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        ("SendSms",),
        "No policy can name a phone number. The same policy denies topics.",
    ),
)
ACCEPTED_IN_A_NETWORK = (
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        (*_FUNCTIONS, _MIGRATOR),
        "Lambda attaches a function through its role, and EC2's Describe calls take no resource.",
    ),
)


ACCEPTED_WITH_MAILS = (
    AcceptedFinding(
        ("AwsSolutions-L1", "Serverless-LambdaLatestVersion"),
        (_MAILER,),
        "The tests run on Python 3.13. A later runtime needs its own test run.",
    ),
    AcceptedFinding(
        (
            "Serverless-LambdaTracing",
            "Serverless-LambdaDLQ",
            "Serverless-LambdaAsyncFailureDestination",
        ),
        (_MAILER,),
        "The next call, minutes later, sends what a failed call did not. An alarm tells of both.",
    ),
)
ACCEPTED_WITH_MAILS_IN_A_NETWORK = (
    AcceptedFinding(
        ("AwsSolutions-IAM5[Resource::*]",),
        (_MAILER,),
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
        "SNS's SMS attributes belong to the account. A policy can name no resource for them.",
    ),
)


ACCEPTED_WITH_A_TRIAL_DATABASE = (
    AcceptedFinding(
        ("AwsSolutions-RDS3", "AwsSolutions-RDS10", "AwsSolutions-RDS11"),
        ("Database/Instance",),
        "A trial can wait for a restart. A pilot's instance is deleted with its stack and leaves a "
        "snapshot; live's is protected. Only the functions' security group reaches its port.",
    ),
    AcceptedFinding(
        ("AwsSolutions-SMG4",),
        ("Database",),
        "A trial lasts weeks. Rotation would need a function that may change every user.",
    ),
    AcceptedFinding(
        ("AwsSolutions-VPC7",),
        ("Database/Vpc",),
        "It holds only the functions and the database, and flow logs would cost more than either.",
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
