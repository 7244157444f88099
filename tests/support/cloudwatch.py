"""The metrics that CloudWatch reads in a function's output, and those in a template."""

import json
import re
from collections.abc import Iterator

from tests.support.synthesized import Synthesized

type Metric = tuple[str, str, frozenset[tuple[str, str]]]
"""Namespace, name and dimensions."""
type Schema = tuple[str, str, str, frozenset[str]]
"""What a search asks for: namespace, name, service and the names of the dimensions."""


def emitted_by(output: str) -> set[Metric]:
    lines = (json.loads(line) for line in output.splitlines() if '"_aws"' in line)
    return {
        (
            directive["Namespace"],
            metric["Name"],
            frozenset((name, line[name]) for name in dimensions),
        )
        for line in lines
        for directive in line["_aws"]["CloudWatchMetrics"]
        for dimensions in directive["Dimensions"]
        for metric in directive["Metrics"]
    }


def schemas(emitted: set[Metric]) -> set[Schema]:
    return {
        (namespace, name, value, frozenset(each for each, _value in dimensions))
        for namespace, name, dimensions in emitted
        for key, value in dimensions
        if key == "service"
    }


def of_alarms(live: Synthesized) -> Iterator[Metric]:
    for alarm in live.all("AWS::CloudWatch::Alarm").values():
        parts = [
            part["MetricStat"]["Metric"]
            for part in alarm.get("Metrics", ())
            if "MetricStat" in part
        ]
        for metric in parts or [alarm]:
            if not metric["Namespace"].startswith("AWS/"):
                dimensions = frozenset(
                    (each["Name"], each["Value"]) for each in metric["Dimensions"]
                )
                yield metric["Namespace"], metric["MetricName"], dimensions


def of_dashboard(live: Synthesized) -> Iterator[Metric]:
    for namespace, name, *rest in live.drawn():
        if not namespace.startswith("AWS/"):
            pairs = [each for each in rest if isinstance(each, str)]
            yield namespace, name, frozenset(zip(pairs[::2], pairs[1::2], strict=True))


def searched_by(live: Synthesized) -> Iterator[Schema]:
    for search in live.searches():
        found = re.fullmatch(
            r"""SEARCH\('\{([^,]+),([\w,]+)\} MetricName="(\w+)" service="(\w+)"', 'Sum', 300\)""",
            search,
        )
        assert found, search
        namespace, dimensions, name, service = found.groups()
        yield namespace, name, service, frozenset(dimensions.split(","))
