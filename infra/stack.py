"""The whole service: its parts, which part calls which, and what each part may do."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from infra import permissions
from infra.day_mail import add_mailer
from infra.delivery_logs import DELIVERED, DeliveryLogs
from infra.functions.function_factory import FunctionFactory
from infra.functions.python_function import PythonFunction
from infra.functions.queue_destination import QueueDestination
from infra.functions.settings import college_settings
from infra.job_queue import JobQueue, make_dead_letter_queue
from infra.link.link_api import LinkApi
from infra.migrations import MIGRATOR_TIMEOUT_SECONDS, Migrations
from infra.monitoring.metrics import StageMetrics
from infra.monitoring.monitoring import Monitoring
from infra.repository import DB_PACKAGE
from infra.run_schedule import RunSchedule
from infra.sending_switch import make_sending_switch
from infra.sms_account import SmsAccount
from infra.stages.stage import Stage, senders_at_once


class AbsenceTextsStack(Stack):
    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(
            scope,
            stage.stack_name,
            description=f"Absence Texts, {stage.name}",
            termination_protection=stage.termination_protection,
            env=Environment(account=stage.account, region=stage.region),
        )
        self._stage = stage
        self._counts = StageMetrics(stage.name)
        self._factory = FunctionFactory(self, stage=stage, counts=self._counts)
        self._sending = make_sending_switch(self, "Sending")
        self._jobs = JobQueue(
            self, "Jobs", consumer_timeout_seconds=stage.sender_timeout_seconds, tries=stage.tries
        )
        self._failed_runs = make_dead_letter_queue(self, "FailedRuns")
        self._detect_absences = self._add_detect_absences()
        self._send_sms = self._add_send_sms()
        self._absence_redirect = self._factory.make(
            "absence_redirect", timeout_seconds=10, starts_from_snapshot=True
        )
        self._record_delivery = self._factory.make(
            "record_delivery", timeout_seconds=60, delivery_logs=DELIVERED
        )
        self._functions = (
            self._detect_absences,
            self._send_sms,
            self._absence_redirect,
            self._record_delivery,
            *((self._add_mailer(),) if stage.mail_to else ()),
        )
        self._migrate_database = self._add_migrations(self._functions)
        self._schedule = self._schedule_detection()
        self._sms_account = self._add_delivery_logs()
        self._link = self._publish_link()
        self._grant()
        self._monitoring = self._add_monitoring()
        self._add_outputs()

    @property
    def sets_sms_account(self) -> bool:
        return self._sms_account is not None

    def _add_detect_absences(self) -> PythonFunction:
        part = self._factory.make(
            "detect_absences",
            timeout_seconds=self._stage.detection_timeout_seconds,
            concurrency=1,
            queue_url=self._jobs.queue.queue_url,
            sending_parameter=self._sending.parameter_name,
        )
        part.function.configure_async_invoke(
            # The next run does all that a failed run left undone.
            retry_attempts=0,
            max_event_age=Duration.minutes(self._stage.minutes_between_runs),
            on_failure=QueueDestination(self._failed_runs),
        )
        return part

    def _add_send_sms(self) -> PythonFunction:
        senders = senders_at_once(self._stage.texts_per_second)
        part = self._factory.make(
            "send_sms",
            timeout_seconds=self._stage.sender_timeout_seconds,
            concurrency=senders,
            queue_url=self._jobs.queue.queue_url,
            sending_parameter=self._sending.parameter_name,
            seconds_between_texts=str(senders / self._stage.texts_per_second),
        )
        self._jobs.add_consumer(part.function, at_once=senders)
        return part

    def _add_mailer(self) -> PythonFunction:
        return add_mailer(self, self._factory, self._stage, self._sending, self._failed_runs)

    def _add_migrations(self, functions: tuple[PythonFunction, ...]) -> PythonFunction:
        """Let the functions wait for the migrations; return the function that applies them."""
        part = self._factory.make(
            "migrate_database",
            timeout_seconds=MIGRATOR_TIMEOUT_SECONDS,
            further_packages=(DB_PACKAGE,),
        )
        secret = self._stage.secret_name(part.package)
        migrations = Migrations(self, "Migrations", migrator=part, database_secret=secret)
        for each in functions:
            each.function.node.add_dependency(migrations)
        return part

    def _schedule_detection(self) -> RunSchedule:
        return RunSchedule(
            self,
            "Detection",
            expression=self._stage.schedule,
            minutes_between_runs=self._stage.minutes_between_runs,
            time_zone=self._stage.college_time_zone,
            function=self._detect_absences.function,
            failed_runs=self._failed_runs,
        )

    def _add_delivery_logs(self) -> SmsAccount | None:
        """Add the reader of SNS's log groups; return what sets SNS up, if the stage does."""
        logs = DeliveryLogs(
            self,
            "DeliveryLogs",
            reader=self._record_delivery.function,
            failed_calls=self._failed_runs,
            belong_to_another_stage=not self._stage.sets_sms_account,
        )
        logs.grant_read(self._record_delivery.role)
        # MiniStack has no SMS attributes and writes no delivery logs.
        if self._stage.name == "local" or not self._stage.sets_sms_account:
            return None
        return SmsAccount(
            self,
            "SmsAccount",
            layer=self._factory.layer,
            stage=self._stage,
            logs=logs,
        )

    def _publish_link(self) -> LinkApi:
        return LinkApi(
            self,
            "Link",
            function=self._absence_redirect.called,
            requests_per_second=50,
            burst=100,
            log_retention=self._stage.log_retention,
            domain=self._stage.link_domain,
        )

    def _grant(self) -> None:
        for part in (*self._functions, self._migrate_database):
            name = self._stage.secret_name(part.package)
            part.role.add_to_policy(permissions.may_read_secret(self, name))
        for part in (self._detect_absences, self._send_sms):
            part.role.add_to_policy(permissions.may_read_parameter(self._sending))
        self._detect_absences.role.add_to_policy(permissions.may_send_to(self._jobs.queue))
        self._send_sms.role.add_to_policy(permissions.may_take_from(self._jobs.queue))
        for statement in permissions.may_text_phones(self):
            self._send_sms.role.add_to_policy(statement)

    def _add_monitoring(self) -> Monitoring:
        setter = self._sms_account.setter if self._sms_account else None
        parts = (*self._functions, self._migrate_database, setter)
        return Monitoring(
            self,
            "Watching",
            stage=self._stage,
            wait=college_settings(self._stage).rules.wait,
            counts=self._counts,
            functions={part.node.id: part.called for part in parts if part},
            jobs=self._jobs,
            failed_runs=self._failed_runs,
            api=self._link.api,
            database=self._factory.watched_database,
        )

    def _add_outputs(self) -> None:
        outputs = {
            "ApiAddress": self._link.api.api_endpoint,
            "QueueUrl": self._jobs.queue.queue_url,
            "DeadLetterQueueUrl": self._jobs.dead_letters.queue_url,
            "FailedRunsQueueUrl": self._failed_runs.queue_url,
            "ScheduleName": self._schedule.schedule.ref,
            "SendingParameter": self._sending.parameter_name,
            "Dashboard": self._monitoring.dashboard.dashboard_name,
        } | {f"{part.node.id}Function": part.function.function_name for part in self._functions}
        if self._link.domain:
            outputs["LinkDomainTarget"] = self._link.domain.regional_domain_name
        if self._sms_account:
            outputs["SmsLogRole"] = self._sms_account.log_role.role_arn
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
