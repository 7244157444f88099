"""Publishing: what is asked of SNS, and what each failure means."""

from decimal import Decimal

import boto3
import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.stub import Stubber

from send_sms.sms import ONE_ATTEMPT, PublishError, Sms, Verdict, classify

MOBILE = "+447700900123"
ENDPOINT = "http://sns.example"


@pytest.fixture
def sns() -> Stubber:
    client = boto3.client(
        "sns",
        region_name="eu-west-2",
        aws_access_key_id="none",
        aws_secret_access_key="none",  # noqa: S106 -- nothing is called
        config=ONE_ATTEMPT,
    )
    return Stubber(client)


def an_sms(sns: Stubber) -> Sms:
    return Sms(sns.client, sender_id="College", max_price_usd=Decimal("0.10"))


def test_a_text_is_transactional_with_sender_and_price_ceiling(sns: Stubber) -> None:
    expected = {
        "PhoneNumber": MOBILE,
        "Message": "words",
        "MessageAttributes": {
            "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
            "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "College"},
            "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": "0.10"},
        },
    }
    sns.add_response("publish", {"MessageId": "1-2-3"}, expected)
    with sns:
        assert an_sms(sns).publish(MOBILE, "words") == "1-2-3"


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": f"{MOBILE} is bad"}}, "Publish")


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (client_error("Throttling"), Verdict.NOT_SENT),
        (client_error("AccessDenied"), Verdict.NOT_SENT),
        (EndpointConnectionError(endpoint_url=ENDPOINT), Verdict.NOT_SENT),
        (ConnectTimeoutError(endpoint_url=ENDPOINT), Verdict.NOT_SENT),
        (client_error("InvalidParameter"), Verdict.REFUSED),
        (client_error("OptedOut"), Verdict.REFUSED),
        (client_error("InternalError"), Verdict.IN_DOUBT),
        (client_error("NeverHeardOf"), Verdict.IN_DOUBT),
        (ReadTimeoutError(endpoint_url=ENDPOINT), Verdict.IN_DOUBT),
        (ConnectionClosedError(endpoint_url=ENDPOINT), Verdict.IN_DOUBT),
    ],
)
def test_what_is_not_surely_unsent_is_in_doubt(
    error: ClientError | BotoCoreError, verdict: Verdict
) -> None:
    assert classify(error).verdict is verdict


def test_the_reason_never_quotes_the_phone_number(sns: Stubber) -> None:
    sns.add_client_error("publish", "InvalidParameter", f"{MOBILE} is not valid to publish to")
    with sns, pytest.raises(PublishError) as caught:
        an_sms(sns).publish(MOBILE, "words")
    assert MOBILE not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_publish_is_attempted_once(sns: Stubber) -> None:
    assert sns.client.meta.config.retries == {"total_max_attempts": 1, "mode": "standard"}
