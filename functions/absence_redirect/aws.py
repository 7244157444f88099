"""Asks AWS over plain HTTP, with the credentials that Lambda gives the function."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

SECRETS_MANAGER = "secretsmanager"


class AwsRefusalError(Exception):
    """AWS refused a request; `code` is its name for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Keys(NamedTuple):
    access_key_id: str
    secret_access_key: str
    session_token: str | None


@dataclass(frozen=True)
class AwsAccess:
    region: str
    endpoint: str
    keys: Keys


def find_access(environment: Mapping[str, str], *, timeout: float) -> AwsAccess:
    """Return how to reach Secrets Manager now; the keys expire, so ask before each use.

    Raises KeyError if Lambda's own variables are missing, and what `ask` raises.
    """
    region = environment["AWS_REGION"]
    endpoint = (
        environment.get("AWS_ENDPOINT_URL_SECRETS_MANAGER")
        or environment.get("AWS_ENDPOINT_URL")
        or f"https://{SECRETS_MANAGER}.{region}.amazonaws.com"
    )
    return AwsAccess(region, endpoint, _find_keys(environment, timeout=timeout))


def _find_keys(environment: Mapping[str, str], *, timeout: float) -> Keys:
    # A function that started from a snapshot gets its keys from an address: the keys in its
    # environment would date from its deployment.
    # https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials
    address = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if address:
        headers = {"Authorization": environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]}
        given = ask("GET", address, headers, timeout=timeout)
        return Keys(given["AccessKeyId"], given["SecretAccessKey"], given["Token"])
    return Keys(
        environment["AWS_ACCESS_KEY_ID"],
        environment["AWS_SECRET_ACCESS_KEY"],
        environment.get("AWS_SESSION_TOKEN"),
    )


def ask(
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    *,
    timeout: float,
) -> Mapping[str, Any]:
    """Return the JSON answer.

    Raises AwsRefusalError for any status but 200, and OSError or HTTPException if no answer comes.
    """
    parts = urlsplit(address)
    scheme = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = scheme(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request(method, parts.path or "/", body, headers)
        reply = connection.getresponse()
        text = reply.read()
    finally:
        connection.close()
    if reply.status != HTTPStatus.OK:
        raise AwsRefusalError(_type(text) or str(reply.status))
    answer: dict[str, Any] = json.loads(text)
    return answer


def _type(refusal: bytes) -> str:
    try:
        return str(json.loads(refusal)["__type"])
    except (ValueError, LookupError, TypeError):
        return ""
