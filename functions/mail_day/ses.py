"""Sends a mail by Amazon SES."""

from collections.abc import Mapping
from typing import Any, Protocol

import boto3
from botocore.config import Config

from mail_day.settings import MailDaySettings

# A mail that may have left is not sent again at once. The next call sends it if this one failed.
_ONE_ATTEMPT = Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 1})


class SesClient(Protocol):
    """The part of the client of SES's second API that is used here."""

    def send_email(self, **request: Any) -> Mapping[str, Any]: ...  # noqa: ANN401 (AWS's own)


def make_ses_client() -> SesClient:
    client: SesClient = boto3.client("sesv2", config=_ONE_ATTEMPT)
    return client


def send(ses: SesClient, settings: MailDaySettings, message: bytes) -> None:
    """Send to everybody at once; raises botocore's errors.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
    """
    ses.send_email(
        FromEmailAddress=settings.mail_from,
        Destination={"ToAddresses": list(settings.mail_to)},
        Content={"Raw": {"Data": message}},
    )
