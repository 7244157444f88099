from tests.support.synthesized import Synthesized

_DAY_SECONDS = 24 * 60 * 60


def test_every_queue_is_encrypted(synthesized: Synthesized) -> None:
    for name, queue in synthesized.all("AWS::SQS::Queue").items():
        assert queue["SqsManagedSseEnabled"], name


def test_every_queue_refuses_what_does_not_come_over_tls(synthesized: Synthesized) -> None:
    refused = {
        queue["Ref"]
        for policy in synthesized.all("AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
        and statement["Action"] == "sqs:*"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        for queue in policy["Queues"]
    }
    assert refused == set(synthesized.all("AWS::SQS::Queue"))


def test_a_job_stays_hidden_for_six_timeouts_of_the_sender_and_the_batching_window(
    synthesized: Synthesized,
) -> None:
    timeout = synthesized.function("send_sms")["Timeout"]
    window = synthesized.only("AWS::Lambda::EventSourceMapping")["MaximumBatchingWindowInSeconds"]
    assert synthesized.queue("QueueUrl")["VisibilityTimeout"] >= 6 * timeout + window


def test_jobs_go_to_the_sender_ten_at_a_time_and_fail_one_by_one(synthesized: Synthesized) -> None:
    source = synthesized.only("AWS::Lambda::EventSourceMapping")
    assert source["EventSourceArn"] == {"Fn::GetAtt": [synthesized.output("QueueUrl"), "Arn"]}
    assert source["FunctionName"] == {"Ref": synthesized.function_id("send_sms")}
    assert source["BatchSize"] == 10
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_all_senders_together_keep_to_the_accounts_rate_of_texts(synthesized: Synthesized) -> None:
    scaling = synthesized.only("AWS::Lambda::EventSourceMapping")["ScalingConfig"]
    variables = synthesized.function("send_sms")["Environment"]["Variables"]
    seconds_between_texts = float(variables["SECONDS_BETWEEN_TEXTS"])
    fastest = scaling["MaximumConcurrency"] / seconds_between_texts
    assert fastest <= synthesized.stage.texts_per_second
    assert seconds_between_texts >= 0.25, "SNS may take that long for one"


def test_no_sender_is_called_that_lambda_would_refuse_to_run(synthesized: Synthesized) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html#events-sqs-max-concurrency."""
    scaling = synthesized.only("AWS::Lambda::EventSourceMapping")["ScalingConfig"]
    reserved = synthesized.function("send_sms")["ReservedConcurrentExecutions"]
    assert reserved == scaling["MaximumConcurrency"]


def test_a_job_that_keeps_failing_ends_in_the_dead_letter_queue(synthesized: Synthesized) -> None:
    assert synthesized.queue("QueueUrl")["RedrivePolicy"] == {
        "deadLetterTargetArn": {
            "Fn::GetAtt": [synthesized.output("DeadLetterQueueUrl"), "Arn"],
        },
        "maxReceiveCount": synthesized.stage.tries,
    }


def test_what_failed_is_kept_for_14_days(synthesized: Synthesized) -> None:
    for name in ("DeadLetterQueueUrl", "FailedRunsQueueUrl"):
        assert synthesized.queue(name)["MessageRetentionPeriod"] == 14 * _DAY_SECONDS


def test_a_job_is_forgotten_after_its_day(synthesized: Synthesized) -> None:
    assert synthesized.queue("QueueUrl")["MessageRetentionPeriod"] == _DAY_SECONDS
