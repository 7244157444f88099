"""A runbook gives the same figures as the sentence of its alarm."""

import re

from infra.repository import ROOT
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
