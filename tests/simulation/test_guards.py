"""Each guard is needed: if one is missing, the simulator finds a broken promise."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

import pytest
from botocore.config import Config

from absence_texts.clock import CollegeTime
from absence_texts.database import Credentials
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import ANY_STATE, State, move
from absence_texts.pastoral_log import log_text_sent
from send_sms.claimed_text import ClaimedText
from send_sms.delivery import Delivery
from tests.simulation.paths import not_in_model
from tests.simulation.simulation import Simulator, running_simulator
from tests.support.faults import Fault, NoFaults, OneFault

STEPS = 60
ENOUGH_SEEDS = 150

type Running = Callable[..., AbstractContextManager[Simulator]]


@dataclass(frozen=True, kw_only=True)
class WithoutClaim(Delivery):
    """Publishes first and claims afterwards."""

    mobiles: dict[AbsenceTextId, tuple[str, str]] = field(default_factory=dict)

    def _claim(self, text: ClaimedText, mobile: str, message: str, _moment: CollegeTime) -> bool:
        self.mobiles[text.id] = (mobile, message)
        return True

    def _record_sent(self, text: ClaimedText, message_id: str) -> None:
        super()._claim(text, *self.mobiles[text.id], self.now())
        super()._record_sent(text, message_id)


class WithoutSharedPhone(Delivery):
    """Stores another recipient for each text, as if no two guardians had one phone."""

    def _claim(self, text: ClaimedText, mobile: str, message: str, moment: CollegeTime) -> bool:
        return super()._claim(text, f"{mobile} {text.id}", message, moment)


class WithoutLastCheck(Delivery):
    def _obstacle(self, _text: ClaimedText, _moment: CollegeTime) -> None:
        return None


class WithoutTransaction(Delivery):
    def _record_sent(self, text: ClaimedText, message_id: str) -> None:
        moment = self.now()
        ids = [text.id]
        move(self.database, ids, State.SENT, moment, ANY_STATE, provider_message_id=message_id)
        log_text_sent(self.database, text.id, moment)


SEVERAL_ATTEMPTS = Config(retries={"total_max_attempts": 2, "mode": "standard"})


@pytest.fixture
def running(server: Credentials) -> Running:
    return partial(running_simulator, server)


def any_day_breaks(simulator: Simulator, promise: str) -> bool:
    """Kill at each step of a plain day, then simulate random days, until the promise is broken."""
    kills = (simulator.run_script(OneFault(step, Fault.KILLED)) for step in range(STEPS))
    days = (simulator.run_seed(seed) for seed in range(ENOUGH_SEEDS))
    return any(
        re.search(promise, broken) for result in chain(kills, days) for broken in result.broken
    )


@pytest.mark.parametrize(
    ("delivery", "promise"),
    [
        pytest.param(WithoutClaim, r"got \d texts about", id="claim before publish"),
        pytest.param(WithoutSharedPhone, r"a phone got \d texts", id="one text a phone"),
        pytest.param(WithoutLastCheck, "left although", id="last check"),
        pytest.param(WithoutTransaction, r"was sent, but its logs are \[\]", id="transaction"),
    ],
)
def test_without_a_guard_a_promise_is_broken(
    running: Running, delivery: type[Delivery], promise: str
) -> None:
    with running(delivery=delivery) as simulator:
        assert any_day_breaks(simulator, promise)


def test_with_botocores_own_retries_a_text_is_sent_twice(running: Running) -> None:
    with running(sns_config=SEVERAL_ATTEMPTS) as simulator:
        assert any_day_breaks(simulator, "got 2 texts about")


def test_a_text_that_is_sent_before_its_log_is_no_path_of_the_model(running: Running) -> None:
    with running(delivery=WithoutTransaction) as simulator:
        assert not_in_model(simulator.run_script(NoFaults()).row_changes)
