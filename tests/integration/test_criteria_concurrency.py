"""A run does not block a tutor who marks a register, and two runs claim each text once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from threading import Barrier

import pytest

from absence_texts.database import Credentials, Database, connect, execute
from absence_texts.ledger import State, move
from absence_texts.source import find_source
from detect_absences.absence_counts import count_absences
from detect_absences.decisions import decide, delete_outdated_decisions
from detect_absences.detection import Detection
from detect_absences.run import run
from tests.support.college import College, at
from tests.support.runs import DETECTION, MemoryQueue

STUDENTS = 40
TIMES = 50


@pytest.fixture
def tutor(credentials: Credentials) -> Iterator[Database]:
    """Open a second connection, which gives up after a second of waiting for a lock."""
    with closing(connect(credentials)) as connection:
        execute(connection, "SET innodb_lock_wait_timeout = 1", {})
        yield connection


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE register_marks SET mark = '/', marked_at = '2026-11-23 11:00:00'",
        "INSERT INTO register_marks SELECT lesson_id, 999, starts_at, 'O' FROM lessons",
        "DELETE FROM register_marks",
        "UPDATE lessons SET ends_at = '2026-11-23 11:00:00'",
        "UPDATE students SET status = 'L16'",
        "UPDATE guardians SET mobile = NULL",
        "UPDATE guardian_students SET status = 'suspended'",
    ],
)
def test_while_a_run_claims_and_decides_a_second_connection_is_never_blocked(
    college: College, tutor: Database, change: str
) -> None:
    college.student(student_id=999)
    college.absence()
    _, unreachable, _ = college.absence()
    college.change("guardians", f"guardian_id = {unreachable}", mobile=None)
    detection = _detection(college.database)
    college.database.begin()
    assert detection.claim() + detection.claim_again() == 1
    assert decide(detection) == 1
    delete_outdated_decisions(detection)
    count_absences(detection)
    assert execute(tutor, change, {}) >= 1
    college.database.rollback()


def test_a_register_that_is_being_marked_does_not_hold_up_a_run(
    college: College, tutor: Database
) -> None:
    college.absence()
    execute(college.database, "SET innodb_lock_wait_timeout = 1", {})
    tutor.begin()
    execute(tutor, "UPDATE register_marks SET mark = '/'", {})
    assert _detection(college.database).claim() == 1
    tutor.rollback()


def test_two_runs_started_together_claim_each_text_once_without_a_deadlock(
    college: College, credentials: Credentials
) -> None:
    lessons = [college.lesson(), college.lesson("09:00", "10:00")]
    for _ in range(STUDENTS):
        student, _ = college.student_with_guardian()
        college.link(college.guardian(mobile=None), student)
        for lesson in lessons:
            college.mark(student, lesson, marked_at="09:10")
    with closing(connect(credentials)) as one, closing(connect(credentials)) as two:
        for _ in range(TIMES):
            claimed = _run_together(one, two)
            assert claimed == STUDENTS == len(college.texts())
            assert len(college.decisions()) == 3 * STUDENTS
            execute(college.database, "DELETE FROM absence_texts", {})
            execute(college.database, "DELETE FROM absence_decisions", {})


@pytest.mark.parametrize(
    ("state", "to", "time"),
    [
        pytest.param(State.QUEUED, State.SENDING, "20:00", id="claimed as the window closes"),
        pytest.param(State.SENDING, State.SENT, "11:40", id="sent as the run gives it up"),
    ],
)
def test_a_sender_in_the_middle_of_a_text_and_a_run_do_not_deadlock(
    college: College, tutor: Database, state: State, to: State, time: str
) -> None:
    college.absence()
    _run(college.database, "11:30")
    college.change("absence_texts", "TRUE", state=state, sending_at="2026-11-23 11:31:00")
    text_id = college.the_text_id()
    sender = tutor
    with ThreadPoolExecutor(1) as pool:
        sender.begin()
        execute(
            sender, "SELECT id FROM absence_texts WHERE id = %(id)s FOR UPDATE", {"id": text_id}
        )
        running = pool.submit(_run, college.database, time)
        wait([running], timeout=0.5)
        assert move(sender, [text_id], to, at(time)) == 1
        sender.commit()
        running.result()
    assert college.the_text()["state"] == to


def _run(database: Database, time: str) -> dict[str, int]:
    return run(database, MemoryQueue(), DETECTION, at(time), is_paused=lambda: False)


def _run_together(*databases: Database) -> int:
    """Start a run on each connection at once and return how many texts they claimed."""
    start = Barrier(len(databases))

    def one_run(database: Database) -> int:
        start.wait()
        return _run(database, "11:30")["claimed"]

    with ThreadPoolExecutor(len(databases)) as pool:
        return sum(pool.map(one_run, databases))


def _detection(database: Database) -> Detection:
    return Detection(
        database=database,
        source=find_source(database, None),
        rules=DETECTION.rules,
        moment=at("11:30"),
    )
