"""The pages give the same figures as the alarms and as the values of stage live."""

import re

import pytest

from infra.job_queue import hidden_seconds
from infra.repository import ROOT
from infra.stages.stage import senders_at_once
from infra.stages.values import LIVE
from send_sms.back_off import LONGEST_WAIT_SECONDS
from tests.support.synthesized import Synthesized

_OF_THE_STAGE = {"500", "200"}
"""The limit of money and the number of connections in the test's stage: no page can know them."""


def test_each_figure_of_an_alarm_is_in_what_its_page_says_that_it_means(
    with_everything: Synthesized,
) -> None:
    for alarm in with_everything.all("AWS::CloudWatch::Alarm").values():
        description = alarm["AlarmDescription"]
        sentence, _, page = description.rpartition(" ")
        meaning = (ROOT / page).read_text().partition("## What to do")[0]
        figures = set(re.findall(r"\d+", sentence)) - _OF_THE_STAGE
        assert figures <= set(re.findall(r"\d+", meaning)), description


@pytest.mark.parametrize(
    ("page", "figure"),
    [
        # Lambda keeps 100 executions unreserved; detection and the senders reserve theirs.
        ("deploy.md", 1 + senders_at_once(LIVE.texts_per_second) + 100),
        ("runbooks/function-errors.md", hidden_seconds(LIVE.sender_timeout_seconds) // 60),
        ("runbooks/jobs-sent-back.md", LONGEST_WAIT_SECONDS // 60),
        ("runbooks/jobs-waiting.md", LONGEST_WAIT_SECONDS // 60),
    ],
)
def test_a_page_gives_the_figure_that_follows_from_lives_values(page: str, figure: int) -> None:
    assert re.search(rf"\b{figure}\b", (ROOT / "docs" / "operations" / page).read_text())
