"""A college day on a scratch schema, played with the service's own code.

Only SQS, SNS and the clock are stood in for: the provider answers what it is told to.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from pydantic_settings import BaseSettings

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Value, execute, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import find_source
from db.migrate import MIGRATIONS, MigrationError, check_applied, migrate, read_migrations
from db.source.reported_absence import ReportedAbsence
from db.source.sample_schema import create_college_tables
from db.source.tables import CONTRACT, SAMPLE
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings
from local.college.rows import insert
from ops.doctor.proof.absences import Absence, at, sample_rows
from ops.doctor.proof.outcome import UnexpectedOutcomeError
from ops.doctor.proof.scratch_schema import ScratchSchema
from record_delivery.recording import Recording
from record_delivery.sns_delivery_log import read_lines
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from send_sms.sms import PublishError

_STAGE = {
    "stage": "pilot",
    "database_secret_id": "none",
    "sending_parameter": "none",
    "queue_url": "none",
    "sender_id": "College",
    "accept_fictional_mobiles": True,
}


class SenderDiedError(Exception):
    """Stands in for a sender that never comes back after its publish."""


@dataclass
class MemoryQueue:
    jobs: list[AbsenceTextId] = field(default_factory=list)

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        self.jobs += ids
        return list(ids)


@dataclass(frozen=True)
class Provider:
    """Takes a text and returns its message id, or fails with the error it is given."""

    message_id: str
    error: Exception | None

    def publish(self, _mobile: str, _message: str) -> str:
        if self.error:
            raise self.error
        return self.message_id


def default_settings[T: BaseSettings](kind: type[T], **values: Any) -> T:  # noqa: ANN401 (fields)
    """Return settings with their defaults, whatever the environment of this shell says."""
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
        if not field.is_required()
    }
    return kind.model_validate(defaults | _STAGE | values)


@dataclass(frozen=True)
class ProofDay:
    schema: ScratchSchema
    college_has_views: bool
    """If so, the college has the optional tables too."""

    @cached_property
    def database(self) -> Database:
        """Return a connection as detection, the senders and the receipts open theirs."""
        return self.schema.connect(eager=True)

    def make_college(self) -> None:
        tables = (*SAMPLE, ReportedAbsence) if self.college_has_views else SAMPLE
        create_college_tables(self.database, tables)
        if self.college_has_views:
            for table in (each.table for each in CONTRACT):
                behind = f"{table}_behind_view"
                execute(self.database, f"RENAME TABLE {table} TO {behind}", {})
                execute(self.database, f"CREATE VIEW {table} AS SELECT * FROM {behind}", {})
        insert(self.database, sample_rows())

    def apply_migrations(self) -> None:
        """Apply all of them, and then one that the server refuses, which leaves no record."""
        database = self.schema.connect(eager=False)
        migrate(database)
        check_applied(database)
        with TemporaryDirectory() as copy:
            directory = Path(copy)
            copytree(MIGRATIONS, directory, dirs_exist_ok=True)
            number = len(read_migrations()) + 1
            existing = "CREATE TABLE absence_texts (id INT)"
            (directory / f"{number:04}_of_an_existing_table.sql").write_text(existing)
            with suppress(MigrationError):
                migrate(database, directory)
                raise UnexpectedOutcomeError("A table that exists was made again.")
        check_applied(database)

    def detect(
        self,
        moment: CollegeTime,
        *,
        paused: bool = False,
        limits: Mapping[str, int] | None = None,
    ) -> MemoryQueue:
        queue = MemoryQueue()
        chosen = default_settings(DetectAbsencesSettings, **(limits or {}))
        run(self.database, queue, chosen, moment, is_paused=lambda: paused)
        return queue

    def deliver(
        self,
        absence: Absence,
        moment: CollegeTime,
        error: Exception | None = None,
        *,
        paused: bool = False,
        **settings: str,
    ) -> None:
        delivery = Delivery(
            database=self.database,
            source=find_source(self.database, None),
            settings=default_settings(SendSmsSettings, **settings),
            sms=Provider(message_id_of(absence), error),
            now=lambda: moment,
            is_paused=lambda: paused,
        )
        try:
            delivery.deliver(self.text_of(absence))
        except (PublishError, SenderDiedError):
            # As in a handler: the job goes back to the queue, or its sender is gone.
            return

    def record(self, moment: CollegeTime, *lines: str) -> None:
        recording = Recording(database=self.database, moment=moment)
        recording.record(read_lines(lines, timedelta()))

    def text_of(self, absence: Absence) -> AbsenceTextId:
        rows = fetch_all(
            self.database,
            "SELECT id FROM absence_texts WHERE guardian_id = %(guardian)s",
            {"guardian": absence.guardian},
        )
        if len(rows) != 1:
            raise UnexpectedOutcomeError(f"{absence.name} has {len(rows)} texts instead of 1.")
        return AbsenceTextId(rows[0]["id"])

    def change(self, statement: str, **values: Value) -> None:
        """Change a row of the college, as its own systems do."""
        execute(self.database, statement, values)


def message_id_of(absence: Absence) -> str:
    return f"message-{absence.name.lower().replace('_', '-')}"


def receipt(absence: Absence, *, delivered: bool) -> str:
    """Return a line of SNS's delivery log about the text that left at 11:31."""
    response = "Message has been accepted by phone carrier"
    return json.dumps(
        {
            "notification": {
                "messageId": message_id_of(absence),
                "timestamp": f"{at(11, 31).utc}.500",
            },
            "delivery": {
                "destination": f"+44{absence.mobile.replace(' ', '').removeprefix('0')}",
                "providerResponse": response if delivered else "Phone has blocked SMS",
            },
            "status": "SUCCESS" if delivered else "FAILURE",
        }
    )
