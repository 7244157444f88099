"""Lines that SNS writes about texts to phones, and CloudWatch Logs' event that brings them."""

import base64
import gzip
import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from record_delivery.recording import Recording
from record_delivery.sns_delivery_log import read_lines
from tests.support.college import DAY, College, at

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

ACCEPTED = "Message has been accepted by phone carrier"
UNREACHABLE = "Phone is currently unreachable/unavailable"
_STREAM = "carriers"
_EVENTS = Path(__file__).parent / "events"


def a_receipt(
    message_id: str = "message-1",
    *,
    failed: str | None = None,
    published: str = "11:31:01",
    mobile: str = "+447700900002",
) -> str:
    """Return a line as SNS writes it; `published` is UTC, as in winter the college's clock is."""
    timestamp = published if "-" in published else f"{DAY} {published}.558"
    return json.dumps(
        {
            "notification": {"messageId": message_id, "timestamp": timestamp},
            "delivery": {
                "phoneCarrier": "A Carrier",
                "mnc": 270,
                "numberOfMessageParts": 1,
                "destination": mobile,
                "priceInUSD": 0.04,
                "smsType": "Transactional",
                "mcc": 234,
                "providerResponse": failed or ACCEPTED,
                "dwellTimeMs": 599,
                "dwellTimeMsUntilDeviceAck": 1344,
            },
            "status": "FAILURE" if failed else "SUCCESS",
        }
    )


def a_logs_event(lines: list[str], **changes: str) -> dict[str, Any]:
    data = json.loads((_EVENTS / "cloudwatch_logs_data.json").read_text()) | changes
    (sample,) = data["logEvents"]
    data["logEvents"] = [sample | {"message": line} for line in lines]
    packed = base64.b64encode(gzip.compress(json.dumps(data).encode()))
    return {"awslogs": {"data": packed.decode()}}


def record(college: College, *lines: str, time: str = "11:35") -> dict[str, int]:
    """Record the lines as of a time of the sample day; return the counts."""
    recording = Recording(database=college.database, moment=at(time))
    return dict(recording.record(read_lines(lines, timedelta())))


def log_line(logs: "CloudWatchLogsClient", line: str, moment: datetime, group: str) -> None:
    """Write a line as SNS does. CloudWatch takes no line older than two weeks."""
    with suppress(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_stream(logGroupName=group, logStreamName=_STREAM)
    logs.put_log_events(
        logGroupName=group,
        logStreamName=_STREAM,
        logEvents=[{"timestamp": round(moment.timestamp() * 1000), "message": line}],
    )
