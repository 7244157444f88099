"""The live stage, by the CDK's own command line: deployed, updated, removed.

Without what MiniStack has not: docs/operations/local-limits.md
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aws_cdk import App

from infra.app import build_stack
from infra.stage_values import LIVE
from infra.stages import Stage
from local import ministack
from local.processes import ProcessError, run, stop_all
from local.surroundings import ACCOUNT, NODE, REGION, ROOT, environment

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

_STACK = "AbsenceTexts-live"
_AS_FAR_AS_SUPPORTED = replace(
    LIVE, sets_sms_account=False, watches_shares=False, alarm_emails=("ops@college.example",)
)


@dataclass(frozen=True)
class Account:
    directory: Path
    address: str

    def deploy(self, stage: Stage) -> dict[str, str]:
        """Deploy the stage; return its outputs."""
        assembly, outputs = self.directory / "cdk.out", self.directory / "outputs.json"
        app = App(
            outdir=str(assembly), context=json.loads((ROOT / "cdk.json").read_text())["context"]
        )
        build_stack(app, stage)
        app.synth()
        self.cdk(
            "deploy",
            _STACK,
            f"--app={assembly}",
            f"--outputs-file={outputs}",
            "--require-approval=never",
            "--method=direct",
        )
        found: dict[str, str] = json.loads(outputs.read_text())[_STACK]
        return found

    def cdk(self, command: str, *arguments: str) -> None:
        run(
            (
                "/usr/bin/env",
                f"--chdir={self.directory}",
                NODE / "node",
                ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk",
                command,
                *arguments,
                "--no-notices",
            ),
            name=f"cdk-{command}",
            directory=self.directory,
            environment=environment(self.directory, self.address),
        )

    def destroy(self) -> None:
        self.cdk("destroy", _STACK, f"--app={self.directory / 'cdk.out'}", "--force")

    def allow_removal(self) -> None:
        client = ministack.session().client("cloudformation", endpoint_url=self.address)
        client.update_termination_protection(StackName=_STACK, EnableTerminationProtection=False)

    @property
    def ssm(self) -> "SSMClient":
        return ministack.session().client("ssm", endpoint_url=self.address)

    def variables(self, function: str) -> dict[str, str]:
        client = ministack.session().client("lambda", endpoint_url=self.address)
        return client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]

    def ours(self) -> set[str]:
        """Return what there is of the stack's, by type and name."""
        session = ministack.session()
        clouds = session.client("cloudwatch", endpoint_url=self.address)
        functions = session.client("lambda", endpoint_url=self.address).list_functions()
        queues = session.client("sqs", endpoint_url=self.address).list_queues()
        roles = session.client("iam", endpoint_url=self.address).list_roles()["Roles"]
        logs = session.client("logs", endpoint_url=self.address).describe_log_groups()
        schedules = session.client("scheduler", endpoint_url=self.address).list_schedules()
        names = [
            *(each["FunctionName"] for each in functions["Functions"]),
            *queues.get("QueueUrls", []),
            *(each["RoleName"] for each in roles),
            *(each["logGroupName"] for each in logs["logGroups"]),
            *(each["Name"] for each in schedules["Schedules"]),
            *(each["AlarmName"] for each in clouds.describe_alarms()["MetricAlarms"]),
            *(each["DashboardName"] for each in clouds.list_dashboards()["DashboardEntries"]),
            *(each["Name"] for each in self.ssm.describe_parameters()["Parameters"]),
        ]
        return {name for name in names if _STACK in name}


@pytest.fixture(scope="module")
def account(run_files: Path) -> Iterator[Account]:
    """Start an empty account and bootstrap it."""
    directory = run_files / "live"
    directory.mkdir()
    account = Account(directory, ministack.choose_address())
    try:
        ministack.start_at(account.address, directory)
        account.cdk("bootstrap", f"aws://{ACCOUNT}/{REGION}")
        yield account
    finally:
        stop_all(directory)


def test_it_is_deployed_updated_while_paused_and_removed_without_a_trace(account: Account) -> None:
    outputs = account.deploy(_AS_FAR_AS_SUPPORTED)
    switch, link = outputs["SendingParameter"], outputs["AbsenceRedirectFunction"]
    account.ssm.put_parameter(Name=switch, Value="paused", Overwrite=True)

    account.deploy(replace(_AS_FAR_AS_SUPPORTED, attendance_line="01772 000000"))
    assert account.variables(link)["ATTENDANCE_LINE"] == "01772 000000"
    assert account.ssm.get_parameter(Name=switch)["Parameter"]["Value"] == "paused"
    assert account.ours()

    with pytest.raises(ProcessError, match="TerminationProtection"):
        account.destroy()
    account.allow_removal()
    account.destroy()
    assert account.ours() == set()
