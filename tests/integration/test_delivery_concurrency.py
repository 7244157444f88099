"""Eight senders on connections of their own, each job there several times: one text each."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Lock

import pytest

from absence_texts.clock import CollegeTime
from absence_texts.database import Credentials, Database, connect
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import NOT_STARTED, State
from absence_texts.source import find_source
from absence_texts.vocabulary import Count
from send_sms.claim import PhoneBusyError
from send_sms.delivery import Delivery
from send_sms.settings import SendSmsSettings
from tests.support.college import College, at
from tests.support.registers import NOTHING_IS_HELD
from tests.support.runs import COMMON, MemoryQueue, detect

SENDERS = 8
COPIES = 3
TEXTS = 60


@dataclass
class BusyPhones:
    """Takes texts from many senders at once."""

    mobiles: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def publish(self, mobile: str, _message: str) -> str:
        with self._lock:
            self.mobiles[mobile] += 1
            return f"message-{self.mobiles.total()}"


@pytest.fixture
def college(database: Database) -> College:
    college = College(database)
    lesson = college.lesson()
    for _ in range(TEXTS):
        student, _ = college.student_with_guardian()
        college.mark(student, lesson)
    return college


@pytest.fixture
def connections(credentials: Credentials) -> Iterator[list[Database]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(connect(credentials))) for _ in range(SENDERS)]


def a_sender(database: Database, phones: BusyPhones, **settings: int) -> Delivery:
    def now() -> CollegeTime:
        return at("11:31")

    values = COMMON | {"sender_id": "College", "accept_fictional_mobiles": True} | settings
    return Delivery(
        database=database,
        source=find_source(database, None),
        settings=SendSmsSettings.model_validate(values),
        sms=phones,
        now=now,
        is_paused=lambda: False,
    )


def deliver_all(senders: list[Delivery], jobs: list[AbsenceTextId]) -> Counter[str]:
    """Share the jobs out, start all senders at once, and count what came of each job."""
    start = Barrier(len(senders))

    def work(sender: Delivery, share: list[AbsenceTextId]) -> Counter[str]:
        start.wait()
        return Counter(_outcome(sender, job) for job in share)

    shares = [jobs[number :: len(senders)] for number in range(len(senders))]
    with ThreadPoolExecutor(len(senders)) as pool:
        return sum(pool.map(work, senders, shares), Counter())


def _outcome(sender: Delivery, job: AbsenceTextId) -> str:
    try:
        return sender.deliver(job)
    except PhoneBusyError:
        return "back to the queue"


def jobs_with_duplicates(college: College) -> list[AbsenceTextId]:
    queue = MemoryQueue()
    detect(college, queue=queue, limits=NOTHING_IS_HELD)
    jobs = queue.jobs * COPIES
    Random(0).shuffle(jobs)  # noqa: S311 (to be the same again)
    return jobs


def test_eight_senders_with_duplicates_of_each_job_send_each_text_once(
    college: College, connections: list[Database]
) -> None:
    phones = BusyPhones()
    senders = [a_sender(connection, phones) for connection in connections]
    outcomes = deliver_all(senders, jobs_with_duplicates(college))
    assert outcomes == {State.SENT: TEXTS, Count.ALREADY_TAKEN: TEXTS * (COPIES - 1)}
    assert set(phones.mobiles.values()) == {1}
    assert len(phones.mobiles) == TEXTS == len(college.pastoral_logs())
    assert {text["attempts"] for text in college.texts()} == {1}


def test_eight_senders_at_one_text_claim_it_once(
    college: College, connections: list[Database]
) -> None:
    phones = BusyPhones()
    senders = [a_sender(connection, phones) for connection in connections]
    for job in dict.fromkeys(jobs_with_duplicates(college)):
        outcomes = deliver_all(senders, [job] * SENDERS)
        assert outcomes == {State.SENT: 1, Count.ALREADY_TAKEN: SENDERS - 1}


def test_of_eight_accounts_with_one_phone_one_is_texted_whichever_senders_race(
    database: Database, connections: list[Database]
) -> None:
    college, phones = College(database), BusyPhones()
    lesson, student = college.lesson(), college.student()
    college.mark(student, lesson)
    for _ in range(SENDERS):
        college.link(college.guardian(mobile="07700 900123"), student)
    detect(college)
    senders = [a_sender(connection, phones) for connection in connections]
    while jobs := [text["id"] for text in college.texts() if text["state"] in NOT_STARTED]:
        deliver_all(senders, jobs)
    assert phones.mobiles == {"+447700900123": 1}
    states = Counter(text["state"] for text in college.texts())
    assert states == {State.SENT: 1, State.CANCELLED: SENDERS - 1}


def test_eight_senders_at_the_days_last_places_never_send_one_too_many(
    college: College, connections: list[Database]
) -> None:
    phones = BusyPhones()
    senders = [a_sender(connection, phones, texts_per_day=20) for connection in connections]
    deliver_all(senders, jobs_with_duplicates(college))
    assert phones.mobiles.total() == 20
