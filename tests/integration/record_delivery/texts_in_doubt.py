"""Texts whose sending ended without a word from SNS."""

from contextlib import suppress

from tests.support.college import College
from tests.support.runs import Phones, deliver, detect

MOBILE = "+447700900123"


class SenderKilledError(Exception):
    pass


class KilledPhones(Phones):
    """Takes a text and kills the sender before it hears of that."""

    def publish(self, mobile: str, message: str) -> str:
        super().publish(mobile, message)
        raise SenderKilledError


def absences(college: College, *mobiles: str) -> None:
    """Claim one text for each mobile."""
    for mobile in mobiles:
        _, guardian, _ = college.absence()
        college.change("guardians", f"guardian_id = {guardian}", mobile=mobile)
    detect(college)


def send_in_doubt(college: College, *times: str) -> None:
    """Send the texts, each at its time, without ever hearing from SNS."""
    for text, time in zip(college.texts(), times, strict=True):
        deliver(college, Phones.in_doubt(), time=time, text_id=text["id"])


def send_and_die(college: College) -> None:
    with suppress(SenderKilledError):
        deliver(college, KilledPhones(), time="11:31", text_id=college.texts()[0]["id"])


def states(college: College) -> list[str]:
    return [text["state"] for text in college.texts()]
