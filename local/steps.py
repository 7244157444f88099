"""The steps of starting a stack, side by side where one does not need the other."""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from absence_texts.database import Credentials, connect
from db.migrate import migrate
from local import mariadb, ministack
from local.college import create_college_tables
from local.deployment import Deployment
from local.processes import recorded
from local.running_stack import DatabaseAddress, RunningStack
from local.side_by_side import run_side_by_side

DATABASE_SECRET = "absence-texts/local/database"  # noqa: S105 (its name)

type Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Start:
    """All that is settled before anything starts."""

    directory: Path
    credentials: Credentials
    deployment: Deployment
    tell: Tell

    def prepare(self) -> None:
        run_side_by_side(
            (self._synthesize, self._start_database, self._start_cloud), directory=self.directory
        )

    def deploy(self) -> RunningStack:
        outputs = self.deployment.deploy()
        self.tell("the stack is deployed")
        return self._describe(outputs)

    def _synthesize(self) -> None:
        self.deployment.synthesize()
        self.tell("the CDK app is synthesized")

    def _start_database(self) -> None:
        mariadb.start_in(self.directory, self.credentials)
        with closing(connect(self.credentials)) as database:
            create_college_tables(database)
            applied = migrate(database)
        self.tell(f"MariaDB runs, {len(applied)} migrations are applied")

    def _start_cloud(self) -> None:
        ministack.start_at(self.deployment.ministack_address, self.directory)
        self._keep_secret()
        self.deployment.bootstrap()
        self.tell("MiniStack runs and is bootstrapped")

    def _keep_secret(self) -> None:
        secrets = ministack.session().client(
            "secretsmanager", endpoint_url=self.deployment.ministack_address
        )
        login = self.credentials
        fields = {"host": login.host, "port": login.port, "username": login.username}
        fields |= {"password": login.password, "dbname": login.dbname}
        secrets.create_secret(Name=DATABASE_SECRET, SecretString=json.dumps(fields))

    def _describe(self, outputs: Mapping[str, str]) -> RunningStack:
        login = self.credentials
        return RunningStack(
            database=DatabaseAddress(
                host=login.host,
                port=login.port,
                user=login.username,
                password=login.password,
                name=login.dbname,
            ),
            api_address=outputs["ApiAddress"],
            portal_address=self.deployment.portal_address,
            ministack_address=self.deployment.ministack_address,
            queue_address=outputs["QueueUrl"],
            dlq_address=outputs["DeadLetterQueueUrl"],
            failed_runs_address=outputs["FailedRunsQueueUrl"],
            functions={
                "detect_absences": outputs["DetectAbsencesFunction"],
                "send_sms": outputs["SendSmsFunction"],
                "absence_redirect": outputs["AbsenceRedirectFunction"],
                "record_delivery": outputs["RecordDeliveryFunction"],
            },
            schedule_name=outputs["ScheduleName"],
            sending_parameter=outputs["SendingParameter"],
            clock_offset_seconds=round(self.deployment.clock_offset.total_seconds()),
            pids={name: process.pid for name, process in recorded(self.directory).items()},
        )
