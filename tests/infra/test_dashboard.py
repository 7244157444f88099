"""The dashboard follows a text through the service, from top to bottom."""

import re

import pytest

from absence_texts.data_checks import DATA_CHECKS
from absence_texts.vocabulary import Count, data_problem
from tests.support.synthesized import Synthesized


def test_it_follows_the_flow(synthesized: Synthesized) -> None:
    headings = [words for words in synthesized.headings() if words]
    numbers = [int(number) for each in headings for number in re.findall(r"## (\d)\.", each)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 4


@pytest.mark.parametrize("count", [count for count in Count if count is not Count.LAG])
def test_every_count_is_drawn_in_words(synthesized: Synthesized, count: Count) -> None:
    (drawn,) = (options for metric, options in _drawn(synthesized) if metric == count)
    assert drawn["stat"] == "Sum"
    assert drawn["label"] == count.meaning


def test_every_data_check_is_drawn(synthesized: Synthesized) -> None:
    drawn = {metric for metric, _options in _drawn(synthesized)}
    assert {data_problem(check.name) for check in DATA_CHECKS} <= drawn


def test_the_usual_lag_and_the_longest_are_drawn(synthesized: Synthesized) -> None:
    lags = {options["stat"] for metric, options in _drawn(synthesized) if metric == Count.LAG}
    assert lags == {"p50", "p95"}


def test_cancelled_and_failed_texts_are_drawn_by_their_reason(synthesized: Synthesized) -> None:
    for count in (Count.CANCELLED, Count.FAILED):
        assert [each for each in synthesized.searches() if f'MetricName="{count}"' in each]


def test_an_alarms_threshold_is_a_line_in_the_graph_of_its_metric(
    with_everything: Synthesized,
) -> None:
    lines = {line["value"] for line in with_everything.limits()}
    watched = with_everything.stage.watched_database
    limit = with_everything.stage.spend_limit_usd
    assert watched
    assert limit
    assert {0.8 * limit, 0.8 * watched.connections, 30 * 60} <= lines


def _drawn(synthesized: Synthesized) -> list[tuple[str, dict[str, str]]]:
    return [(metric[1], metric[-1]) for metric in synthesized.drawn()]
