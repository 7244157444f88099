"""The product, played as the oracle is: the same steps, the same questions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from rich.console import Console

from absence_texts.account_records import read_account
from absence_texts.clock import Clock, CollegeTime
from absence_texts.database import Database, Row, fetch_all
from absence_texts.identifiers import NO_GUARDIAN, AbsenceTextId, GuardianId
from absence_texts.settings import CollegeSettings
from absence_texts.source import Source, find_source
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings
from ops.context import CommandContext
from ops.explain.criteria_answers import Explainer
from ops.preview.expected_texts import would_be_claimed
from ops.service import Service
from ops.target import NoTargetError, OpsSettings
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from tests.integration.property.oracle_data_checks import LONGEST_REFERENCE
from tests.support.runs import COMMON, MemoryQueue, Phones

type Texts = dict[tuple[int, int, date], tuple[int, str, str | None]]
"""Lesson, state and reason, by student, guardian and day."""
_WAITING = "SELECT id FROM absence_texts WHERE state IN ('pending', 'queued') ORDER BY id"


_SETTINGS = COMMON | {
    "queue_url": "https://sqs.example/jobs",
    "sender_id": "College",
    "accept_fictional_mobiles": True,
    "longest_reference": LONGEST_REFERENCE,
}


@cache
def _settings[S: CollegeSettings](
    kind: type[S], zone: str, schema: str | None, *, texts_clashes: bool, latest: int | None
) -> S:
    own: dict[str, str | bool | int | None] = {
        "college_time_zone": zone,
        "source_schema": schema,
        "text_timetable_clashes": texts_clashes,
        "latest_minutes_after_lesson": latest,
    }
    settings: S = kind.model_validate(_SETTINGS | own)
    return settings


def _linked(guardian: GuardianId) -> GuardianId | None:
    """Return the id in the link: `explain` shows a link without one as a link to no guardian."""
    return None if guardian == NO_GUARDIAN else guardian


def _no_service() -> Service:
    raise NoTargetError


def _no_schema(schema: str, *, eager: bool) -> Database:  # noqa: ARG001
    raise NoTargetError


@dataclass
class Product:
    database: Database
    zone: ZoneInfo
    schema: str | None = None
    texts_clashes: bool = True
    latest_minutes: int | None = None
    phones: Phones = field(default_factory=Phones)

    def _settings[S: CollegeSettings](self, kind: type[S]) -> S:
        settings: S = _settings(
            kind,
            self.zone.key,
            self.schema,
            texts_clashes=self.texts_clashes,
            latest=self.latest_minutes,
        )
        return settings

    def _source(self) -> Source:
        optional = self._settings(CollegeSettings).rules.optional_settings
        return find_source(self.database, self.schema, optional)

    def _context(self, now: datetime) -> CommandContext:
        return CommandContext(
            database=self.database,
            settings=self._settings(OpsSettings),
            clock=Clock(self.zone, utc_now=lambda: now),
            console=Console(),
            find_service=_no_service,
            find_operator=lambda: "nobody",
            open_schema=_no_schema,
        )

    def preview(self, now: datetime) -> set[tuple[int, int, int]]:
        """Return lesson, student and guardian of each text that a run would claim."""
        found = would_be_claimed(self._context(now), CollegeTime(now, self.zone))
        return {(text.lesson_id, text.student_id, text.guardian_id) for text in found}

    def explain(self, now: datetime) -> dict[tuple[int, int, int | None], str | None]:
        """Return what `explain` says fails first, for each absent mark and linked guardian."""
        context, moment = self._context(now), CollegeTime(now, self.zone)
        marks = context.source.table("register_marks")
        students = self._all(f"SELECT DISTINCT student_id AS id FROM {marks}")
        return {
            (one.lesson_id, student["id"], _linked(one.guardian_id)): one.first_failing
            for student in students
            for one in Explainer(context, student["id"], moment).explanations()
            if one.holds("absent")
        }

    def run(self, now: datetime) -> dict[str, int]:
        """Do one run; return the data problems that it counts, and the rows that it left out."""
        counts = run(
            self.database,
            MemoryQueue(),
            self._settings(DetectAbsencesSettings),
            CollegeTime(now, self.zone),
            is_paused=lambda: False,
        )
        problem = "data_problem_"
        return {
            name.removeprefix(problem): count
            for name, count in counts.items()
            if name.startswith(problem) or name == "left_out"
        }

    def deliver(self, now: datetime) -> None:
        """Deliver every text that waits."""
        delivery = Delivery(
            database=self.database,
            source=self._source(),
            settings=self._settings(SendSmsSettings),
            sms=self.phones,
            now=lambda: CollegeTime(now, self.zone),
            is_paused=lambda: False,
        )
        for row in self._all(_WAITING):
            delivery.deliver(AbsenceTextId(row["id"]))

    def account(self, now: datetime) -> dict[int, str]:
        """Return how far the news of each absent student has come."""
        settings, moment = self._settings(CollegeSettings), CollegeTime(now, self.zone)
        found = read_account(
            self.database,
            self._source(),
            settings.rules,
            moment,
            is_over=settings.window_has_closed(moment),
        )
        entries = list(found)
        accounted: dict[int, str] = {entry.student_id: entry.told.value for entry in entries}
        assert len(accounted) == len(entries)
        return accounted

    def texts(self) -> Texts:
        return {
            (row["student_id"], row["guardian_id"], row["absence_date"]): (
                row["lesson_id"],
                row["state"],
                row["reason"],
            )
            for row in self._all("SELECT * FROM absence_texts")
        }

    def decisions(self) -> dict[tuple[int, int, int], tuple[date, str]]:
        return {
            (row["lesson_id"], row["student_id"], row["guardian_id"]): (
                row["absence_date"],
                row["criterion"],
            )
            for row in self._all("SELECT * FROM absence_decisions")
        }

    def logs(self) -> list[tuple[int, int, int]]:
        """Return the student, guardian and lesson of each pastoral log, oldest first."""
        rows = self._all("SELECT * FROM pastoral_logs ORDER BY id")
        return [(row["student_id"], row["guardian_id"], row["lesson_id"]) for row in rows]

    def _all(self, sql: str) -> tuple[Row, ...]:
        return fetch_all(self.database, sql, {})
