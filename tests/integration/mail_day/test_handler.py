"""The handler, with moto for SES, the switch and the secret."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends

from absence_texts.database import Credentials, Database
from tests.support.aws_account import aws_account
from tests.support.college import College
from tests.support.lambda_runtime import REGION, Context, Handler, a_cold_start
from tests.support.mails import MAIL, SENDER, STAFF


@pytest.fixture
def handler(credentials: Credentials, monkeypatch: pytest.MonkeyPatch) -> Iterator[Handler]:
    """Return the handler of a stage whose only mail is due at 11:30. It is 11:40."""
    for name, value in (MAIL | {"mail_times": "11:30"}).items():
        monkeypatch.setenv(name.upper(), value)
    with aws_account(credentials, monkeypatch):
        boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
        yield a_cold_start("mail_day")


def sent() -> list[Any]:
    """Return moto's own records: SES does not tell what it has sent."""
    return sesv2_backends[DEFAULT_ACCOUNT_ID][REGION].core_backend.sent_messages


def test_the_schedules_call_sends_the_mail_that_is_due(
    database: Database, handler: Handler
) -> None:
    College.of_today(database).absence()
    answers = [handler({}, Context()) for _ in range(2)]
    assert answers == [{"mailed": 1, "mails_on_time": 1}, {"mailed": 0, "mails_on_time": 1}]
    (message,) = sent()
    assert message.source == SENDER
    assert set(message.destinations) == {*STAFF}


def test_a_person_gets_a_mail_at_once(handler: Handler) -> None:
    assert handler({"mail": "now"}, Context()) == {"mailed": 1}
    assert len(sent()) == 1
