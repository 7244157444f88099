"""The texts on the phones: all that MiniStack's SNS accepted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.loopback import fetch


@dataclass(frozen=True)
class Text:
    """One text as a phone shows it, and the attributes that SNS got with it."""

    mobile: str
    body: str
    sender: str
    message_id: str
    attributes: Mapping[str, str]


def texts(ministack_address: str) -> list[Text]:
    """Return every text so far, by phone; each phone's texts are in the order of their arrival."""
    reply = json.loads(fetch(f"{ministack_address}/_ministack/sns/sms-messages"))
    phones: dict[str, list[dict[str, Any]]] = reply["sms_messages"]
    return [_text(message) for messages in phones.values() for message in messages]


def _text(message: Mapping[str, Any]) -> Text:
    attributes = {
        name: str(attribute["StringValue"])
        for name, attribute in (message["MessageAttributes"] or {}).items()
    }
    return Text(
        mobile=message["PhoneNumber"],
        body=message["Message"],
        sender=attributes.get("AWS.SNS.SMS.SenderID", ""),
        message_id=message["MessageId"],
        attributes=attributes,
    )
