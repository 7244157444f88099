"""What a deployment needs of the account: region, bootstrap, concurrency, an earlier failure."""

import os
from collections.abc import Iterator

import boto3

from infra.stages.stage import LinkDomain, Stage
from ops.deployed_stage import FAILED_CREATION
from ops.preflight.account import Account, unless_missing
from ops.preflight.answer import Answer, not_known, right, wrong

BOOTSTRAP_VERSION = 6
"""The oldest version of the CDK's bootstrap stack that a deployment accepts."""
_BOOTSTRAPPED = "/cdk-bootstrap/hnb659fds/version"
KEPT_UNRESERVED = 100
"""https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html

Accounts with a small quota were refused by a smaller minimum, of 50 or 10: the whole quota.
https://github.com/aws-samples/siem-on-amazon-opensearch-service/issues/175
"""
_MORE_CONCURRENCY = (
    "aws service-quotas request-service-quota-increase --service-code lambda"
    " --quota-code L-B99A9384 --desired-value 1000"
)


def ask_region(account: Account) -> Iterator[Answer]:
    shells = os.environ.get("AWS_REGION") or boto3.Session().region_name
    yield decide_region(account.stage, shells)


def decide_region(stage: Stage, shells: str | None) -> Answer:
    """Compare the region of the pages' `aws` commands; the CDK and this tool take the stage's."""
    if shells == stage.region:
        return right("region", f"{stage.region}, in this shell too")
    says = f"the stage's is {stage.region}, and `aws` in this shell uses {shells or 'none'}"
    return wrong("region", says, f"export AWS_REGION={stage.region}")


def ask_stack(account: Account) -> Iterator[Answer]:
    yield decide_stack(account.stage, account.stack_status)


def decide_stack(stage: Stage, status: str | None) -> Answer:
    name = stage.stack_name
    if status is None:
        return right("stack", f"{name} is not there yet")
    if status in FAILED_CREATION:
        says = f"{name} is {status}, and can only be deleted"
        return wrong("stack", says, f"python -m ops --stage {stage.name} allow-retry")
    if status.endswith("_IN_PROGRESS"):
        says = f"{name} is {status}"
        return not_known("stack", says, "wait until the deployment has come to its end")
    if status == "DELETE_FAILED":
        mend = f"make destroy STAGE={stage.name}"
        return wrong("stack", f"{name} is {status}: its events say what could not go", mend)
    if status == "UPDATE_ROLLBACK_FAILED":
        mend = f"aws cloudformation continue-update-rollback --stack-name {name}"
        return wrong("stack", f"{name} is {status}, and takes no update", mend)
    return right("stack", f"{name} is {status}")


def ask_bootstrap(account: Account) -> Iterator[Answer]:
    ssm = account.client("ssm")
    found = unless_missing(lambda: ssm.get_parameter(Name=_BOOTSTRAPPED))
    yield decide_bootstrap(account.stage, found and int(found["Parameter"]["Value"]))


def decide_bootstrap(stage: Stage, version: int | None) -> Answer:
    if version is not None and version >= BOOTSTRAP_VERSION:
        return right("bootstrap", f"version {version}")
    says = f"version {version} is older than {BOOTSTRAP_VERSION}" if version else "is missing"
    return wrong("bootstrap", says, f"make bootstrap STAGE={stage.name}")


def ask_concurrency(account: Account) -> Iterator[Answer]:
    client = account.client("lambda")
    limit = client.get_account_settings()["AccountLimit"]
    names = [account.outputs.get(f"{each}Function") for each in ("DetectAbsences", "SendSms")]
    reserved = sum(
        client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions", 0)
        for name in names
        if name
    )
    yield decide_concurrency(
        quota=limit["ConcurrentExecutions"],
        unreserved=limit["UnreservedConcurrentExecutions"],
        still_needed=max(0, account.stage.reserved_concurrency - reserved),
    )


def decide_concurrency(*, quota: int, unreserved: int, still_needed: int) -> Answer:
    says = f"{unreserved} of {quota} are unreserved, and the stage reserves {still_needed} more"
    left = unreserved - still_needed
    if not still_needed or left >= KEPT_UNRESERVED:
        return right("Lambda's concurrency", says)
    if quota <= KEPT_UNRESERVED or left < 0:
        return wrong("Lambda's concurrency", says, _MORE_CONCURRENCY)
    says = f"{says}; AWS keeps {KEPT_UNRESERVED} unreserved, and fewer in some accounts"
    return not_known("Lambda's concurrency", says, _MORE_CONCURRENCY)


def ask_certificate(account: Account) -> Iterator[Answer]:
    domain = account.stage.link_domain
    if not domain:
        return
    acm = account.client("acm")
    found = unless_missing(lambda: acm.describe_certificate(CertificateArn=domain.certificate_arn))
    certificate = found["Certificate"] if found else {}
    names = (certificate.get("DomainName"), *certificate.get("SubjectAlternativeNames", ()))
    yield decide_certificate(domain, certificate.get("Status"), {name for name in names if name})


def decide_certificate(domain: LinkDomain, status: str | None, names: set[str]) -> Answer:
    page = "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"
    any_host = "*." + domain.name.partition(".")[2]
    if status is None:
        return wrong("certificate", f"{domain.certificate_arn} is missing", page)
    if not {domain.name, any_host} & names:
        return wrong("certificate", f"is for {', '.join(sorted(names))}, not {domain.name}", page)
    if status != "ISSUED":
        return wrong("certificate", f"of {domain.name} is {status}", page)
    return right("certificate", f"of {domain.name} is issued")
