"""One seed: a college day on the product's own code, with the faults that the seed decides."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from random import Random

from botocore.config import Config

from absence_texts.database import Credentials, Database, Row, connect, execute, fetch_all
from db.migrate import migrate
from db.source.sample_schema import create_college_tables
from send_sms.delivery import Delivery
from send_sms.sns import ONE_ATTEMPT
from tests.simulation.carriers import Carriers
from tests.simulation.doubts import Doubt, doubts
from tests.simulation.ledger_watch import LedgerWatch, RowChange
from tests.simulation.phone_network import PhoneNetwork, running_phone_network
from tests.simulation.promises import broken_promises
from tests.simulation.scenario import Scenario
from tests.simulation.scheduler import Scheduler
from tests.simulation.service import Service
from tests.simulation.simulated_day import SimulatedDay, one_absence, random_day
from tests.simulation.sqs_stand_in import SqsStandIn
from tests.simulation.watched_database import Connections
from tests.support.college import College, at
from tests.support.faults import Fault, RandomFaults, Script
from tests.support.tables import empty


@dataclass(frozen=True)
class Result:
    broken: list[str]
    faults: list[Fault]
    states: list[str]
    accepted: int
    resent: int
    """Texts in doubt that a person resent."""
    held: int
    """Texts that were held, and not claimed again afterwards."""
    released: int
    """Texts that were held and that a person released."""
    journal: list[str]
    row_changes: list[RowChange]
    """Each change of a row that was committed, as the model sees rows."""
    doubts: Counter[Doubt]


@dataclass
class Simulator:
    """What the seeds share: a schema, the stand-in for SNS, and the code under test."""

    connections: Connections
    admin: Database
    network: PhoneNetwork
    delivery: type[Delivery]

    def run_seed(self, seed: int) -> Result:
        chance = Random(seed)  # noqa: S311 (to be the same again)
        scheduler = Scheduler(chance, at("10:05").instant, RandomFaults(chance))
        return self._simulate(
            scheduler,
            random_day(self._empty_college(), chance),
            Scenario.random_rounds,
            duplicates_and_delays=chance.random() < 0.8,
            receipt_rate=0.9,
        )

    def run_script(self, script: Script) -> Result:
        """Simulate one run, then one sender, with the script's faults."""
        return self._run_script(script, Scenario.one_run_and_one_sender, receipt_rate=0)

    def run_release(self, script: Script) -> Result:
        """Simulate a run that holds two texts, their release, another run and a sender."""
        happens = Scenario.a_held_text_is_released
        return self._run_script(script, happens, receipt_rate=0, is_held=True)

    def run_receipts(self, script: Script) -> Result:
        """Simulate the recording of two texts' receipts, with the script's faults."""
        return self._run_script(script, Scenario.receipts_of_two_texts, receipt_rate=1)

    def _run_script(
        self,
        script: Script,
        happens: Callable[[Scenario], None],
        *,
        receipt_rate: float,
        is_held: bool = False,
    ) -> Result:
        return self._simulate(
            Scheduler(Random(0), at("11:31").instant, script),  # noqa: S311 (to be the same again)
            one_absence(self._empty_college(), is_held=is_held),
            happens,
            duplicates_and_delays=False,
            receipt_rate=receipt_rate,
        )

    def _empty_college(self) -> College:
        empty(self.admin)
        self.connections.watch.forget()
        self.network.clear()
        return College(self.admin)

    def _simulate(
        self,
        scheduler: Scheduler,
        day: SimulatedDay,
        happens: Callable[[Scenario], None],
        *,
        duplicates_and_delays: bool,
        receipt_rate: float,
    ) -> Result:
        carriers = Carriers(scheduler, receipt_rate)
        self.network.day, self.network.carriers = day, carriers
        service = Service(
            day=day,
            queue=SqsStandIn(scheduler, duplicates_and_delays=duplicates_and_delays),
            connections=self.connections,
            network=self.network,
            carriers=carriers,
            delivery=self.delivery,
        )
        scenario = Scenario(scheduler, service)
        happens(scenario)
        outcome = scenario.recover()
        return Result(
            broken=[*service.unexpected_errors, *broken_promises(outcome)],
            faults=scheduler.faults,
            states=[text["state"] for text in outcome.texts],
            accepted=len(outcome.accepted),
            resent=day.resent_in_doubt.total(),
            held=sum(1 for text in outcome.texts if text["held_at"]),
            released=sum(1 for text in outcome.texts if _was_released(text)),
            journal=scheduler.journal,
            row_changes=self.connections.watch.changes,
            doubts=doubts(outcome),
        )


def _was_released(text: Row) -> bool:
    return text["held_at"] is not None and text["pending_at"] > text["held_at"]


@contextmanager
def running_simulator(
    server: Credentials,
    *,
    schema: str = "absence_texts_simulation",
    delivery: type[Delivery] = Delivery,
    sns_config: Config = ONE_ATTEMPT,
) -> Iterator[Simulator]:
    """Make a schema for the simulator alone."""
    with closing(connect(server)) as database:
        execute(database, f"CREATE DATABASE IF NOT EXISTS {schema} CHARACTER SET utf8mb4", {})
    credentials = replace(server, dbname=schema)
    with (
        closing(connect(credentials)) as admin,
        closing(Connections(credentials, LedgerWatch(admin))) as connections,
        running_phone_network(sns_config) as network,
    ):
        if not fetch_all(admin, "SHOW TABLES", {}):
            create_college_tables(admin)
        migrate(admin)
        execute(admin, "SET foreign_key_checks = 0", {})
        yield Simulator(connections, admin, network, delivery)
