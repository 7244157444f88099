"""What is logged of a job that goes back to the queue: enough to act on, and no phone number."""

from typing import TYPE_CHECKING, Any, cast

import pytest
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from absence_texts.identifiers import AbsenceTextId
from absence_texts.job import job_body
from send_sms.jobs import Jobs
from send_sms.sms import PublishError, Verdict

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

JOB = SQSRecord({"messageId": "m1", "body": job_body(AbsenceTextId(7))})


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def logged_of(error: Exception, caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    """Return the facts that are logged when a job's delivery ends in this error."""

    def deliver(_text_id: AbsenceTextId) -> str:
        raise error

    logger, metrics = Logger(service="test_jobs"), Metrics(namespace="Test", service="test_jobs")
    with pytest.raises(type(error)):
        Jobs(deliver, cast("LambdaContext", Context()), logger, metrics).handle(JOB)
    metrics.clear_metrics()
    (record,) = caplog.records
    return vars(record)


def test_a_text_that_was_not_sent_is_logged_with_snss_code(
    caplog: pytest.LogCaptureFixture,
) -> None:
    facts = logged_of(PublishError(Verdict.NOT_SENT, "Throttled"), caplog)
    assert (facts["error"], facts["reason"]) == ("PublishError", "Throttled")


def test_another_error_is_logged_by_its_type_alone(caplog: pytest.LogCaptureFixture) -> None:
    facts = logged_of(ValueError("07700 900123 is no number"), caplog)
    assert facts["error"] == "ValueError"
    assert "900123" not in str(facts)
