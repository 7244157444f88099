"""The secret is read without boto3, by a request signed as botocore signs it."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from absence_redirect.aws import AwsAccess, AwsRefusalError, Keys, find_access
from absence_redirect.secret import fetch_secret, signed_headers
from tests.support.loopback_server import Handler, listening

GIVEN = {
    "AWS_REGION": "eu-west-2",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "FwoGZXIvYXdzEBYaDO==",
}
SECRET = "absence-texts/live/database"  # noqa: S105 (its name)
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)


def botocores_headers(access: AwsAccess, body: bytes, moment: datetime) -> dict[str, str]:
    """Sign as botocore does at that moment, which it reads from the request's context."""
    ours = signed_headers(access, body, moment)
    unsigned = {name: ours[name] for name in ("content-type", "host", "x-amz-date", "x-amz-target")}
    if access.keys.session_token:
        unsigned["x-amz-security-token"] = access.keys.session_token
    request = AWSRequest("POST", f"{access.endpoint}/", headers=unsigned, data=body)
    request.context["timestamp"] = ours["x-amz-date"]
    credentials = Credentials(*access.keys)
    signer = SigV4Auth(credentials, "secretsmanager", access.region)
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return unsigned | {"authorization": authorization}


@given(
    key_id=WORDS,
    key=WORDS,
    token=st.none() | WORDS,
    region=st.sampled_from(["eu-west-2", "us-gov-west-1"]),
    host=st.sampled_from(["secretsmanager.eu-west-2.amazonaws.com", "127.0.0.1:4566"]),
    body=st.binary(),
    moment=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),
)
def test_the_signature_is_the_one_that_botocore_makes(
    *,
    key_id: str,
    key: str,
    token: str | None,
    region: str,
    host: str,
    body: bytes,
    moment: datetime,
) -> None:
    access = AwsAccess(region, f"https://{host}", Keys(key_id, key, token))
    assert signed_headers(access, body, moment) == botocores_headers(access, body, moment)


@pytest.mark.parametrize(
    ("variables", "endpoint"),
    [
        ({}, "https://secretsmanager.eu-west-2.amazonaws.com"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}, "http://127.0.0.1:4566"),
        (
            {
                "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
                "AWS_ENDPOINT_URL_SECRETS_MANAGER": "https://vpce.example",
            },
            "https://vpce.example",
        ),
    ],
)
def test_the_endpoint_is_found_as_the_aws_sdks_find_it(
    variables: dict[str, str], endpoint: str
) -> None:
    assert find_access(GIVEN | variables, timeout=1).endpoint == endpoint


@contextmanager
def secrets_manager(status: int, answer: dict[str, str]) -> Iterator[AwsAccess]:
    """Answer as Secrets Manager would, on this machine."""

    class Answering(Handler):
        def do_POST(self) -> None:
            is_asked_rightly = json.loads(self.read_body()) == {"SecretId": SECRET}
            self.answer(status if is_asked_rightly else 500, json.dumps(answer).encode())

    with listening(Answering) as endpoint:
        yield find_access(GIVEN | {"AWS_ENDPOINT_URL": endpoint}, timeout=1)


def test_the_secrets_text_is_returned() -> None:
    with secrets_manager(200, {"SecretString": '{"host": "db"}'}) as access:
        text = fetch_secret(access, SECRET, timeout=1)
    assert text == '{"host": "db"}'


def test_a_refusal_is_told_by_its_code() -> None:
    refusal = {"__type": "AccessDeniedException", "Message": "… is not authorized"}
    with (
        secrets_manager(400, refusal) as access,
        pytest.raises(AwsRefusalError, match=r"^AccessDeniedException$"),
    ):
        fetch_secret(access, SECRET, timeout=1)


def test_a_secrets_manager_that_hangs_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = f"http://127.0.0.1:{server.getsockname()[1]}"
        access = find_access(GIVEN | {"AWS_ENDPOINT_URL": endpoint}, timeout=1)
        with pytest.raises(TimeoutError):
            fetch_secret(access, SECRET, timeout=0.05)
