"""The real `Sms` on real HTTP, each publish a step, and who had checked what when SNS took it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from botocore.config import Config

from absence_texts.clock import CollegeTime
from send_sms.sms import ONE_ATTEMPT, Sms, make_sns_client
from tests.simulation.carriers import Carriers
from tests.simulation.scheduler import Actor
from tests.simulation.simulated_day import Fact, SimulatedDay
from tests.support.faults import Fault, Step
from tests.support.sns_stand_in import Publish, SnsStandIn, nobody_listening, running_sns

_IMPATIENT = Config(read_timeout=0.05)
_HANGING = {Fault.HANGS, Fault.ACCEPTED_THEN_HANGS}


@dataclass(frozen=True)
class Accepted:
    """A text that SNS took, and what its sender could know then."""

    publish: Publish
    checked_at: int
    checked_time: CollegeTime
    time: CollegeTime
    ended: dict[Fact, int]
    """What the text needed and no longer held as SNS took it, with the tick of its end."""


@dataclass
class PhoneNetwork:
    sns: SnsStandIn
    patient: Sms
    impatient: Sms
    cut_off: Sms
    accepted: list[Accepted] = field(default_factory=list)
    day: SimulatedDay | None = None
    carriers: Carriers | None = None

    def forget(self) -> None:
        self.accepted.clear()
        self.sns.accepted.clear()

    def publish(self, actor: Actor, mobile: str, message: str) -> str:
        fault = actor.step(Step.PUBLISH)
        already = len(self.sns.accepted)
        try:
            message_id = self._sms_for(fault).publish(mobile, message)
        finally:
            self._keep(actor, self.sns.accepted[already:])
        actor.step(Step.ANSWERED)
        return message_id

    def _sms_for(self, fault: Fault | None) -> Sms:
        if fault is Fault.CONNECTION_REFUSED:
            return self.cut_off
        self.sns.next_fault = fault
        return self.impatient if fault in _HANGING else self.patient

    def _keep(self, actor: Actor, publishes: list[Publish]) -> None:
        for publish in publishes:
            actor.scheduler.note(f"SNS accepts {publish.message_id} from {actor.name}")
            if self.carriers:
                self.carriers.take(publish)
            self.accepted.append(
                Accepted(
                    publish,
                    actor.checked_at,
                    actor.checked_time,
                    actor.scheduler.college_time(),
                    self._ended(publish),
                )
            )

    def _ended(self, publish: Publish) -> dict[Fact, int]:
        if self.day is None:
            return {}
        needs = self.day.needs(*self.day.text(publish.mobile, publish.message))
        return {fact: self.day.ended[fact] for fact in needs if fact in self.day.ended}


@dataclass(frozen=True)
class Line:
    """What `Delivery` is given: the network, as one actor calls it."""

    network: PhoneNetwork
    actor: Actor

    def publish(self, mobile: str, message: str) -> str:
        return self.network.publish(self.actor, mobile, message)


@contextmanager
def running_phone_network(config: Config = ONE_ATTEMPT) -> Iterator[PhoneNetwork]:
    with running_sns() as sns, nobody_listening() as dead_end:
        clients = {
            "patient": make_sns_client(config, endpoint_url=sns.endpoint_url),
            "impatient": make_sns_client(config.merge(_IMPATIENT), endpoint_url=sns.endpoint_url),
            "cut_off": make_sns_client(config, endpoint_url=dead_end),
        }
        price = Decimal("0.10")
        lines = {
            name: Sms(client, sender_id="College", max_price_usd=price)
            for name, client in clients.items()
        }
        yield PhoneNetwork(
            sns, patient=lines["patient"], impatient=lines["impatient"], cut_off=lines["cut_off"]
        )
        for client in clients.values():
            client.close()
