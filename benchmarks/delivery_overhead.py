"""What one text costs beyond the call to SNS, in our sender and in a plain loop."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from absence_texts.database import Credentials, Database, connect
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import find_source
from benchmarks.delivery_college import fill
from benchmarks.delivery_plain import send_plainly
from benchmarks.delivery_sns import TimedPublisher, sns_in_another_process
from send_sms.delivery import Delivery
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from send_sms.sns import SnsPublisher, make_sns_client
from tests.support.college import at
from tests.support.runs import COMMON

OURS, PLAIN = "this sender", "a plain loop of boto3 and PyMySQL"
TEXTS = 500
SETTINGS = SendSmsSettings.model_validate(
    COMMON | {"sender_id": "College", "accept_fictional_mobiles": True}
)

type Work = Callable[[AbsenceTextId], object]
type Way = Callable[[Database, TimedPublisher], Work]


@dataclass(frozen=True, kw_only=True)
class Overhead:
    """Of one text: times in seconds, and the number of round trips to the database."""

    median: float
    p99: float
    publish: float
    round_trips: float


class RoundTrips:
    """Counts the commands that a connection sends to the server."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        connection: Any = database
        send = connection._execute_command  # noqa: SLF001 (all of PyMySQL's commands pass here)

        def counted(*command: object) -> None:
            self.count += 1
            send(*command)

        connection._execute_command = counted  # noqa: SLF001


def measure_overhead(credentials: Credentials) -> dict[str, Overhead]:
    return {
        OURS: _measure(credentials, our_delivery, eager=True),
        PLAIN: _measure(credentials, send_plainly, eager=False),
    }


def our_delivery(database: Database, sms: TimedPublisher, pace: Pace | None = None) -> Work:
    """Return what the handler does for each job, at 11:31 of the day."""
    return Delivery(
        database=database,
        source=find_source(database, None),
        settings=SETTINGS,
        sms=sms,
        now=lambda: at("11:31"),
        is_paused=lambda: False,
        pace=pace or Pace(seconds_between_texts=0),
    ).deliver


@contextmanager
def sns_publisher(address: str) -> Iterator[TimedPublisher]:
    """Yield the real publisher, which calls this address."""
    with closing(make_sns_client(endpoint_url=address)) as client:
        yield TimedPublisher(
            SnsPublisher(client, sender_id="College", max_price_usd=Decimal("0.10"))
        )


def _measure(credentials: Credentials, way: Way, *, eager: bool) -> Overhead:
    jobs = fill(credentials, TEXTS)
    with (
        sns_in_another_process() as address,
        sns_publisher(address) as sms,
        closing(connect(credentials, eager=eager)) as database,
    ):
        work = way(database, sms)
        round_trips = RoundTrips(database)
        overheads = [_overhead(work, sms, job) for job in jobs]
    return Overhead(
        median=median(overheads),
        p99=quantiles(overheads, n=100)[98],
        publish=sms.seconds / len(jobs),
        round_trips=round_trips.count / len(jobs),
    )


def _overhead(work: Work, sms: TimedPublisher, job: AbsenceTextId) -> float:
    publishing, began = sms.seconds, perf_counter()
    work(job)
    return perf_counter() - began - (sms.seconds - publishing)
