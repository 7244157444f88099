"""An AWS account in MiniStack, with a college's database."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from absence_texts.database import Credentials, Row, connect, fetch_all
from db.source.sample_schema import create_college_tables
from infra.stages.secret_names import secret_name
from local import database_server, ministack
from local.cdk import run_cdk
from local.database_users import create_users, keep_secrets, new_logins
from local.environment import ACCOUNT, REGION
from tests.deployment.inventory import everything
from tests.deployment.releases import Release

STACK = "AbsenceTexts-live"
_LAST_CALL_SECONDS = 5


@dataclass(frozen=True)
class Account:
    directory: Path
    address: str
    owner: Credentials

    def set_up(self) -> None:
        """Make what ops make before the first deployment: tables, users, secrets, bootstrap."""
        database_server.start_in(self.directory, self.owner)
        logins = new_logins(self.owner)
        with closing(connect(self.owner)) as database:
            create_college_tables(database)
            create_users(database, logins.values())
        ministack.start_at(self.address, self.directory)
        names = {secret_name("live", user): login for user, login in logins.items()}
        keep_secrets(self.address, names)
        self._make_log_groups()
        self._cdk("bootstrap", f"aws://{ACCOUNT}/{REGION}")

    def _make_log_groups(self) -> None:
        """Make the log groups that the account's first stage makes and that this stage reads."""
        client = ministack.session().client("logs", endpoint_url=self.address)
        for part in ("", "/Failure"):
            name = f"sns/{REGION}/{ACCOUNT}/DirectPublishToPhoneNumber{part}"
            client.create_log_group(logGroupName=name)

    def deploy(self, release: Release) -> dict[str, str]:
        """Deploy a synthesized release; return its outputs."""
        outputs = self.directory / "outputs.json"
        self._cdk(
            "deploy",
            STACK,
            f"--app={release.assembly}",
            f"--outputs-file={outputs}",
            "--require-approval=never",
            "--method=direct",
        )
        found: dict[str, str] = json.loads(outputs.read_text())[STACK]
        return found

    def destroy(self, release: Release) -> None:
        self._cdk("destroy", STACK, f"--app={release.assembly}", "--force")

    def _cdk(self, command: str, *arguments: str) -> None:
        run_cdk(command, *arguments, directory=self.directory, ministack_address=self.address)

    def select(self, sql: str) -> tuple[Row, ...]:
        with closing(connect(self.owner)) as database:
            return fetch_all(database, sql, {})

    def status(self) -> str:
        client = ministack.session().client("cloudformation", endpoint_url=self.address)
        (stack,) = client.describe_stacks(StackName=STACK)["Stacks"]
        return stack["StackStatus"]

    def allow_removal(self) -> None:
        client = ministack.session().client("cloudformation", endpoint_url=self.address)
        client.update_termination_protection(StackName=STACK, EnableTerminationProtection=False)

    def stop_timers(self) -> None:
        """Let no call begin any more, and the last one end.

        MiniStack makes the log group of a call that is still running again, after the stack has
        deleted the group. On AWS no function's role may make a log group.
        """
        session = ministack.session()
        scheduler = session.client("scheduler", endpoint_url=self.address)
        for each in scheduler.list_schedules()["Schedules"]:
            found = scheduler.get_schedule(Name=each["Name"])
            scheduler.update_schedule(
                Name=found["Name"],
                ScheduleExpression=found["ScheduleExpression"],
                FlexibleTimeWindow=found["FlexibleTimeWindow"],
                Target=found["Target"],
                State="DISABLED",
            )
        events = session.client("events", endpoint_url=self.address)
        for rule in events.list_rules()["Rules"]:
            events.disable_rule(Name=rule["Name"])
        time.sleep(_LAST_CALL_SECONDS)

    def pause(self, parameter: str) -> None:
        client = ministack.session().client("ssm", endpoint_url=self.address)
        client.put_parameter(Name=parameter, Value="paused", Overwrite=True)

    def parameter(self, name: str) -> str:
        client = ministack.session().client("ssm", endpoint_url=self.address)
        return client.get_parameter(Name=name)["Parameter"]["Value"]

    def last_changes(self) -> dict[str, str]:
        """Return when each function was last changed, by its name."""
        client = ministack.session().client("lambda", endpoint_url=self.address)
        found = client.list_functions()["Functions"]
        return {each["FunctionName"]: each["LastModified"] for each in found}

    def holds(self) -> set[tuple[str, str]]:
        """Return the kind and the name of everything in the account, and of our tables."""
        return {*everything(self.address), *self._tables()}

    def _tables(self) -> Iterator[tuple[str, str]]:
        for row in self.select("SHOW TABLES"):
            yield from (("table", name) for name in row.values())
