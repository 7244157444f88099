"""docs/delivery.md tells the states, the faults and the settings that there are."""

import re
from pathlib import Path

import pytest

from absence_texts.ledger import TRANSITIONS, State
from absence_texts.settings import (
    DatabaseSettings,
    MessageSettings,
    PauseSettings,
    QueueSettings,
)
from send_sms.settings import SendSmsSettings
from tests.support.faults import Fault

DOCUMENT = (Path(__file__).parents[3] / "docs" / "delivery.md").read_text()
_SHARED = (
    DatabaseSettings.model_fields.keys()
    | MessageSettings.model_fields.keys()
    | PauseSettings.model_fields.keys()
    | QueueSettings.model_fields.keys()
)


def test_the_diagram_shows_every_transition_and_no_other() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+): \S", DOCUMENT, re.MULTILINE)
    allowed = [(source, to) for to, sources in TRANSITIONS.items() for source in sources]
    assert sorted(drawn) == sorted((source.value, to.value) for source, to in allowed)


def test_a_text_enters_the_diagram_as_it_enters_the_ledger() -> None:
    assert re.findall(r"\[\*\] --> (\w+)", DOCUMENT) == [State.PENDING]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_that_is_tried_has_its_row(fault: Fault) -> None:
    assert re.search(rf"^\| `{fault}`", DOCUMENT, re.MULTILINE)


@pytest.mark.parametrize("setting", sorted(SendSmsSettings.model_fields.keys() - _SHARED))
def test_every_setting_of_the_sender_has_its_row(setting: str) -> None:
    assert re.search(rf"^\| .*`{setting}`.* \|", DOCUMENT, re.MULTILINE)
