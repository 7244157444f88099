"""Publishing: what is asked of SNS, and what each failure means."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.stub import Stubber

from send_sms.sms import PublishError, Verdict
from send_sms.sns import SnsPublisher, classify, make_sns_client

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

MOBILE = "+447700900123"
ENDPOINT = "http://sns.example"


@pytest.fixture
def client() -> "SNSClient":
    # The tests' environment has credentials that no account would accept.
    return make_sns_client()


@pytest.fixture
def sns(client: "SNSClient") -> Stubber:
    return Stubber(client)


def an_sms(client: "SNSClient") -> SnsPublisher:
    return SnsPublisher(client, sender_id="College", max_price_usd=Decimal("0.10"))


def test_a_text_is_transactional_with_sender_and_price_ceiling(
    client: "SNSClient", sns: Stubber
) -> None:
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
        assert an_sms(client).publish(MOBILE, "words") == "1-2-3"


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
def test_what_is_not_certainly_unsent_is_in_doubt(
    error: ClientError | BotoCoreError, verdict: Verdict
) -> None:
    assert classify(error).verdict is verdict


def test_the_reason_never_quotes_the_phone_number(client: "SNSClient", sns: Stubber) -> None:
    sns.add_client_error("publish", "InvalidParameter", f"{MOBILE} is not valid to publish to")
    with sns, pytest.raises(PublishError) as caught:
        an_sms(client).publish(MOBILE, "words")
    assert MOBILE not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_publish_is_posted_once_whatever_comes_of_it(client: "SNSClient") -> None:
    posts: list[str] = []
    client.meta.events.register("before-send.sns.Publish", broken_connection_after(posts))
    with pytest.raises(PublishError, match="in_doubt"):
        an_sms(client).publish(MOBILE, "words")
    assert len(posts) == 1


def broken_connection_after(posts: list[str]) -> Callable[..., None]:
    def break_connection(request: AWSPreparedRequest, **_: object) -> None:
        posts.append(request.url)
        raise ConnectionClosedError(endpoint_url=ENDPOINT)

    return break_connection
