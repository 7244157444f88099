"""Connections to SNS: kept within an invocation, never from one to the next."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING

import boto3
import pytest

from send_sms.sms import PublishError
from send_sms.sns import SnsPublisher, make_sns_client
from tests.support.faults import Fault
from tests.support.sns_stand_in import SnsStandIn, nobody_listening, running_sns

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@pytest.fixture
def sns() -> Iterator[SnsStandIn]:
    with running_sns() as sns:
        yield sns


@pytest.fixture
def sms(sns: SnsStandIn) -> Iterator[SnsPublisher]:
    with closing(make_sns_client(endpoint_url=sns.endpoint_url)) as client:
        yield an_sms(client)


def an_sms(client: "SNSClient") -> SnsPublisher:
    return SnsPublisher(client, sender_id="College", max_price_usd=Decimal("0.10"))


def test_one_connection_serves_an_invocation_and_none_outlives_it(
    sns: SnsStandIn, sms: SnsPublisher
) -> None:
    for _ in range(2):
        sms.publish("+447700900123", "words")
    assert sns.connections == 1
    sms.close_idle_connections()
    sms.publish("+447700900123", "words")
    assert (sns.connections, len(sns.accepted)) == (2, 3)


def test_a_text_that_found_no_way_to_sns_certainly_was_not_sent() -> None:
    with nobody_listening() as refusing:
        for address in (refusing, "http://no-such-name.invalid"):
            with (
                closing(make_sns_client(endpoint_url=address)) as client,
                pytest.raises(PublishError, match="not_sent: EndpointConnectionError"),
            ):
                an_sms(client).publish("+447700900123", "words")


def test_a_text_that_could_not_be_signed_certainly_was_not_sent(
    sns: SnsStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with (
        closing(make_sns_client(endpoint_url=sns.endpoint_url)) as client,
        pytest.raises(PublishError, match="not_sent: NoCredentialsError"),
    ):
        an_sms(client).publish("+447700900123", "words")
    assert sns.accepted == []


@pytest.mark.parametrize(
    ("fault", "verdict", "accepted"),
    [
        (Fault.ANSWER_LOST, "in_doubt", 1),
        (Fault.CONNECTION_LOST, "in_doubt", 0),
        (Fault.ACCEPTED_THEN_500, "in_doubt", 1),
        (Fault.ANSWERS_500, "in_doubt", 0),
        (Fault.THROTTLED, "not_sent", 0),
        (Fault.INVALID_NUMBER, "refused", 0),
        (Fault.OPTED_OUT, "refused", 0),
    ],
)
def test_a_failure_on_the_wire_is_judged_by_what_it_can_mean(
    sns: SnsStandIn, sms: SnsPublisher, fault: Fault, verdict: str, accepted: int
) -> None:
    sns.next_fault = fault
    with pytest.raises(PublishError, match=verdict):
        sms.publish("+447700900123", "words")
    assert len(sns.accepted) == accepted
