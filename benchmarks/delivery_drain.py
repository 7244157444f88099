"""How fast as many senders as are deployed send a thousand texts that are due at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import batched
from queue import Empty, SimpleQueue

from absence_texts.database import Credentials, connect
from absence_texts.identifiers import AbsenceTextId
from benchmarks.delivery_college import fill
from benchmarks.delivery_overhead import our_delivery, sns_publisher
from benchmarks.delivery_plain import send_plainly
from benchmarks.delivery_sns import TimedPublisher, sns_in_another_process
from infra.stages.stage import senders_at_once
from send_sms.pace import Pace

TEXTS = 1000
TEXTS_PER_SECOND = 20
SNS_ANSWERS_AFTER = 0.05
"""Seconds: about what SNS needs for a text from within its region."""
_BATCH = 10

type Jobs = SimpleQueue[tuple[AbsenceTextId, ...]]


@dataclass(frozen=True, kw_only=True)
class Drain:
    senders: int
    rate: float
    """Texts a second, from the first publish to the last."""
    fullest_second: int
    """The most texts whose publish began within one second."""


def measure_drain(credentials: Credentials) -> Drain:
    jobs = _queue(fill(credentials, TEXTS))
    senders = senders_at_once(TEXTS_PER_SECOND)
    with sns_in_another_process(answers_after=SNS_ANSWERS_AFTER) as address:
        with ThreadPoolExecutor(senders) as pool:
            shares = [
                pool.submit(_send, credentials, address, jobs, senders / TEXTS_PER_SECOND)
                for _ in range(senders)
            ]
        began = sorted(moment for share in shares for moment in share.result())
    return _drain(began, senders)


def measure_plain_drain(credentials: Credentials) -> Drain:
    jobs = fill(credentials, TEXTS)
    with (
        sns_in_another_process(answers_after=SNS_ANSWERS_AFTER) as address,
        sns_publisher(address) as sms,
        closing(connect(credentials)) as database,
    ):
        send = send_plainly(database, sms)
        for job in jobs:
            send(job)
    return _drain(sms.began, senders=1)


def _queue(jobs: Sequence[AbsenceTextId]) -> Jobs:
    queue: Jobs = SimpleQueue()
    for batch in batched(jobs, _BATCH, strict=False):
        queue.put(batch)
    return queue


def _send(credentials: Credentials, address: str, jobs: Jobs, apart: float) -> list[float]:
    """Run one invocation after another while there are jobs, as the event source does."""
    with sns_publisher(address) as sms:
        while batch := _next(jobs):
            _invoke(credentials, sms, batch, apart)
        return sms.began


def _next(jobs: Jobs) -> Sequence[AbsenceTextId]:
    try:
        return jobs.get_nowait()
    except Empty:
        return ()


def _invoke(
    credentials: Credentials, sms: TimedPublisher, batch: Sequence[AbsenceTextId], apart: float
) -> None:
    with closing(connect(credentials, eager=True)) as database:
        deliver = our_delivery(database, sms, Pace(apart))
        for job in batch:
            deliver(job)


def _drain(began: Sequence[float], senders: int) -> Drain:
    rate = (len(began) - 1) / (began[-1] - began[0])
    within = (sum(moment <= other < moment + 1 for other in began) for moment in began)
    return Drain(senders=senders, rate=rate, fullest_second=max(within))
