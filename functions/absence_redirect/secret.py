"""Reads one secret from Secrets Manager, without boto3.

Importing boto3 takes longer than the rest of a cold start, and one signed request is a few lines.
docs/decisions/0016-the-links-start.md
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from absence_redirect.aws import SECRETS_MANAGER, AwsAccess, ask

_CONTENT_TYPE = "application/x-amz-json-1.1"
_TARGET = f"{SECRETS_MANAGER}.GetSecretValue"


def fetch_secret(access: AwsAccess, secret_id: str, *, timeout: float) -> str:
    """Return the secret's text.

    Raises what `ask` raises, and KeyError for a secret that is not text.
    """
    body = json.dumps({"SecretId": secret_id}).encode()
    headers = signed_headers(access, body, datetime.now(UTC))
    return str(ask("POST", access.endpoint, headers, body, timeout=timeout)["SecretString"])


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
    if access.keys.session_token:
        headers["x-amz-security-token"] = access.keys.session_token
    names = ";".join(sorted(headers))
    listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{listed}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    scope = (timestamp[:8], access.region, SECRETS_MANAGER, "aws4_request")
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"AWS4-HMAC-SHA256\n{timestamp}\n{'/'.join(scope)}\n{digest}"
    signature = _hmac(_signing_key(access.keys.secret_access_key, scope), to_sign).hex()
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={access.keys.access_key_id}/{'/'.join(scope)}, "
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
