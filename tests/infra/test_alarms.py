from collections.abc import Iterator

from infra.repository import ROOT
from tests.infra.conftest import Synthesize
from tests.support.synthesized import Properties, Synthesized

_RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"


def _alarms(synthesized: Synthesized) -> dict[str, Properties]:
    return synthesized.all("AWS::CloudWatch::Alarm")


def _metrics(alarm: Properties) -> Iterator[Properties]:
    """Yield the metric that an alarm watches, or each metric of its expression."""
    if "MetricName" in alarm:
        yield alarm
    for part in alarm.get("Metrics", ()):
        if "MetricStat" in part:
            yield part["MetricStat"]["Metric"]


def _watched(synthesized: Synthesized, namespace: str, dimension: str) -> dict[str, set[str]]:
    """Return the metrics that alarms watch, by their resource."""
    watched: dict[str, set[str]] = {}
    for alarm in _alarms(synthesized).values():
        for metric in _metrics(alarm):
            if metric["Namespace"] == namespace:
                (of,) = (found for found in metric["Dimensions"] if found["Name"] == dimension)
                watched.setdefault(_resource(of), set()).add(metric["MetricName"])
    return watched


def _resource(dimension: Properties) -> str:
    value = dimension["Value"]
    return str(value.get("Ref") or value["Fn::GetAtt"][0])


def _pages(synthesized: Synthesized) -> set[str]:
    return {alarm["AlarmDescription"].rpartition(" ")[2] for alarm in _alarms(synthesized).values()}


def test_every_function_has_alarms_for_errors_and_throttles(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/Lambda", "FunctionName")
    for function in synthesized.all("AWS::Lambda::Function"):
        assert {"Errors", "Throttles"} <= watched[function]


def test_no_two_alarms_say_the_same_sentence(with_everything: Synthesized) -> None:
    told = [alarm["AlarmDescription"] for alarm in _alarms(with_everything).values()]
    assert len(set(told)) == len(told)


def test_every_queue_has_an_alarm(synthesized: Synthesized) -> None:
    watched = _watched(synthesized, "AWS/SQS", "QueueName")
    assert "ApproximateAgeOfOldestMessage" in watched[synthesized.output("QueueUrl")]
    for output in ("DeadLetterQueueUrl", "FailedRunsQueueUrl"):
        assert watched[synthesized.output(output)] == {"ApproximateNumberOfMessagesVisible"}
    assert set(watched) == set(synthesized.all("AWS::SQS::Queue"))


def test_the_link_has_alarms_for_its_server_errors_and_its_slowest(
    synthesized: Synthesized,
) -> None:
    (api,) = synthesized.all("AWS::ApiGatewayV2::Api")
    assert _watched(synthesized, "AWS/ApiGateway", "ApiId")[api] == {"5xx", "Latency"}


def test_two_stages_of_one_account_are_counted_apart(synthesize_case: Synthesize) -> None:
    namespaces = {
        name: {
            metric["Namespace"]
            for alarm in _alarms(synthesize_case(name)).values()
            for metric in _metrics(alarm)
            if not metric["Namespace"].startswith("AWS/")
        }
        for name in ("pilot", "live")
    }
    assert namespaces == {"pilot": {"AbsenceTexts/pilot"}, "live": {"AbsenceTexts/live"}}


def test_a_function_counts_into_the_namespace_that_the_alarms_watch(
    synthesized: Synthesized,
) -> None:
    for package in ("detect_absences", "send_sms", "record_delivery", "mail_day"):
        variables = synthesized.function(package)["Environment"]["Variables"]
        assert variables["POWERTOOLS_METRICS_NAMESPACE"] == f"AbsenceTexts/{synthesized.stage.name}"


def test_every_alarm_tells_the_topic_that_it_went_off_and_that_it_is_over(
    synthesized: Synthesized,
) -> None:
    (topic,) = synthesized.all("AWS::SNS::Topic")
    for name, alarm in _alarms(synthesized).items():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": topic}], name


def test_the_subject_of_an_alarms_mail_names_the_stage_and_the_alarm(
    synthesized: Synthesized,
) -> None:
    names = {alarm["AlarmName"] for alarm in _alarms(synthesized).values()}
    assert f"AbsenceTexts-{synthesized.stage.name}-TextsLate" in names
    assert len(names) == len(_alarms(synthesized))


def test_every_alarm_has_a_runbook_page(synthesized: Synthesized) -> None:
    for page in _pages(synthesized):
        assert (ROOT / page).is_file(), page


def test_every_runbook_page_has_an_alarm(
    with_everything: Synthesized,
) -> None:
    alarms = _alarms(with_everything).values()
    told = [alarm["AlarmDescription"] for alarm in alarms]
    for page in _RUNBOOKS.glob("*.md"):
        assert [each for each in told if each.endswith(f"/{page.name}")], page.name


def test_every_runbook_page_says_what_it_means_and_what_to_do() -> None:
    for page in _RUNBOOKS.glob("*.md"):
        headings = [line for line in page.read_text().splitlines() if line.startswith("## ")]
        assert headings == ["## What it means", "## What to do"], page.name


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
