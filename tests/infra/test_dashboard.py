"""The dashboard reads from top to bottom as a text goes through the service."""

import re

from tests.support.synthesized import Synthesized


def test_it_begins_with_the_alarms_and_follows_the_flow(synthesized: Synthesized) -> None:
    headings = [words for words in synthesized.headings() if words]
    assert [re.sub(r"^## \d\. ", "", each) for each in headings][:4] == [
        "Detection finds who is to be told",
        "Jobs wait for a sender",
        "Texts are sent, and arrive",
        "Parents tap the link",
    ]


def test_each_metric_that_the_college_asks_for_is_drawn(synthesized: Synthesized) -> None:
    drawn = {(metric[1], options.get("stat")) for *metric, options in synthesized.drawn()}
    for name in ("due", "claimed", "sent", "in_doubt", "delivered", "would_send", "new_reasons"):
        assert (name, "Sum") in drawn
    assert {("lag_seconds", "p50"), ("lag_seconds", "p95")} <= drawn
    for name in ("cancelled", "failed"):
        assert [each for each in synthesized.searches() if f'MetricName="{name}"' in each]


def test_limits_are_drawn_beside_what_is_used(with_everything: Synthesized) -> None:
    stage = with_everything.stage
    assert stage.watched_database
    assert [limit["value"] for limit in with_everything.limits()] == [
        stage.spend_limit_usd,
        stage.watched_database.connections,
    ]
