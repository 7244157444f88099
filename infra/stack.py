"""The whole service: what it is made of, what calls what, and who may do what."""

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk.aws_iam import Effect, PolicyStatement
from aws_cdk.aws_lambda_destinations import SqsDestination
from aws_cdk.aws_lambda_event_sources import SqsEventSource
from aws_cdk.aws_secretsmanager import Secret
from aws_cdk.aws_ssm import StringParameter
from constructs import Construct

from absence_texts.parameter_store import Sending
from infra.alarms import Alarms
from infra.common_layer import CommonLayer
from infra.detection_schedule import DetectionSchedule
from infra.function_network import FunctionNetwork, network_interface_statement
from infra.function_settings import Environment, FunctionSettings
from infra.job_queue import JobQueue, make_dead_letter_queue
from infra.link_api import LinkApi
from infra.python_function import PythonFunction
from infra.stages import Stage

_JOBS_AT_ONCE = 10
# Detection fills the queue in batches of ten: one second is enough to find them together.
_BATCHING_WINDOW_SECONDS = 1
# One sender publishes one text after the other, and none is accepted in less than 0.1 s.
_TEXTS_PER_SECOND_AND_SENDER = 10
_FEWEST_SENDERS = 2


class AbsenceTextsStack(Stack):
    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(
            scope,
            f"AbsenceTexts-{stage.name}",
            description=f"Absence Texts, {stage.name}",
            termination_protection=stage.termination_protection,
        )
        self._stage = stage
        self._layer = CommonLayer(self, "Layer", architecture=stage.architecture)
        self._network = (
            FunctionNetwork(self, "Network", college=stage.network) if stage.network else None
        )
        self._secret = Secret.from_secret_name_v2(
            self, "DatabaseSecret", stage.database_secret_name
        )
        # A deployment writes it only when this value changes here: one that ops paused stays paused.
        self._sending = StringParameter(
            self,
            "Sending",
            string_value=Sending.ON,
            description=f"Sending of absence texts: {Sending.ON} or {Sending.PAUSED}",
        )
        self._jobs = JobQueue(
            self,
            "Jobs",
            consumer_timeout_seconds=stage.sender_timeout_seconds,
            batching_window_seconds=_BATCHING_WINDOW_SECONDS,
            tries=stage.tries,
        )
        self._failed_runs = make_dead_letter_queue(self, "FailedRuns")
        settings = FunctionSettings(stage)
        self._detect_absences = self._add_function(
            "DetectAbsences",
            "detect_absences",
            settings.detect_absences(
                queue_url=self._jobs.queue.queue_url,
                sending_parameter=self._sending.parameter_name,
            ),
            timeout_seconds=120,
            concurrency=1,
        )
        self._send_sms = self._add_function(
            "SendSms",
            "send_sms",
            settings.send_sms(sending_parameter=self._sending.parameter_name),
            timeout_seconds=stage.sender_timeout_seconds,
        )
        self._absence_redirect = self._add_function(
            "AbsenceRedirect",
            "absence_redirect",
            settings.absence_redirect(),
            timeout_seconds=10,
        )
        self._schedule = self._schedule_detection()
        self._send_jobs()
        self._api = LinkApi(
            self,
            "Link",
            function=self._absence_redirect.function,
            requests_per_second=50,
            burst=100,
            log_retention=stage.log_retention,
        )
        self._grant()
        self._watch()
        self._say_what_is_where()

    def _add_function(
        self,
        construct_id: str,
        package: str,
        environment: Environment,
        *,
        timeout_seconds: int,
        concurrency: int | None = None,
    ) -> PythonFunction:
        return PythonFunction(
            self,
            construct_id,
            package=package,
            layer=self._layer,
            environment=environment,
            timeout_seconds=timeout_seconds,
            memory_mb=512,
            log_retention=self._stage.log_retention,
            network=self._network,
            concurrency=concurrency,
        )

    def _schedule_detection(self) -> DetectionSchedule:
        self._detect_absences.function.configure_async_invoke(
            # The next run does all that a failed one left.
            retry_attempts=0,
            max_event_age=Duration.minutes(5),
            on_failure=SqsDestination(self._failed_runs),
        )
        return DetectionSchedule(
            self,
            "Detection",
            expression=self._stage.schedule,
            time_zone=self._stage.college_time_zone,
            function=self._detect_absences.function,
            missed_runs=self._failed_runs,
        )

    def _send_jobs(self) -> None:
        senders = self._stage.texts_per_second // _TEXTS_PER_SECOND_AND_SENDER
        self._send_sms.function.add_event_source(
            SqsEventSource(
                self._jobs.queue,
                batch_size=_JOBS_AT_ONCE,
                max_batching_window=Duration.seconds(_BATCHING_WINDOW_SECONDS),
                max_concurrency=max(_FEWEST_SENDERS, senders),
                report_batch_item_failures=True,
            )
        )

    def _grant(self) -> None:
        for part in (self._detect_absences, self._send_sms, self._absence_redirect):
            self._secret.grant_read(part.role)
            if self._network:
                part.role.add_to_policy(network_interface_statement())
        for part in (self._detect_absences, self._send_sms):
            part.role.add_to_policy(
                PolicyStatement(
                    actions=["ssm:GetParameter"], resources=[self._sending.parameter_arn]
                )
            )
        self._jobs.queue.grant_send_messages(self._detect_absences.role)
        # A phone number is no resource that a policy can name: all but topics is what is left.
        self._send_sms.role.add_to_policy(PolicyStatement(actions=["sns:Publish"], resources=["*"]))
        self._send_sms.role.add_to_policy(
            PolicyStatement(
                effect=Effect.DENY, actions=["sns:Publish"], resources=["arn:aws:sns:*:*:*"]
            )
        )

    def _watch(self) -> None:
        alarms = Alarms(self, "Alarms", emails=self._stage.alarm_emails)
        for part in (self._detect_absences, self._send_sms, self._absence_redirect):
            alarms.on_errors(part.node.id, part.function)
            alarms.on_throttles(part.node.id, part.function)
        alarms.on_silence("DetectAbsences", self._detect_absences.function)
        alarms.on_waiting("Jobs", self._jobs.queue)
        alarms.on_messages("DeadLetters", self._jobs.dead_letters)
        alarms.on_messages("FailedRuns", self._failed_runs)

    def _say_what_is_where(self) -> None:
        outputs = {
            "ApiAddress": self._api.api.api_endpoint,
            "QueueUrl": self._jobs.queue.queue_url,
            "DeadLetterQueueUrl": self._jobs.dead_letters.queue_url,
            "FailedRunsQueueUrl": self._failed_runs.queue_url,
            "DetectAbsencesFunction": self._detect_absences.function.function_name,
            "SendSmsFunction": self._send_sms.function.function_name,
            "AbsenceRedirectFunction": self._absence_redirect.function.function_name,
            "ScheduleName": self._schedule.schedule.schedule_name,
            "SendingParameter": self._sending.parameter_name,
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
