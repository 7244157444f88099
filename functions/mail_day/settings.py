from datetime import time
from email.errors import MessageError
from email.headerregistry import Address
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer
from pydantic_settings import NoDecode

from absence_texts.settings import CollegeSettings, DatabaseSettings, PauseSettings


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _join(values: tuple[object, ...]) -> str:
    return ",".join(map(str, values))


def _join_times(times: tuple[time, ...]) -> str:
    return _join(tuple(f"{each:%H:%M}" for each in times))


def _mail_address(text: str) -> str:
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError) as error:
        raise ValueError(f"{text!r} is no mail address") from error
    # SES takes no other letters: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
    if not (address.username and "." in address.domain and text.isascii()):
        raise ValueError(f"{text!r} is no mail address")
    return text


# In the environment as text with commas; NoDecode keeps pydantic-settings from reading JSON.
type MailAddress = Annotated[str, AfterValidator(_mail_address)]
type _Addresses = Annotated[
    tuple[MailAddress, ...],
    NoDecode,
    BeforeValidator(_split),
    PlainSerializer(_join),
    # https://docs.aws.amazon.com/ses/latest/dg/quotas.html
    Field(min_length=1, max_length=50),
]
type _Times = Annotated[
    tuple[time, ...],
    NoDecode,
    BeforeValidator(_split),
    PlainSerializer(_join_times),
    Field(min_length=1),
]


class MailDaySettings(DatabaseSettings, CollegeSettings, PauseSettings):
    mail_from: MailAddress
    """The address that the mails come from. SES must have verified it, or its domain."""
    mail_to: _Addresses
    """Who gets the mails: `attendance@college.example,office@college.example`."""
    mail_times: _Times
    """The times of the college's day at which a mail is due: `11:45,15:30`."""
