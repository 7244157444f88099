"""SNS's lines: what is read from them, and what never leaves them."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from absence_texts.ledger import State
from record_delivery.sns_delivery_log import MalformedLineError, read_line, receipts_of
from tests.support.receipts import a_logs_event, a_receipt

NO_OFFSET = timedelta()


def changed(line: str, part: str | None, **fields: object) -> str:
    """Return the line with fields of it, or of a part of it, replaced."""
    whole = json.loads(line)
    (whole[part] if part else whole).update(fields)
    return json.dumps(whole)


def test_a_line_tells_the_message_the_number_and_when_sns_took_it() -> None:
    line = read_line(a_receipt("34d9b400-c6dd", mobile="+447700900123"), NO_OFFSET)
    assert line.mobile == "+447700900123"
    assert line.receipt.message_id == "34d9b400-c6dd"
    assert line.receipt.published_at == datetime(2026, 11, 23, 11, 31, 1, 558000)


def test_a_success_has_no_reason() -> None:
    receipt = read_line(a_receipt(), NO_OFFSET).receipt
    assert (receipt.outcome, receipt.reason) == (State.DELIVERED, None)


def test_a_shifted_clock_shifts_the_line_as_it_shifts_the_ledger() -> None:
    receipt = read_line(a_receipt(), timedelta(hours=2)).receipt
    assert receipt.published_at == datetime(2026, 11, 23, 13, 31, 1, 558000)


@pytest.mark.parametrize("timestamp", ["2021-04-18 13:54:35.51", "2021-04-18 13:54:35"])
def test_sns_leaves_out_a_times_last_zeros(timestamp: str) -> None:
    line = read_line(a_receipt(published=timestamp), NO_OFFSET)
    assert line.receipt.published_at.second == 35


def test_the_refusals_before_a_carrier_leave_out_most_fields() -> None:
    line = {
        "notification": {"messageId": "9b47b5ee", "timestamp": "2021-04-18 13:54:35.51"},
        "delivery": {"providerResponse": "No quota left for account"},
        "status": "FAILURE",
    }
    assert read_line(json.dumps(line), NO_OFFSET).receipt.reason == "spend_limit_reached"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no JSON",
        "[]",
        changed(a_receipt(), None, status="PERHAPS"),
        changed(a_receipt(), None, delivery=None),
        changed(a_receipt(), "notification", messageId=""),
        changed(a_receipt(), "notification", messageId="x" * 101),
        changed(a_receipt(), "notification", messageId="no id: é"),
        changed(a_receipt(), "notification", timestamp="yesterday"),
        changed(a_receipt(), "delivery", destination=447700900123),
    ],
)
def test_what_can_not_be_read_is_refused_without_being_quoted(line: str) -> None:
    with pytest.raises(MalformedLineError) as refusal:
        read_line(line, NO_OFFSET)
    with pytest.raises(MalformedLineError) as another:
        read_line("another line", NO_OFFSET)
    assert str(refusal.value) == str(another.value)
    assert refusal.value.__suppress_context__


def test_an_event_brings_its_receipts_and_says_which_lines_are_none() -> None:
    receipts = list(receipts_of(a_logs_event(["no JSON", a_receipt("one")]), NO_OFFSET))
    assert [each and each.receipt.message_id for each in receipts] == [None, "one"]


@pytest.mark.parametrize(
    "event",
    [
        a_logs_event(["CWL CONTROL MESSAGE: Checking health"], messageType="CONTROL_MESSAGE"),
        {"source": "aws.scheduler"},
    ],
)
def test_an_event_without_texts_has_no_receipts(event: dict[str, Any]) -> None:
    assert list(receipts_of(event, NO_OFFSET)) == []
