"""What is measured at one size of college: the floor, and detection's steps beside it."""

# ruff: noqa: S608 (SQL put together from the product's own)
import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from absence_texts.candidates import find_source
from absence_texts.clock import CollegeTime
from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from benchmarks.generated_college import GeneratedCollege, analyze
from benchmarks.server import PATIENT, empty
from benchmarks.settings import SETTINGS, TODAY
from detect_absences.detection import Detection

FLOOR = """
SELECT COUNT(*) AS absences FROM lessons lesson
JOIN register_marks mark ON mark.lesson_id = lesson.lesson_id
WHERE lesson.starts_at >= %(today)s AND lesson.starts_at < %(tomorrow)s AND mark.mark = 'O'"""
TIMES = 5
"""The best of these counts: what else the machine does can only add."""


@dataclass(frozen=True, kw_only=True)
class Size:
    students: int
    days_of_history: int


@dataclass(frozen=True, kw_only=True)
class Measured:
    """In seconds, but for the counts and the memory."""

    size: Size
    history: int
    absences: int
    floor: float
    claimed: int
    claim: float
    claimed_last: int
    claim_last: float
    claim_nothing: float
    caught_up: int
    catch_up: float
    decide: float
    peak_mib: float


def measure(credentials: Credentials, size: Size) -> Measured:
    with closing(connect(credentials, timeouts=PATIENT)) as database:
        _generate(database, size)
        absences = _absences(database)
        floor = _seconds(lambda: _absences(database))
        claim, claimed = _claim_newly_due(database, (10, 20), (11, 30))
        claim_last, claimed_last = _claim_newly_due(database, (15, 10), (16, 30))
        claim_nothing = _seconds(_at(database, (16, 35)).claim)
        decide = _seconds_once(_at(database, (16, 35)).decide)
        catch_up, caught_up = _catch_up(database)
        _forget(database)
    return Measured(
        size=size,
        history=size.days_of_history * GeneratedCollege(students=size.students).marks_a_day,
        absences=absences,
        floor=floor,
        claimed=claimed,
        claim=claim,
        claimed_last=claimed_last,
        claim_last=claim_last,
        claim_nothing=claim_nothing,
        caught_up=caught_up,
        catch_up=catch_up,
        decide=decide,
        peak_mib=_peak_of_a_run(credentials),
    )


def _generate(database: Database, size: Size) -> None:
    empty(database)
    college = GeneratedCollege(students=size.students)
    college.create(database)
    # Numbered from today, so that today is the same whatever the history.
    for number in range(size.days_of_history + 1):
        college.add_day(database, TODAY - timedelta(days=number), number=number)
    analyze(database)


def _absences(database: Database) -> int:
    days = {"today": TODAY, "tomorrow": TODAY + timedelta(days=1)}
    (row,) = fetch_all(database, FLOOR, days)
    return int(row["absences"])


def _claim_newly_due(
    database: Database, before: tuple[int, int], now: tuple[int, int]
) -> tuple[float, int]:
    """Time an ordinary run's claim: a lesson is newly due, and those before it long claimed."""
    seconds, claimed = [], 0
    for _ in range(TIMES):
        _forget(database)
        _at(database, before).claim()
        detection = _at(database, now)
        start = time.perf_counter()
        claimed = detection.claim()
        seconds.append(time.perf_counter() - start)
    return min(seconds), claimed


def _catch_up(database: Database) -> tuple[float, int]:
    """Time the claim of a whole day's texts at once, after runs that were missed."""
    _forget(database)
    start = time.perf_counter()
    claimed = _at(database, (16, 30)).claim()
    return time.perf_counter() - start, claimed


def _peak_of_a_run(credentials: Credentials) -> float:
    """Run a whole run, which claims the day and queues it, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.one_run"],
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


def college_moment(hour: int, minute: int) -> CollegeTime:
    zone = SETTINGS.clock.zone
    wall_clock = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=zone)
    return CollegeTime(wall_clock.astimezone(UTC), zone)


def _forget(database: Database) -> None:
    for table in ("absence_decisions", "absence_texts"):
        execute(database, f"DELETE FROM {table}", {})


def _seconds(work: Callable[[], object]) -> float:
    return min(_seconds_once(work) for _ in range(TIMES))


def _seconds_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
