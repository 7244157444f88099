"""One run of detection and one delivery, with stand-ins for SQS, SNS and the clock only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from absence_texts.clock import CollegeTime
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import find_source
from detect_absences.outbox import Queue
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from send_sms.sms import Publisher, PublishError, Verdict
from tests.support.college import College, at

COMMON = {
    "stage": "local",
    "database_secret_id": "absence-texts/test/database",
    "sending_parameter": "/absence-texts/test/sending",
    "queue_url": "https://sqs.example/jobs",
    "delivery_logs": "sns/eu-west-2/123456789012/DirectPublishToPhoneNumber",
}
DETECTION = DetectAbsencesSettings.model_validate(COMMON)


@dataclass
class MemoryQueue:
    """Accepts every job except those that the test refuses."""

    jobs: list[AbsenceTextId] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        taken = [text_id for text_id in ids if text_id not in self.refuses]
        self.jobs += taken
        return taken


@dataclass
class Phones:
    """Keeps every text, until the test lets it fail."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    fails_with: PublishError | None = None

    @classmethod
    def in_doubt(cls) -> Self:
        """Return phones for which SNS gives no answer, so that each text is in doubt."""
        return cls(fails_with=PublishError(Verdict.IN_DOUBT, "ReadTimeoutError"))

    def publish(self, mobile: str, message: str) -> str:
        if self.fails_with:
            raise self.fails_with
        self.texts.append((mobile, message))
        return f"message-{len(self.texts)}"


def detect(
    college: College,
    time: str = "11:30",
    *,
    queue: Queue | None = None,
    paused: bool = False,
    limits: Mapping[str, int] | None = None,
    **settings: str | int,
) -> dict[str, int]:
    """Run detection as of a time of the sample day and return its counts."""
    values = COMMON | settings | dict(limits or {})
    return run(
        college.database,
        queue or MemoryQueue(),
        DetectAbsencesSettings.model_validate(values),
        at(time),
        is_paused=lambda: paused,
    )


def deliver(
    college: College,
    phones: Publisher,
    *,
    time: str = "11:31",
    paused: bool = False,
    text_id: AbsenceTextId | None = None,
    note_lag: Callable[[timedelta], None] = lambda _lag: None,
    **settings: str | bool,
) -> str:
    """Deliver the only text, or the one named, as of a time of the sample day."""
    values = COMMON | {"sender_id": "College", "accept_fictional_mobiles": True} | settings
    delivery_settings = SendSmsSettings.model_validate(values)

    def now() -> CollegeTime:
        return at(time)

    delivery = Delivery(
        database=college.database,
        source=find_source(college.database, None, delivery_settings.rules.optional_settings),
        settings=delivery_settings,
        sms=phones,
        now=now,
        is_paused=lambda: paused,
        note_lag=note_lag,
    )
    return delivery.deliver(text_id or college.the_text_id())
