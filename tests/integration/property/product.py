"""The product, played as the oracle is: the same steps, the same questions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import find_source
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from tests.integration.property.oracle_criteria import LONGEST_REFERENCE
from tests.support.runs import COMMON, MemoryQueue, Phones

_WAITING = "SELECT id FROM absence_texts WHERE state IN ('pending', 'queued') ORDER BY id"


_SETTINGS = COMMON | {
    "queue_url": "https://sqs.example/jobs",
    "sender_id": "College",
    "accept_fictional_mobiles": True,
    "longest_reference": LONGEST_REFERENCE,
}


@cache
def _detect_settings(zone: str) -> DetectAbsencesSettings:
    return DetectAbsencesSettings.model_validate(_SETTINGS | {"college_time_zone": zone})


@cache
def _send_settings(zone: str) -> SendSmsSettings:
    return SendSmsSettings.model_validate(_SETTINGS | {"college_time_zone": zone})


@dataclass
class Product:
    database: Database
    zone: ZoneInfo
    phones: Phones = field(default_factory=Phones)

    def run(self, now: datetime) -> dict[str, int]:
        """Do one run and return the data problems that it counts."""
        counts = run(
            self.database,
            MemoryQueue(),
            _detect_settings(self.zone.key),
            CollegeTime(now, self.zone),
            is_paused=lambda: False,
        )
        problem = "data_problem_"
        return {
            name.removeprefix(problem): count
            for name, count in counts.items()
            if name.startswith(problem)
        }

    def deliver(self, now: datetime) -> None:
        """Deliver every text that waits."""
        delivery = Delivery(
            database=self.database,
            source=find_source(self.database, None),
            settings=_send_settings(self.zone.key),
            sms=self.phones,
            now=lambda: CollegeTime(now, self.zone),
            is_paused=lambda: False,
        )
        for row in self._all(_WAITING):
            delivery.deliver(AbsenceTextId(row["id"]))

    def texts(self) -> dict[tuple[int, int, date], tuple[int, str, str | None]]:
        return {
            (row["student_id"], row["guardian_id"], row["absence_date"]): (
                row["lesson_id"],
                row["state"],
                row["reason"],
            )
            for row in self._all("SELECT * FROM absence_texts")
        }

    def decisions(self) -> dict[tuple[int, int, int], str]:
        return {
            (row["lesson_id"], row["student_id"], row["guardian_id"]): row["criterion"]
            for row in self._all("SELECT * FROM absence_decisions")
        }

    def logs(self) -> list[tuple[int, int, int]]:
        """Return the student, guardian and lesson of each pastoral log, oldest first."""
        rows = self._all("SELECT * FROM pastoral_logs ORDER BY id")
        return [(row["student_id"], row["guardian_id"], row["lesson_id"]) for row in rows]

    def _all(self, sql: str) -> tuple[Row, ...]:
        return fetch_all(self.database, sql, {})
