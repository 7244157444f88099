"""The mails to staff: all that MiniStack's SES accepted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local import ministack
from local.loopback import fetch


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail as its readers see it. MiniStack does not keep attachments."""

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str


def verify(ministack_address: str, sender: str) -> None:
    """Let SES send from an address, as ops do once on AWS."""
    ses = ministack.session().client("sesv2", endpoint_url=ministack_address)
    ses.create_email_identity(EmailIdentity=sender)


def mails(ministack_address: str) -> list[Mail]:
    """Return every mail so far, in the order of their arrival."""
    reply = json.loads(fetch(f"{ministack_address}/_ministack/ses/messages"))
    accounts: dict[str, list[dict[str, Any]]] = reply["messages"]
    return [_mail(record) for records in accounts.values() for record in records]


def _mail(record: Mapping[str, Any]) -> Mail:
    return Mail(
        sender=record["Source"],
        to=tuple(record["To"]),
        subject=record["Subject"],
        text=record["BodyText"],
        html=record["BodyHtml"] or "",
    )
