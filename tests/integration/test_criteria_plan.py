"""How the database finds absences: by the day's lessons, never by reading all register marks."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from absence_texts.database import Database, Row, execute, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.source import find_source
from detect_absences.absence_counts import count_absences, count_timetable_clashes
from detect_absences.decisions import decide, delete_outdated_decisions
from detect_absences.detection import Detection
from send_sms.claimed_text import load
from tests.support.college import at
from tests.support.generated_college import GeneratedCollege, analyze
from tests.support.query_plan import explain
from tests.support.runs import DETECTION
from tests.support.statements import recorded

TODAY = date(2026, 11, 23)
DAYS = 40
_WRITES = {"INSERT", "REPLACE", "UPDATE", "DELETE"}


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """Return the statements of a run and of one check before sending, in a college with history."""
    college = GeneratedCollege(students=200)
    college.create(database)
    college.add_days(database, [TODAY - timedelta(days=ago) for ago in range(DAYS)])
    college.add_texts(database)
    analyze(database)
    with recorded(database) as statements:
        _run_and_load(database)
    yield [statement for statement in statements if "`register_marks`" in statement]
    execute(database, "DROP TABLE bench_numbers, bench_days", {})


def test_no_statement_reads_a_whole_table_of_the_colleges(
    database: Database, statements: list[str]
) -> None:
    assert len(statements) == 7
    for statement in statements:
        steps = explain(database, statement.replace("%", "%%"), {})
        assert {"mark", "lesson"} <= {step["table"] for step in steps}
        assert [step["table"] for step in steps if _reads_all(step)] == [], statement


def _run_and_load(database: Database) -> None:
    source, rules, moment = find_source(database, None), DETECTION.rules, at("16:00")
    detection = Detection(database=database, source=source, rules=rules, moment=moment)
    assert detection.claim() > 0
    execute(database, "UPDATE absence_texts SET state = 'cancelled' LIMIT 3", {})
    detection.claim_again()
    assert decide(detection) > 0
    delete_outdated_decisions(detection)
    count_absences(detection)
    count_timetable_clashes(detection)
    (first,) = fetch_all(database, "SELECT MIN(id) AS id FROM absence_texts", {})
    load(database, source, rules, moment, AbsenceTextId(first["id"]))


def _reads_all(step: Row) -> bool:
    # MySQL lists the table that the rows go to as well, and says ALL of it.
    is_read = not step["table"].startswith("<") and step["select_type"] not in _WRITES
    return is_read and step["type"] in {"ALL", "index"}
