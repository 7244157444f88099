"""Reads one secret from Secrets Manager, without boto3.

Importing boto3 takes longer than the whole rest of a cold start; one signed request takes these
few lines. docs/decisions/0020-the-secret-without-boto3.md
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

_SERVICE = "secretsmanager"
_CONTENT_TYPE = "application/x-amz-json-1.1"
_TARGET = "secretsmanager.GetSecretValue"


class SecretUnavailableError(Exception):
    """Secrets Manager answered, but not with the secret; `code` says what it answered."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class AwsAccess:
    """What Lambda puts into every function's environment."""

    region: str
    access_key_id: str
    secret_access_key: str
    session_token: str | None
    endpoint: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "AwsAccess":
        region = environment["AWS_REGION"]
        return cls(
            region=region,
            access_key_id=environment["AWS_ACCESS_KEY_ID"],
            secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            session_token=environment.get("AWS_SESSION_TOKEN"),
            endpoint=environment.get("AWS_ENDPOINT_URL_SECRETS_MANAGER")
            or environment.get("AWS_ENDPOINT_URL")
            or f"https://{_SERVICE}.{region}.amazonaws.com",
        )


def fetch_secret(access: AwsAccess, secret_id: str, *, timeout: float) -> str:
    """Return the secret's text. Raises SecretUnavailableError, or OSError without an answer."""
    body = json.dumps({"SecretId": secret_id}).encode()
    headers = signed_headers(access, body, datetime.now(UTC))
    endpoint = urlsplit(access.endpoint)
    scheme = HTTPSConnection if endpoint.scheme == "https" else HTTPConnection
    connection = scheme(endpoint.hostname or "", endpoint.port, timeout=timeout)
    try:
        connection.request("POST", "/", body, headers)
        reply = connection.getresponse()
        answer = json.loads(reply.read())
    finally:
        connection.close()
    if reply.status != HTTPStatus.OK:
        raise SecretUnavailableError(str(answer.get("__type", reply.status)))
    return str(answer["SecretString"])


def signed_headers(access: AwsAccess, body: bytes, moment: datetime) -> dict[str, str]:
    """Sign a GetSecretValue request.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    """
    timestamp = moment.strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "content-type": _CONTENT_TYPE,
        "host": urlsplit(access.endpoint).netloc,
        "x-amz-date": timestamp,
        "x-amz-target": _TARGET,
    }
    if access.session_token:
        headers["x-amz-security-token"] = access.session_token
    names = ";".join(sorted(headers))
    listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{listed}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = (timestamp[:8], access.region, _SERVICE, "aws4_request")
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"AWS4-HMAC-SHA256\n{timestamp}\n{'/'.join(scope)}\n{digest}"
    signature = _hmac(_signing_key(access.secret_access_key, scope), to_sign).hex()
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={access.access_key_id}/{'/'.join(scope)}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return headers | {"authorization": authorization}


def _signing_key(secret_access_key: str, scope: tuple[str, ...]) -> bytes:
    key = f"AWS4{secret_access_key}".encode()
    for part in scope:
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
