"""The alarms on texts, a row each, in the order in which a text goes through the service."""

from collections.abc import Iterator
from datetime import timedelta

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import IMetric, MathExpression
from aws_cdk.aws_sqs import IQueue

from absence_texts.ledger import REQUEUE_AFTER
from absence_texts.vocabulary import Count, Reason
from infra.job_queue import JobQueue
from infra.monitoring.alarms import NEARLY_ALL_PERCENT, AlarmRule
from infra.monitoring.metrics import StageMetrics, spent_this_month

_PERIOD = Duration.minutes(5)
_RUNS_MISSED = 3
_RUNS_LATE = 2
_PAUSED_MINUTES = 60
_JOBS_SENT_BACK = 20
_SENT_BACK_MINUTES = 15
_TOO_MANY_PERCENT = 20
_WORTH_A_SHARE = 20
_TEXTS_WITHOUT_RECEIPT = 5


def of_runs(
    counts: StageMetrics, failed_runs: IQueue, *, minutes_between_runs: int
) -> Iterator[AlarmRule]:
    yield AlarmRule(
        name="NoRun",
        metric=counts.of(Count.RUNS, minutes=minutes_between_runs),
        periods=_RUNS_MISSED,
        on_silence=True,
        sentence=f"Detection has not run for {_RUNS_MISSED * minutes_between_runs} minutes.",
        runbook="no-run",
    )
    yield AlarmRule(
        name="Paused",
        metric=counts.of(Count.PAUSED, minutes=minutes_between_runs),
        periods=_PAUSED_MINUTES // minutes_between_runs,
        sentence=f"Sending has been paused for {_PAUSED_MINUTES} minutes of the sending window.",
        runbook="paused",
    )
    yield AlarmRule(
        name="FailedRuns",
        metric=failed_runs.metric_approximate_number_of_messages_visible(period=_PERIOD),
        sentence="A run failed, or could not be started.",
        runbook="failed-runs",
    )
    yield AlarmRule(
        name="Held",
        metric=counts.of(Count.HELD),
        sentence="Texts are held, because they do not look like an ordinary day's: decide now.",
        runbook="held",
    )
    yield AlarmRule(
        name="NotQueued",
        metric=counts.of(Count.NOT_QUEUED),
        sentence="SQS did not take every job.",
        runbook="not-queued",
    )


def of_jobs(counts: StageMetrics, jobs: JobQueue, *, tries: int) -> Iterator[AlarmRule]:
    requeued = round(REQUEUE_AFTER / timedelta(minutes=1))
    yield AlarmRule(
        name="JobsWaiting",
        metric=jobs.queue.metric_approximate_age_of_oldest_message(period=_PERIOD),
        reaches=requeued * 60,
        sentence=f"The oldest job has waited for over {requeued} minutes.",
        runbook="jobs-waiting",
    )
    yield AlarmRule(
        name="JobsSentBack",
        metric=counts.of(Count.NOT_HANDLED, minutes=_SENT_BACK_MINUTES),
        reaches=_JOBS_SENT_BACK,
        sentence=(
            f"{_JOBS_SENT_BACK} jobs or more went back to the queue in"
            f" {_SENT_BACK_MINUTES} minutes."
        ),
        runbook="jobs-sent-back",
    )
    yield AlarmRule(
        name="DeadLetters",
        metric=jobs.dead_letters.metric_approximate_number_of_messages_visible(period=_PERIOD),
        sentence=f"A job was tried {tries} times and is not tried again.",
        runbook="dead-letters",
    )


def of_texts(
    counts: StageMetrics, *, wait: timedelta, minutes_between_runs: int
) -> Iterator[AlarmRule]:
    late = _RUNS_LATE * minutes_between_runs
    yield AlarmRule(
        name="TextsLate",
        metric=counts.of(Count.LAG).with_(statistic="Maximum"),
        reaches=wait.total_seconds() + late * 60,
        sentence=f"A text left over {late} minutes after it was due.",
        runbook="texts-late",
    )
    yield AlarmRule(
        name="InDoubt",
        metric=counts.of(Count.IN_DOUBT),
        sentence="SNS did not say whether it took a text.",
        runbook="in-doubt",
    )
    yield AlarmRule(
        name="Abandoned",
        metric=counts.of(Count.ABANDONED),
        sentence="A sender was cut off: it is not known whether its text was sent.",
        runbook="in-doubt",
    )
    yield AlarmRule(
        name="DayIsFull",
        metric=counts.of(Count.FAILED, reason=Reason.DAY_IS_FULL),
        sentence="The day's ceiling of texts is reached: no more leave today.",
        runbook="day-is-full",
    )


def of_receipts(counts: StageMetrics) -> Iterator[AlarmRule]:
    yield AlarmRule(
        name="NoReceipts",
        # Each call of the timer counts the same texts again, so their counts are not added up.
        metric=counts.of(Count.WITHOUT_RECEIPT).with_(statistic="Maximum"),
        reaches=_TEXTS_WITHOUT_RECEIPT,
        sentence=(
            f"{_TEXTS_WITHOUT_RECEIPT} texts or more have left within a day, and no receipt has"
            " come of any."
        ),
        runbook="no-receipts",
    )
    yield AlarmRule(
        name="AccountStopped",
        metric=counts.of(Count.ACCOUNT_STOPPED),
        sentence="A receipt says that SNS sends no text of this account.",
        runbook="account-stopped",
    )
    yield AlarmRule(
        name="NewReasons",
        metric=counts.of(Count.NEW_REASONS),
        sentence="A text did not arrive, for a reason that is new to us.",
        runbook="new-reasons",
    )


def of_mails(counts: StageMetrics, *, minutes_between_runs: int) -> Iterator[AlarmRule]:
    late = _RUNS_MISSED * minutes_between_runs
    yield AlarmRule(
        name="MailNotSent",
        metric=counts.of(Count.MAILS_ON_TIME, minutes=minutes_between_runs),
        periods=_RUNS_MISSED,
        on_silence=True,
        sentence=f"A mail about the day's absent students is {late} minutes late.",
        runbook="mail-not-sent",
    )


def of_shares(counts: StageMetrics, jobs: IQueue) -> Iterator[AlarmRule]:
    handled = jobs.metric_number_of_messages_deleted(period=Duration.hours(1), statistic="Sum")
    yield AlarmRule(
        name="FailedTexts",
        metric=_percent(counts.of(Count.FAILED, minutes=60), handled),
        reaches=_TOO_MANY_PERCENT,
        sentence=f"{_TOO_MANY_PERCENT} % of an hour's texts or more were refused.",
        runbook="failed-texts",
    )
    undelivered = counts.of(Count.UNDELIVERED, minutes=60)
    yield AlarmRule(
        name="UndeliveredTexts",
        metric=_percent(undelivered, counts.of(Count.RECEIPTS, minutes=60)),
        reaches=_TOO_MANY_PERCENT,
        sentence=f"{_TOO_MANY_PERCENT} % of an hour's receipts or more say: not delivered.",
        runbook="undelivered-texts",
    )


def of_spend(*, limit_usd: int) -> Iterator[AlarmRule]:
    yield AlarmRule(
        name="SmsSpend",
        metric=spent_this_month(),
        reaches=limit_usd * NEARLY_ALL_PERCENT / 100,
        sentence=(
            f"{NEARLY_ALL_PERCENT} % of the month's {limit_usd} US dollars for texts are spent."
        ),
        runbook="sms-spend",
    )


def _percent(part: IMetric, whole: IMetric) -> MathExpression:
    # A share of a few texts says little. Whenever `part` has data, `whole` has data too.
    return MathExpression(
        expression=f"IF(whole >= {_WORTH_A_SHARE}, 100 * part / whole, 0)",
        using_metrics={"part": part, "whole": whole},
        period=Duration.hours(1),
    )
