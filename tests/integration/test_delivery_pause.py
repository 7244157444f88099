"""How many texts still leave once ops have paused sending, on the sender's own code and cache."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from absence_texts.ledger import State
from absence_texts.parameter_store import PAUSE_SEEN_WITHIN_SECONDS, sending_is_paused
from absence_texts.source import find_source
from send_sms.delivery import Delivery
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from tests.support.college import College, at
from tests.support.registers import NOTHING_IS_HELD
from tests.support.runs import COMMON, Phones, detect
from tests.support.sending_switch import age_cached_values, switched_on, turn

TEXTS = 80
SETTINGS = SendSmsSettings.model_validate(
    COMMON | {"sender_id": "College", "accept_fictional_mobiles": True}
)


@dataclass
class PassingTime:
    """Time that passes only while a sender waits; the parameter's cached value ages with it."""

    seconds: float = 0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        age_cached_values(seconds)


@pytest.fixture(autouse=True)
def _switch() -> Iterator[None]:
    with switched_on():
        yield


def test_a_sender_sends_five_seconds_worth_of_texts_after_a_pause_and_no_more(
    college: College,
) -> None:
    for _ in range(TEXTS):
        college.absence()
    detect(college, limits=NOTHING_IS_HELD)
    time, phones = PassingTime(), Phones()
    sender = Delivery(
        database=college.database,
        source=find_source(college.database, None),
        settings=SETTINGS,
        sms=phones,
        now=lambda: at("11:31"),
        is_paused=lambda: sending_is_paused(SETTINGS),
        pace=Pace(SETTINGS.seconds_between_texts, clock=time.now, sleep=time.sleep),
    )
    first, *others = (text["id"] for text in college.texts())
    assert sender.deliver(first) == State.SENT
    turn("paused")
    outcomes = [sender.deliver(text_id) for text_id in others]
    worth = PAUSE_SEEN_WITHIN_SECONDS / SETTINGS.seconds_between_texts
    assert 0 < outcomes.count(State.SENT) <= worth
    assert outcomes.count(State.SENT) + outcomes.count(State.PENDING) == TEXTS - 1
