"""A stage's template, and the questions that tests ask of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App
from aws_cdk.assertions import Template

from infra.app import build_stack
from infra.repository import ROOT
from infra.stack import AbsenceTextsStack
from infra.stages.stage import Stage

type Properties = Mapping[str, Any]

CALLED_BY_SCHEDULE = ("detect_absences", "mail_day")
_CONTEXT = json.loads((ROOT / "cdk.json").read_text())["context"]


@dataclass(frozen=True, kw_only=True)
class Synthesized:
    stage: Stage
    stack: AbsenceTextsStack
    template: Template
    assembly: Path
    """The directory of the staged files."""

    def all(self, resource_type: str) -> dict[str, Properties]:
        """Return the properties of every such resource, by logical id."""
        found = self.template.find_resources(resource_type)
        return {name: resource.get("Properties", {}) for name, resource in found.items()}

    def only(self, resource_type: str) -> Properties:
        (properties,) = self.all(resource_type).values()
        return properties

    def function(self, package: str) -> Properties:
        return self.all("AWS::Lambda::Function")[self.function_id(package)]

    def function_id(self, package: str) -> str:
        (found,) = (
            name
            for name, function in self.all("AWS::Lambda::Function").items()
            if function["Handler"] == f"{package}.handler.handler"
        )
        return found

    def alias_id(self, package: str) -> str:
        """Return the alias by which a function that starts from a snapshot is called."""
        (found,) = (
            name
            for name, alias in self.all("AWS::Lambda::Alias").items()
            if alias["FunctionName"] == {"Ref": self.function_id(package)}
        )
        return found

    def asynchronous_calls(self, package: str) -> Properties:
        """Return how often Lambda tries an asynchronous call, and where failed calls go."""
        (found,) = (
            calls
            for calls in self.all("AWS::Lambda::EventInvokeConfig").values()
            if calls["FunctionName"] == {"Ref": self.function_id(package)}
        )
        return found

    def rule(self, schedule: str) -> Properties:
        (found,) = (
            rule
            for rule in self.all("AWS::Events::Rule").values()
            if rule["ScheduleExpression"] == schedule
        )
        return found

    def schedule(self, package: str) -> Properties:
        """Return the schedule that calls a function."""
        called = {"Fn::GetAtt": [self.function_id(package), "Arn"]}
        (found,) = (
            schedule
            for schedule in self.all("AWS::Scheduler::Schedule").values()
            if schedule["Target"]["Arn"] == called
        )
        return found

    def queue(self, output: str) -> Properties:
        return self.all("AWS::SQS::Queue")[self.output(output)]

    def output(self, name: str) -> str:
        """Return the logical id of the resource that an output refers to."""
        value = self.template.to_json()["Outputs"][name]["Value"]
        return str(value["Ref"])

    def alarmed(self) -> Iterator[Properties]:
        """Yield each metric that an alarm watches by itself, or in an expression."""
        for alarm in self.all("AWS::CloudWatch::Alarm").values():
            if "MetricName" in alarm:
                yield alarm
            for part in alarm.get("Metrics", ()):
                if "MetricStat" in part:
                    yield part["MetricStat"]["Metric"]

    def drawn(self) -> Iterator[list[Any]]:
        """Yield each metric that the dashboard draws: namespace, name, dimensions, options."""
        for widget in self._dashboard()["widgets"]:
            for metric in widget["properties"].get("metrics", ()):
                if isinstance(metric[0], str):
                    yield metric

    def searches(self) -> Iterator[str]:
        """Yield each expression that the dashboard draws."""
        for widget in self._dashboard()["widgets"]:
            for metric in widget["properties"].get("metrics", ()):
                if isinstance(metric[0], dict):
                    yield metric[0]["expression"]

    def headings(self) -> Iterator[str]:
        """Yield the dashboard's headings, from top to bottom."""
        widgets = sorted(self._dashboard()["widgets"], key=lambda widget: int(widget["y"]))
        return (found["properties"]["markdown"] for found in widgets if found["type"] == "text")

    def limits(self) -> Iterator[dict[str, Any]]:
        """Yield the horizontal lines in the dashboard's graphs."""
        for widget in self._dashboard()["widgets"]:
            yield from widget["properties"].get("annotations", {}).get("horizontal", ())

    def _dashboard(self) -> dict[str, Any]:
        body = self.only("AWS::CloudWatch::Dashboard")["DashboardBody"]["Fn::Join"][1]
        filled: dict[str, Any] = json.loads(
            "".join(part if isinstance(part, str) else "any" for part in body)
        )
        return filled

    def statements(self) -> Iterator[tuple[str, Properties]]:
        """Yield every statement of a role's policies, with the role's logical id."""
        for policy in self.all("AWS::IAM::Policy").values():
            for role in policy["Roles"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield role["Ref"], statement


def synthesize(stage: Stage, directory: Path) -> Synthesized:
    stack = build_stack(App(outdir=str(directory), context=_CONTEXT), stage)
    template = Template.from_stack(stack)
    return Synthesized(stage=stage, stack=stack, template=template, assembly=directory)


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
