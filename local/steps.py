"""The steps of starting a stack, side by side where one does not need the other."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from absence_texts.database import Credentials, connect
from db.source.sample_schema import create_college_tables
from infra.stages.secret_names import secret_name
from infra.stages.values import LOCAL
from local import database_server, mailbox, ministack
from local.database_users import create_users, keep_secrets
from local.deployment import Deployment
from local.parallel_steps import run_in_parallel
from local.running_stack import DatabaseAddress, RunningStack

type Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Start:
    """All that is settled before anything starts."""

    directory: Path
    credentials: Credentials
    """The database's owner's."""
    logins: Mapping[str, Credentials]
    """Each function's own, by its user."""
    deployment: Deployment
    tell: Tell

    def prepare(self) -> None:
        run_in_parallel(
            (self._synthesize, self._start_database, self._start_cloud), directory=self.directory
        )

    def deploy(self) -> RunningStack:
        outputs = self.deployment.deploy()
        self.tell("the stack is deployed, its migrations are applied")
        return self._describe(outputs)

    def _synthesize(self) -> None:
        self.deployment.synthesize()
        self.tell("the CDK app is synthesized")

    def _start_database(self) -> None:
        database_server.start_in(self.directory, self.credentials)
        with closing(connect(self.credentials)) as database:
            create_college_tables(database)
            create_users(database, self.logins.values())
        self.tell(f"{database_server.chosen_product().name} runs")

    def _start_cloud(self) -> None:
        ministack.start_at(self.deployment.ministack_address, self.directory)
        keep_secrets(
            self.deployment.ministack_address,
            {secret_name("local", user): login for user, login in self.logins.items()},
        )
        mailbox.verify(self.deployment.ministack_address, LOCAL.mail_from or "")
        self.deployment.bootstrap()
        self.tell("MiniStack runs and is bootstrapped")

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
            functions={
                "detect_absences": outputs["DetectAbsencesFunction"],
                "send_sms": outputs["SendSmsFunction"],
                "absence_redirect": outputs["AbsenceRedirectFunction"],
                "record_delivery": outputs["RecordDeliveryFunction"],
                "mail_day": outputs["MailDayFunction"],
            },
            schedule_name=outputs["ScheduleName"],
            sending_parameter=outputs["SendingParameter"],
            clock_offset_seconds=round(self.deployment.clock_offset.total_seconds()),
        )
