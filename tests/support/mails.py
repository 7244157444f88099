"""A mail about the day, as the mailer composes it and as a mail program reads it."""

import csv
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Self

from absence_texts.parameter_store import Sending, Switch
from mail_day.run import send_what_is_due
from mail_day.settings import MailDaySettings
from tests.support.college import College, at
from tests.support.runs import COMMON

SENDER = "absence-texts@college.example"
STAFF = ("attendance@college.example", "office@college.example")
MAIL = {"mail_from": SENDER, "mail_to": ",".join(STAFF), "mail_times": "11:45,15:30"}


@dataclass(frozen=True, kw_only=True)
class ReadMail:
    sent: bytes
    headers: EmailMessage
    text: str
    html: str
    rows: tuple[dict[str, str], ...]
    """Of the attached spreadsheet."""

    @classmethod
    def read(cls, sent: bytes) -> Self:
        message = message_from_bytes(sent, policy=modern)
        assert isinstance(message, EmailMessage)
        text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
        assert text
        assert html
        attached = [each.get_content() for each in message.iter_attachments()]
        lines = attached[0].removeprefix("\ufeff").splitlines() if attached else []
        return cls(
            sent=sent,
            headers=message,
            text=text.get_content(),
            html=html.get_content(),
            rows=tuple(csv.DictReader(lines)),
        )

    @property
    def subject(self) -> str:
        return str(self.headers["Subject"])


def settings(**changed: str) -> MailDaySettings:
    return MailDaySettings.model_validate(COMMON | MAIL | changed)


def switch(value: str = Sending.ON, since: str = "08:00") -> Switch:
    return Switch(value=value, changed_at=at(since).instant)


def mails_at(
    time: str, college: College, *, switched: Switch | None = None, **changed: str
) -> list[ReadMail]:
    """Return what one call of the mailer sends as of a time of the sample day."""
    sent: list[bytes] = []
    send_what_is_due(
        college.database,
        settings(**changed),
        at(time),
        read_switch=lambda: switched or switch(),
        send=sent.append,
    )
    return [ReadMail.read(each) for each in sent]
