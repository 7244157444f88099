"""The real publisher on real HTTP. Each publish is a step, kept with what its sender checked."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from botocore.config import Config

from absence_texts.clock import CollegeTime
from absence_texts.identifiers import AbsenceTextId
from send_sms.sns import ONE_ATTEMPT, SnsPublisher, make_sns_client
from tests.simulation.carriers import Carriers
from tests.simulation.scheduler import Actor
from tests.simulation.simulated_day import Fact, SimulatedDay
from tests.support.faults import Fault, Step
from tests.support.sns_stand_in import Publish, SnsStandIn, nobody_listening, running_sns

_SHORT_TIMEOUT = Config(read_timeout=0.05)
_FAULTS_THAT_HANG = {Fault.HANGS, Fault.ACCEPTED_THEN_HANGS}


@dataclass(frozen=True)
class AcceptedText:
    """A text that SNS accepted, and what its sender could know at that moment."""

    publish: Publish
    text_id: AbsenceTextId
    checked_at_step: int
    checked_time: CollegeTime
    time: CollegeTime
    was_held: bool
    """Whether the text was held and no person had released it."""
    ended: dict[Fact, int]
    """Each fact that the text needs and that no longer held, with the step at which it ended."""


@dataclass
class PhoneNetwork:
    sns: SnsStandIn
    ordinary: SnsPublisher
    with_short_timeout: SnsPublisher
    without_server: SnsPublisher
    accepted: list[AcceptedText] = field(default_factory=list)
    day: SimulatedDay | None = None
    carriers: Carriers | None = None

    def clear(self) -> None:
        self.accepted.clear()
        self.sns.accepted.clear()

    def publish(self, actor: Actor, text_id: AbsenceTextId, mobile: str, message: str) -> str:
        fault = actor.step(Step.PUBLISH)
        accepted_before = len(self.sns.accepted)
        try:
            message_id = self._sms_for(fault).publish(mobile, message)
        finally:
            self._keep_accepted(actor, text_id, self.sns.accepted[accepted_before:])
        actor.step(Step.ANSWERED)
        return message_id

    def _sms_for(self, fault: Fault | None) -> SnsPublisher:
        if fault is Fault.CONNECTION_REFUSED:
            return self.without_server
        self.sns.next_fault = fault
        return self.with_short_timeout if fault in _FAULTS_THAT_HANG else self.ordinary

    def _keep_accepted(
        self, actor: Actor, text_id: AbsenceTextId, publishes: list[Publish]
    ) -> None:
        for publish in publishes:
            actor.scheduler.note(f"SNS accepts {publish.message_id} from {actor.name}")
            if self.carriers:
                self.carriers.accept(publish)
            self.accepted.append(
                AcceptedText(
                    publish,
                    text_id,
                    actor.checked_at_step,
                    actor.checked_time,
                    actor.scheduler.college_time(),
                    self._was_held(text_id, publish),
                    self._ended(text_id, publish),
                )
            )

    def _was_held(self, text_id: AbsenceTextId, publish: Publish) -> bool:
        if self.day is None:
            return False
        (text,) = (text for text in self.day.college.texts() if text["id"] == text_id)
        _, lesson = self.day.subject_of(publish.message)
        return bool(text["held_at"]) and (text_id, lesson) not in self.day.released

    def _ended(self, text_id: AbsenceTextId, publish: Publish) -> dict[Fact, int]:
        if self.day is None:
            return {}
        student, lesson = self.day.subject_of(publish.message)
        facts = self.day.facts_needed(student, self.day.guardian_of(text_id), lesson)
        return {fact: self.day.ended[fact] for fact in facts if fact in self.day.ended}


@dataclass(frozen=True)
class ActorsPublisher:
    """The network as one actor calls it for one text: the publisher that `Delivery` is given."""

    network: PhoneNetwork
    actor: Actor
    text_id: AbsenceTextId

    def publish(self, mobile: str, message: str) -> str:
        return self.network.publish(self.actor, self.text_id, mobile, message)


@contextmanager
def running_phone_network(config: Config = ONE_ATTEMPT) -> Iterator[PhoneNetwork]:
    with running_sns() as sns, nobody_listening() as closed_port, ExitStack() as clients:

        def publisher(endpoint_url: str, config: Config = config) -> SnsPublisher:
            client = make_sns_client(config, endpoint_url=endpoint_url)
            clients.enter_context(closing(client))
            return SnsPublisher(client, sender_id="College", max_price_usd=Decimal("0.10"))

        yield PhoneNetwork(
            sns,
            ordinary=publisher(sns.endpoint_url),
            with_short_timeout=publisher(sns.endpoint_url, config.merge(_SHORT_TIMEOUT)),
            without_server=publisher(closed_port),
        )
