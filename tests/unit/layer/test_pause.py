"""The switch that pauses sending is seen at most five seconds late."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from aws_lambda_powertools.utilities.parameters.constants import DEFAULT_PROVIDERS

from absence_texts.parameter_store import PAUSE_SEEN_WITHIN_SECONDS, sending_is_paused
from absence_texts.settings import PauseSettings
from tests.support.runs import COMMON
from tests.support.sending_switch import age_cached_values, switched_on, turn

SETTINGS = PauseSettings.model_validate(COMMON)


@pytest.fixture(autouse=True)
def _switch() -> Iterator[None]:
    with switched_on():
        yield


def test_a_pause_is_seen_five_seconds_later_and_a_resume_too() -> None:
    assert not sending_is_paused(SETTINGS)
    for value in ("paused", "on"):
        turn(value)
        age_cached_values(PAUSE_SEEN_WITHIN_SECONDS)
        assert sending_is_paused(SETTINGS) == (value == "paused")


def test_within_five_seconds_it_is_not_asked_again() -> None:
    assert not sending_is_paused(SETTINGS)
    turn("paused")
    age_cached_values(PAUSE_SEEN_WITHIN_SECONDS - 2)
    assert not sending_is_paused(SETTINGS)
    assert PAUSE_SEEN_WITHIN_SECONDS == 5
    (kept,) = DEFAULT_PROVIDERS["ssm"].store.values()
    assert kept.ttl <= datetime.now() + timedelta(seconds=5)  # noqa: DTZ005 (Powertools' own)


def test_a_mistyped_switch_is_no_permission_to_send() -> None:
    turn("onn")
    with pytest.raises(Exception, match="neither on nor paused"):
        sending_is_paused(SETTINGS)
