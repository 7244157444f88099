"""The words of a text, and whether they fit one SMS."""

from collections.abc import Iterator
from datetime import datetime
from string import Formatter

from absence_texts.reference import read_reference

# https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/ (GSM 03.38): the basic alphabet takes
# one of a message's 160 places a character, the extension table two.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
ONE_SEGMENT = 160
FIELDS = frozenset({"reference", "time", "link"})


class MessageError(ValueError):
    """A template, or the text made from it, that can't go out as one SMS."""


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

    Raises MessageError for a character outside GSM-7, which would halve the room and more.
    """
    foreign = sorted(set(message) - _BASIC - _EXTENSION)
    if foreign:
        raise MessageError(f"{foreign} can't be sent in a plain (GSM-7) text: use other characters")
    return sum(2 if character in _EXTENSION else 1 for character in message)


def check_template(template: str, *, link: str, longest_reference: int) -> None:
    """Raise MessageError unless every text made from the template is complete and fits."""
    fields = set(_fields(template))
    if fields != FIELDS:
        raise MessageError(
            f"the template must use {sorted(FIELDS)} and no others, not {sorted(fields)}"
        )
    longest = "X" * longest_reference
    compose(template, reference=longest, starts_at=datetime.min, link=link)  # noqa: DTZ901


def _fields(template: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(template) if name is not None)
