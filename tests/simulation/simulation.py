"""One seed: a college day on the product's own code, with whatever the seed lets go wrong."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from random import Random

from botocore.config import Config

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from db.migrate import migrate
from local.college.tables import create_college_tables
from send_sms.delivery import Delivery
from send_sms.sms import ONE_ATTEMPT
from tests.simulation.carriers import Carriers
from tests.simulation.phone_network import PhoneNetwork, running_phone_network
from tests.simulation.promises import broken_promises
from tests.simulation.scenario import Scenario
from tests.simulation.scheduler import Scheduler
from tests.simulation.service import Service
from tests.simulation.simulated_day import SimulatedDay, a_college_day, one_absence
from tests.simulation.sqs_stand_in import SqsStandIn
from tests.simulation.watched_database import Connections
from tests.support.college import College, at
from tests.support.faults import ByChance, Fault, Script


@dataclass(frozen=True)
class Result:
    broken: list[str]
    faults: list[Fault]
    states: list[str]
    accepted: int
    resent: int
    """In doubt, and sent again because a person asked for it."""
    journal: list[str]


@dataclass
class Simulator:
    """What the seeds share: a schema, the stand-in for SNS, and the code under test."""

    connections: Connections
    caretaker: Database
    network: PhoneNetwork
    delivery: type[Delivery]

    def play_seed(self, seed: int) -> Result:
        chance = Random(seed)  # noqa: S311 (to be the same again)
        scheduler = Scheduler(chance, at("10:05").instant, ByChance(chance))
        return self._play(
            scheduler,
            a_college_day(self._empty_college(), chance),
            lambda play: play.by_chance(),
            unruly=chance.random() < 0.8,
            receipts=0.9,
        )

    def play_script(self, script: Script) -> Result:
        """Play one run, then one sender, by the script."""
        chance = Random(0)  # noqa: S311 (to be the same again)
        scheduler = Scheduler(chance, at("11:31").instant, script)
        day = one_absence(self._empty_college())
        return self._play(scheduler, day, lambda play: play.once(), unruly=False, receipts=0)

    def play_receipts(self, script: Script) -> Result:
        """Play what the carriers tell of two texts, by the script."""
        chance = Random(0)  # noqa: S311 (to be the same again)
        scheduler = Scheduler(chance, at("11:31").instant, script)
        day = one_absence(self._empty_college())
        return self._play(
            scheduler, day, lambda play: play.receipts_once(), unruly=False, receipts=1
        )

    def _empty_college(self) -> College:
        for table in fetch_all(self.caretaker, "SHOW TABLES", {}):
            (name,) = table.values()
            if name != "schema_migrations":
                execute(self.caretaker, f"DELETE FROM {name}", {})
        self.network.forget()
        return College(self.caretaker)

    def _play(
        self,
        scheduler: Scheduler,
        day: SimulatedDay,
        plot: Callable[[Scenario], None],
        *,
        unruly: bool,
        receipts: float,
    ) -> Result:
        carriers = Carriers(scheduler, receipts)
        self.network.day, self.network.carriers = day, carriers
        service = Service(
            day=day,
            queue=SqsStandIn(scheduler, unruly=unruly),
            connections=self.connections,
            network=self.network,
            carriers=carriers,
            delivery=self.delivery,
        )
        play = Scenario(scheduler, service)
        plot(play)
        outcome = play.recover()
        return Result(
            broken=[*service.astonishing, *broken_promises(outcome)],
            faults=scheduler.faults,
            states=[text["state"] for text in outcome.texts],
            accepted=len(outcome.accepted),
            resent=day.resent_in_doubt.total(),
            journal=scheduler.journal,
        )


@contextmanager
def running_simulator(
    server: Credentials,
    *,
    schema: str = "absence_texts_simulation",
    delivery: type[Delivery] = Delivery,
    sns_config: Config = ONE_ATTEMPT,
) -> Iterator[Simulator]:
    """Make a schema of its own and play there."""
    with closing(connect(server)) as database:
        execute(database, f"CREATE DATABASE IF NOT EXISTS {schema} CHARACTER SET utf8mb4", {})
    credentials = replace(server, dbname=schema)
    with (
        closing(connect(credentials)) as caretaker,
        closing(Connections(credentials)) as connections,
        running_phone_network(sns_config) as network,
    ):
        if not fetch_all(caretaker, "SHOW TABLES", {}):
            create_college_tables(caretaker)
        migrate(caretaker)
        execute(caretaker, "SET foreign_key_checks = 0", {})
        yield Simulator(connections, caretaker, network, delivery)
