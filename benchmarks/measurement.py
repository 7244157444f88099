"""Measures, at one size of college, the floor and each step of detection."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.source import find_source
from benchmarks.holding import time_hold
from benchmarks.server import LONG_TIMEOUTS, empty
from benchmarks.settings import SETTINGS, TODAY, college_moment
from detect_absences.decisions import decide
from detect_absences.detection import Detection
from local.waiting import wait_until
from tests.support.generated_college import GeneratedCollege, analyze

FLOOR = """
SELECT COUNT(*) AS absences FROM lessons lesson
JOIN register_marks mark ON mark.lesson_id = lesson.lesson_id
WHERE lesson.starts_at >= %(today)s AND lesson.starts_at < %(tomorrow)s AND mark.mark = 'O'"""
TEACHING_DAYS = 190
"""In a school year."""
_CLEARED = "History list length 0\n"
_CLEARED_WITHIN_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Size:
    students: int
    days_of_history: int
    times: int = 9
    """The best of these counts, because other work on the machine can only add."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Times in seconds, counts of rows, and memory in MiB."""

    size: Size
    history: int
    absences: int
    floor: float
    claimed: int
    claim: float
    claimed_last: int
    claim_last: float
    hold_last: float
    claim_nothing: float
    caught_up: int
    catch_up: float
    bare_insert: float
    decide: float
    peak_mib: float


def measure(credentials: Credentials, size: Size) -> Measured:
    with closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database:
        generate(database, size)
        return _measure(database, credentials, size)


def _measure(database: Database, credentials: Credentials, size: Size) -> Measured:
    times = size.times
    absences = _absences(database)
    floor = _seconds(times, lambda: _absences(database))
    claim, claimed = _claim_newly_due(database, times, (10, 20), (11, 30))
    claim_last, claimed_last = _claim_newly_due(database, times, (15, 10), (16, 30))
    hold_last = time_hold(database, _at(database, (16, 30)), times)
    claim_nothing = _seconds(times, _at(database, (16, 35)).claim)
    deciding = _seconds_once(lambda: decide(_at(database, (16, 35))))
    bare_insert = _bare_insert(database, times)
    catch_up, caught_up = _claim_newly_due(database, times, (8, 0), (16, 30))
    _undo_todays_runs(database)
    return Measured(
        size=size,
        history=size.days_of_history * GeneratedCollege(students=size.students).marks_a_day,
        absences=absences,
        floor=min(floor, _seconds(times, lambda: _absences(database))),
        claimed=claimed,
        claim=claim,
        claimed_last=claimed_last,
        claim_last=claim_last,
        hold_last=hold_last,
        claim_nothing=claim_nothing,
        caught_up=caught_up,
        catch_up=catch_up,
        bare_insert=bare_insert,
        decide=deciding,
        peak_mib=_peak_of_a_run(credentials),
    )


def generate(database: Database, size: Size) -> None:
    empty(database)
    college = GeneratedCollege(students=size.students)
    college.create(database)
    # Days count back from today, so that today is the same with any history.
    ago = (number * 365 // TEACHING_DAYS for number in range(size.days_of_history + 1))
    college.add_days(database, [TODAY - timedelta(days=days) for days in ago])
    college.add_texts(database)
    analyze(database)


def _absences(database: Database) -> int:
    days = {"today": TODAY, "tomorrow": TODAY + timedelta(days=1)}
    (row,) = fetch_all(database, FLOOR, days)
    return int(row["absences"])


def _claim_newly_due(
    database: Database, times: int, before: tuple[int, int], now: tuple[int, int]
) -> tuple[float, int]:
    """Time a claim at `now`, with all that was due `before` already claimed; count its texts."""
    seconds, claimed = [], 0
    for _ in range(times):
        _undo_todays_runs(database)
        _at(database, before).claim()
        detection = _at(database, now)
        start = time.perf_counter()
        claimed = detection.claim()
        seconds.append(time.perf_counter() - start)
    return min(seconds), claimed


def _bare_insert(database: Database, times: int) -> float:
    """Time the insert of today's ledger rows from a table that holds them already."""
    columns = "student_id, guardian_id, absence_date, lesson_id, state, pending_at"
    execute(database, "DROP TABLE IF EXISTS bench_texts", {})
    execute(
        database,
        "CREATE TABLE bench_texts (PRIMARY KEY (student_id, guardian_id))"
        f" SELECT {columns} FROM absence_texts WHERE absence_date = %(today)s",
        {"today": TODAY},
    )
    insert = f"INSERT INTO absence_texts ({columns}) SELECT {columns} FROM bench_texts"
    seconds = []
    for _ in range(times):
        _undo_todays_runs(database)
        seconds.append(_seconds_once(lambda: execute(database, insert, {})))
    execute(database, "DROP TABLE bench_texts", {})
    return min(seconds)


def _peak_of_a_run(credentials: Credentials) -> float:
    """Do one run, which claims and queues the whole day, in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak_memory"],
        input=json.dumps(asdict(credentials)),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _at(database: Database, clock: tuple[int, int]) -> Detection:
    source = find_source(database, None)
    moment = college_moment(*clock)
    return Detection(database=database, source=source, rules=SETTINGS.rules, moment=moment)


def _undo_todays_runs(database: Database) -> None:
    """Delete what today's runs wrote, and wait until the server has cleared it away.

    No real day has the remains of another run of itself in its indexes.
    """
    for table in ("absence_texts", "absence_decisions"):
        execute(database, f"DELETE FROM {table} WHERE absence_date = %(today)s", {"today": TODAY})
    wait_until(
        lambda: _is_cleared(database),
        seconds=_CLEARED_WITHIN_SECONDS,
        otherwise=lambda: TimeoutError("The server does not clear away what was deleted."),
    )


def _is_cleared(database: Database) -> bool:
    (row,) = fetch_all(database, "SHOW ENGINE INNODB STATUS", {})
    return _CLEARED in row["Status"]


def _seconds(times: int, work: Callable[[], object]) -> float:
    return min(_seconds_once(work) for _ in range(times))


def _seconds_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
