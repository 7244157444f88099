"""Sends one text. Only `sns.py` knows which service does it."""

from enum import StrEnum
from typing import Protocol

LONGEST_DELIVERY_SECONDS = 10
"""A publish at its slowest, 8 s, and what a database takes that answers.

A slower database may leave the text in doubt; the text is never sent twice because of it.
"""


class Verdict(StrEnum):
    """What is known of a text after a publish that did not succeed."""

    NOT_SENT = "not_sent"
    """It certainly was not sent, and another try may succeed."""
    REFUSED = "refused"
    """It certainly was not sent, and never will be."""
    IN_DOUBT = "in_doubt"
    """It may have been sent: only a receipt can tell."""


class PublishError(Exception):
    """A publish that did not succeed: the verdict on its text, and the provider's code for it.

    Never the provider's message, because it may quote the phone number.
    """

    def __init__(self, verdict: Verdict, reason: str) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict = verdict
        self.reason = reason


class Publisher(Protocol):
    def publish(self, mobile: str, message: str) -> str:
        """Send one text to an E.164 number, and return the id under which the provider took it.

        Makes one attempt; raises PublishError.
        """
        ...
