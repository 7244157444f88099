from tests.infra.synthesized import Properties, Synthesized


def _watched(synthesized: Synthesized, namespace: str, dimension: str) -> dict[str, set[str]]:
    """Return the metrics that alarms watch, by the resource that they are of."""
    watched: dict[str, set[str]] = {}
    for alarm in synthesized.all("AWS::CloudWatch::Alarm").values():
        if alarm["Namespace"] == namespace:
            (of,) = (found for found in alarm["Dimensions"] if found["Name"] == dimension)
            watched.setdefault(_resource(of), set()).add(alarm["MetricName"])
    return watched


def _resource(dimension: Properties) -> str:
    value = dimension["Value"]
    return str(value.get("Ref") or value["Fn::GetAtt"][0])


def test_every_function_has_alarms_for_errors_and_throttles(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/Lambda", "FunctionName")
    for function in synthesized.all("AWS::Lambda::Function"):
        assert {"Errors", "Throttles"} <= watched[function]


def test_ops_hear_when_detection_is_not_started(synthesized: Synthesized) -> None:
    detection = synthesized.function_id("detect_absences")
    (alarm,) = (
        alarm
        for alarm in synthesized.all("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "Invocations"
    )
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": detection}}]
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 15 * 60
    assert alarm["TreatMissingData"] == "breaching"


def test_every_queue_has_an_alarm(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/SQS", "QueueName")
    assert watched[synthesized.output("QueueUrl")] == {"ApproximateAgeOfOldestMessage"}
    for output in ("DeadLetterQueueUrl", "FailedRunsQueueUrl"):
        assert watched[synthesized.output(output)] == {"ApproximateNumberOfMessagesVisible"}
    assert set(watched) == set(synthesized.all("AWS::SQS::Queue"))


def test_the_link_has_an_alarm_for_its_server_errors(synthesized: Synthesized) -> None:
    (api,) = synthesized.all("AWS::ApiGatewayV2::Api")
    assert _watched(synthesized, "AWS/ApiGateway", "ApiId")[api] == {"5xx"}


def test_every_alarm_says_what_to_do_and_tells_the_topic(synthesized: Synthesized) -> None:
    (topic,) = synthesized.all("AWS::SNS::Topic")
    for name, alarm in synthesized.all("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"] == [{"Ref": topic}], name
        assert ": " in alarm["AlarmDescription"], name


def test_alarms_may_publish_to_the_topic_and_nothing_may_without_tls(
    synthesized: Synthesized,
) -> None:
    statements = synthesized.only("AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    (refused,) = (found for found in statements if found["Effect"] == "Deny")
    (allowed,) = (found for found in statements if found["Effect"] == "Allow")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_the_stages_people_get_the_alarms_by_mail(synthesized: Synthesized) -> None:
    subscriptions = synthesized.all("AWS::SNS::Subscription").values()
    assert {found["Endpoint"] for found in subscriptions} == set(synthesized.stage.alarm_emails)
