"""The product's own code on the stand-ins: each of its functions as an activity."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from botocore.exceptions import BotoCoreError
from pymysql import InterfaceError, OperationalError

from absence_texts.database import Database, fetch_all
from absence_texts.job import parse_job
from absence_texts.ledger import RESENDABLE, State, release, resend
from absence_texts.source import find_source
from detect_absences.run import run
from detect_absences.settings import DetectAbsencesSettings
from record_delivery.recording import Recording
from record_delivery.sns_delivery_log import read_lines
from send_sms.claim import PhoneBusyError
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from send_sms.sms import PublishError
from tests.simulation.carriers import Carriers
from tests.simulation.phone_network import ActorsPublisher, PhoneNetwork
from tests.simulation.scheduler import Actor
from tests.simulation.simulated_day import SimulatedDay
from tests.simulation.sqs_stand_in import Consumer, Message, Producer, SqsStandIn
from tests.simulation.watched_database import Connections
from tests.support.runs import COMMON, DETECTION

_SENDING = SendSmsSettings.model_validate(
    COMMON | {"sender_id": "College", "accept_fictional_mobiles": True}
)
HOLDING_MUCH = DetectAbsencesSettings.model_validate(
    COMMON | {"hold_whole_register_from": 1, "hold_registers_at_once": 2, "hold_texts_from": 3}
)
"""Holds every register on which everyone is absent, and the others too if two are held."""
_HELD = "SELECT id, lesson_id FROM absence_texts WHERE state = %(held)s ORDER BY id"
_RAISED_BY_FAULTS = (PublishError, OperationalError, InterfaceError, BotoCoreError)


@dataclass
class Service:
    day: SimulatedDay
    queue: SqsStandIn
    connections: Connections
    network: PhoneNetwork
    carriers: Carriers
    delivery: type[Delivery]
    unexpected_errors: list[str] = field(default_factory=list)
    """Errors that no fault explains."""
    _numbers: dict[str, int] = field(default_factory=dict)

    def detect(self, actor: Actor) -> None:
        with self._errors_noted(actor), self.connections.lend(actor) as database:
            queue = Producer(self.queue, actor)
            settings = HOLDING_MUCH if self.day.holds_much else DETECTION
            run(database, queue, settings, actor.now(), is_paused=self._is_paused)

    def send(self, actor: Actor) -> None:
        """Handle a batch as Lambda and the handler do.

        A job that fails comes back alone. If the whole function ends early, all jobs come back.
        """
        if not (received := self.queue.receive()):
            return
        with self._errors_noted(actor):
            with self.connections.lend(actor) as database:
                handled = list(self._handled(actor, database, received))
            failed = [message for message in received if message not in handled]
            with self._errors_noted(actor):
                Consumer(self.queue, actor).hide(received, failed)
            self.queue.delete(handled)

    def resend(self, actor: Actor) -> None:
        """Resend a text as the command does, while other functions may work on the same text."""
        with self._errors_noted(actor), self.connections.lend(actor) as database:
            which = "SELECT * FROM absence_texts WHERE state IN %(states)s ORDER BY id"
            if not (texts := fetch_all(database, which, {"states": tuple(sorted(RESENDABLE))})):
                return
            text = actor.scheduler.chance.choice(texts)
            if text["in_doubt_at"]:
                self.day.resent_in_doubt[text["student_id"], text["guardian_id"]] += 1
            actor.scheduler.note(f"{actor.name} resends a text that is {text['state']}")
            resend(database, text["id"], actor.now())

    def release(self, actor: Actor) -> None:
        """Release the held texts about one lesson or about all, as the command does."""
        with self._errors_noted(actor), self.connections.lend(actor) as database:
            held = fetch_all(database, _HELD, {"held": State.HELD.value})
            if not held:
                return
            lessons = sorted({text["lesson_id"] for text in held})
            chosen = actor.scheduler.chance.choice((lessons, lessons[:1]))
            actor.scheduler.note(f"{actor.name} releases {len(chosen)} of {len(lessons)} lessons")
            # Seen now, because the answer of the release may be lost.
            self.day.released |= {
                (text["id"], text["lesson_id"]) for text in held if text["lesson_id"] in chosen
            }
            found = release(database, chosen, actor.now())
            self.day.released |= set(product(found, chosen))

    def record(self, actor: Actor) -> None:
        """Record the receipts that are due, as CloudWatch Logs brings them; there may be none."""
        receipts, recorded = self.carriers.take_due(), False
        try:
            with self._errors_noted(actor), self.connections.lend(actor) as database:
                recording = Recording(database=database, moment=actor.now())
                lines = [receipt.line for receipt in receipts]
                counts = recording.record(read_lines(lines, timedelta()))
                actor.scheduler.note(f"{actor.name} records {dict(counts)}")
                recorded = True
        finally:
            self.carriers.note_handed_over(receipts, recorded=recorded)

    def _handled(
        self, actor: Actor, database: Database, received: list[Message]
    ) -> Iterator[Message]:
        source = find_source(database, None)
        for message in received:
            with self._errors_noted(actor):
                text_id = parse_job(message.body)
                delivery = self.delivery(
                    database=database,
                    source=source,
                    settings=_SENDING,
                    sms=ActorsPublisher(self.network, actor, text_id),
                    now=actor.now,
                    is_paused=self._is_paused,
                )
                outcome = delivery.deliver(text_id)
                actor.scheduler.note(
                    f"{actor.name} handles text {self._number(message)}: {outcome}"
                )
                yield message

    @contextmanager
    def _errors_noted(self, actor: Actor) -> Iterator[None]:
        try:
            yield
        except PhoneBusyError:
            actor.scheduler.note(f"{actor.name} waits for the text of another guardian")
        except _RAISED_BY_FAULTS as error:
            actor.scheduler.note(f"{actor.name} gives up: {type(error).__name__}")
            if not actor.scheduler.faults:
                self.unexpected_errors.append(f"{type(error).__name__} without a fault")
        except Exception as error:  # noqa: BLE001 (a fault may raise no other error)
            actor.scheduler.note(f"{actor.name} fails: {error!r}")
            self.unexpected_errors.append(repr(error))

    def _number(self, message: Message) -> int:
        """Return a number from 1 on, because the ledger's ids differ each time a seed is run."""
        return self._numbers.setdefault(message.body, len(self._numbers) + 1)

    def _is_paused(self) -> bool:
        return not self.day.sending_is_on
