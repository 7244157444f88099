"""The secrets with the database's logins, by name; no value is printed."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from absence_texts.database import Credentials, SecretError
from infra.stages.stage import Stage
from ops.preflight.account import Account
from ops.preflight.answer import Answer, right, wrong

_PAGE = "docs/operations/deploy.md: The secrets"
_MISSING = "ResourceNotFoundException"
# So AWS answers for a secret that waits for its deletion.
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
_MARKED_FOR_DELETION = "InvalidRequestException"


def ask_secrets(account: Account) -> Iterator[Answer]:
    client, stage = account.client("secretsmanager"), account.stage
    for name in secret_names(stage):
        made_by_stack = stage.trial_database is not None and not account.is_deployed
        if made_by_stack:
            yield decide_name_of_a_trial(name, error=_read(client, name)[1])
        else:
            yield decide_secret(name, *_read(client, name))


def secret_names(stage: Stage) -> list[str]:
    return [stage.database_secret_name, *stage.own_secret_names.values()]


def _read(client: Any, name: str) -> tuple[str | None, str | None]:  # noqa: ANN401 (boto3's)
    """Return what the secret holds, or else AWS's error code; raises ClientError for others."""
    try:
        return client.get_secret_value(SecretId=name).get("SecretString", ""), None
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in {_MISSING, _MARKED_FOR_DELETION}:
            return None, code
        raise


def decide_secret(name: str, value: str | None, error: str | None) -> Answer:
    subject = f"secret {name}"
    if error == _MARKED_FOR_DELETION:
        says = "is marked for deletion"
        return wrong(subject, says, f"aws secretsmanager restore-secret --secret-id {name}")
    if value is None:
        return wrong(subject, "is missing", _PAGE)
    try:
        Credentials.from_secret(value)
    except SecretError as refusal:
        mend = f"aws secretsmanager put-secret-value --secret-id {name} --secret-string file://…"
        return wrong(subject, str(refusal), mend)
    return right(subject, "has the keys that a login needs")


def decide_name_of_a_trial(name: str, *, error: str | None) -> Answer:
    """Say whether the stack can make the secret of a trial's database."""
    subject = f"secret {name}"
    if error == _MISSING:
        return right(subject, "its name is free, and the deployment makes it")
    mend = f"aws secretsmanager delete-secret --force-delete-without-recovery --secret-id {name}"
    return wrong(subject, "an earlier trial left it, and the deployment would fail", mend)
