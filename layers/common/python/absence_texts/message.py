"""The words of a text, and whether they fit one SMS that shows one link."""

import re
from collections.abc import Iterator
from datetime import datetime
from string import Formatter
from typing import NamedTuple

from absence_texts.reference import read_reference

# https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/ (GSM 03.38): a character of the basic
# alphabet takes one of a message's 160 places, one of the extension table takes two.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
ONE_SEGMENT = 160
FIELDS = frozenset({"reference", "time", "link"})
_A_FIELD = "X"
"""Stands for a field's value, which begins and ends with a letter or digit."""
# What a phone takes for another link: https://a.example, a.example, me@a.example, and `today.To`.
_LIKE_A_LINK = re.compile(r"://|www\.|[a-z0-9]\.[a-z]{2}", re.IGNORECASE)
_ONE_TAPPABLE_LINK = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/=_-]")


class MessageError(ValueError):
    """A template, a link or a text that can't go out as one SMS with one link."""


def compose(template: str, *, reference: str, starts_at: datetime, link: str) -> str:
    """Fill in the template; the time is the lesson's start on the college's wall clock.

    Raises MessageError when the result takes more than one GSM-7 segment.
    """
    message = template.format(
        reference=read_reference(reference), time=f"{starts_at:%H:%M}", link=link
    )
    places = gsm7_length(message)
    if places > ONE_SEGMENT:
        raise MessageError(f"the text takes {places} of {ONE_SEGMENT} places: shorten the template")
    return message


def gsm7_length(message: str) -> int:
    """Return how many of a segment's 160 places the message takes.

    Raises MessageError for a character outside GSM-7: with one, a segment has only 70 places.
    """
    foreign = sorted(set(message) - _BASIC - _EXTENSION)
    if foreign:
        raise MessageError(f"{foreign} can't be sent in a plain (GSM-7) text: use other characters")
    return sum(2 if character in _EXTENSION else 1 for character in message)


def check_template(template: str, *, link: str, longest_reference: int) -> None:
    """Check that every text made from the template is complete, fits, and shows one tappable link.

    Raises MessageError.
    """
    _check_fields(template)
    _check_link(template, link)
    longest = "X" * longest_reference
    compose(template, reference=longest, starts_at=datetime.min, link=link)  # noqa: DTZ901


def _check_fields(template: str) -> None:
    """Allow each field by its bare name, once, and with no letter, digit or field touching it."""
    try:
        fields = list(_fields(template))
    except ValueError as error:
        raise MessageError(f"the template can't be read: {error}") from error
    if sorted(field.written for field in fields) != sorted(FIELDS):
        raise MessageError(
            f"the template must use each of {sorted(FIELDS)} once, without a format, and no others"
        )
    for field in fields:
        if field.before.isalnum() or field.after.isalnum():
            raise MessageError(f"{{{field.written}}} touches what is beside it: put a space there")


def _check_link(template: str, link: str) -> None:
    """Allow only spaces and line ends beside the link: a phone may take anything else for it."""
    (field,) = (field for field in _fields(template) if field.written == "link")
    if field.before.strip() or field.after.strip():
        raise MessageError("{link} must have a space, or nothing, before it and after it")
    if _LIKE_A_LINK.search(template):
        raise MessageError(
            "the template holds a second link: leave out all but {link}, and put a space after"
            " each full stop"
        )
    if not _ONE_TAPPABLE_LINK.fullmatch(link):
        raise MessageError(
            f"the link {link} can't be tapped as a whole: use plain letters, digits and signs of an"
            " address, and no punctuation at its end"
        )


class _Field(NamedTuple):
    written: str
    """As in the template: `time`, and `reference:.3` or `time!r` too."""
    before: str
    """The character directly before it; empty at the template's start."""
    after: str


def _fields(template: str) -> Iterator[_Field]:
    """Yield the template's fields; raises ValueError for a template that is none."""
    parts = list(Formatter().parse(template))
    shown = "".join(text + (_A_FIELD if name is not None else "") for text, name, *_ in parts)
    place = 0
    for text, name, form, conversion in parts:
        place += len(text)
        if name is None:
            continue
        written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        yield _Field(written, shown[:place][-1:], shown[place + 1 :][:1])
        place += 1
