"""An answer of `preflight`: right, wrong and how to mend it, or not known."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    RIGHT = "✓"
    WRONG = "✗"
    NOT_KNOWN = "?"


@dataclass(frozen=True, kw_only=True)
class Answer:
    sign: Sign
    subject: str
    says: str
    mend: str = ""
    """The command or the page that mends it."""


def right(subject: str, says: str) -> Answer:
    return Answer(sign=Sign.RIGHT, subject=subject, says=says)


def wrong(subject: str, says: str, mend: str) -> Answer:
    return Answer(sign=Sign.WRONG, subject=subject, says=says, mend=mend)


def not_known(subject: str, says: str, mend: str) -> Answer:
    return Answer(sign=Sign.NOT_KNOWN, subject=subject, says=says, mend=mend)
