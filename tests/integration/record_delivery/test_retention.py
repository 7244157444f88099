"""Texts and decisions older than `keep_days` are deleted, and nobody waits for that."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import date, timedelta

import pytest

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.ledger import State
from local.college.rows import insert_rows
from record_delivery.retention import BATCH_SIZE, purge
from tests.support.aws_account import aws_account
from tests.support.college import DAY, College, at
from tests.support.lambda_runtime import Context, a_cold_start
from tests.support.receipts import a_logs_event, a_receipt
from tests.support.runs import Phones, deliver, detect

KEEP_DAYS = 400
TABLES = ("absence_texts", "absence_decisions", "texts_so_far", "operator_actions")
AGE = dict.fromkeys(TABLES, "absence_date") | {"operator_actions": "acted_at"}
TODAY = date.fromisoformat(DAY)
MORE_THAN_A_CALL_DELETES = 2 * BATCH_SIZE * 10


def add_rows(college: College, table: str, *ages: int) -> None:
    """Add a text or a decision of so many days ago for each of the ages."""
    insert_rows(college.database, table, [_row(table, n, age) for n, age in enumerate(ages)])


def _row(table: str, number: int, age: int) -> dict[str, str | int | date]:
    day = TODAY - timedelta(days=age)
    if table == "operator_actions":
        return {"acted_at": day, "acted_by": "jane", "action": "pause"}
    if table == "texts_so_far":
        # A run a second: any number of them fit into a day or two.
        return {"absence_date": day, "by_time": str(timedelta(seconds=number)), "texts": number}
    row: dict[str, str | int | date] = {
        "student_id": number,
        "guardian_id": 1,
        "lesson_id": 1,
        "absence_date": day,
    }
    if table == "absence_texts":
        return row | {"state": State.DELIVERED.value}
    return row | {"criterion": "link_active", "decided_at": at("11:30").utc}


def ages(college: College, table: str) -> list[int]:
    rows = fetch_all(college.database, f"SELECT DATE({AGE[table]}) AS day FROM {table}", {})
    return sorted((TODAY - row["day"]).days for row in rows)


def purge_once(database: Database) -> int:
    return purge(database, at("02:00"), keep_days=KEEP_DAYS)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_older_goes_and_nothing_younger(college: College, table: str) -> None:
    add_rows(college, table, 0, 399, 400, 401, 402, 4000)
    assert purge_once(college.database) == 3
    assert ages(college, table) == [0, 399, 400]
    assert purge_once(college.database) == 0


def test_the_pastoral_log_of_a_deleted_text_stays(college: College) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    (log,) = college.pastoral_logs()
    college.change("absence_texts", "TRUE", absence_date=TODAY - timedelta(days=401))
    assert purge_once(college.database) == 1
    assert (college.texts(), college.pastoral_logs()) == ((), (log,))


def test_a_new_text_never_gets_the_id_of_a_deleted_one(college: College) -> None:
    """Otherwise the log of the deleted text would stand in the way of the new one's."""
    add_rows(college, "absence_texts", 401)
    deleted = college.the_text_id()
    purge_once(college.database)
    college.absence()
    detect(college)
    assert college.the_text_id() > deleted


@pytest.mark.parametrize("table", TABLES)
def test_a_call_deletes_a_bounded_number_oldest_first_and_the_next_goes_on(
    college: College, table: str
) -> None:
    add_rows(college, table, *(401 + n // 100 for n in range(MORE_THAN_A_CALL_DELETES)))
    oldest = max(ages(college, table))
    deleted = purge_once(college.database)
    assert 0 < deleted < MORE_THAN_A_CALL_DELETES
    assert max(ages(college, table)) < oldest
    assert deleted + purge_once(college.database) == MORE_THAN_A_CALL_DELETES
    assert ages(college, table) == []


@pytest.fixture
def others(credentials: Credentials) -> Iterator[list[Database]]:
    """Return further connections."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(connect(credentials))) for _ in range(4)]


def wait_for_no_lock(database: Database) -> None:
    execute(database, "SET innodb_lock_wait_timeout = 1", {})


@pytest.mark.parametrize("table", TABLES)
def test_a_run_and_a_sender_work_while_a_batch_is_being_deleted(
    college: College, others: list[Database], table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_rows(college, table, *[401] * 50, 0)
    monkeypatch.setattr(others[0], "commit", lambda: None)
    assert purge_once(others[0]) == 50
    assert len(ages(college, table)) == 51
    wait_for_no_lock(college.database)
    college.absence()
    assert detect(college)["claimed"] == 1
    (text,) = (text for text in college.texts() if text["state"] == State.QUEUED)
    assert deliver(college, Phones(), text_id=text["id"]) == State.SENT


def test_a_text_that_a_sender_holds_does_not_hold_up_the_deletion(
    college: College, others: list[Database]
) -> None:
    add_rows(college, "absence_texts", *[401] * 50, 0)
    others[0].begin()
    held = "SELECT id FROM absence_texts WHERE absence_date = %(day)s FOR UPDATE"
    assert len(fetch_all(others[0], held, {"day": TODAY})) == 1
    wait_for_no_lock(others[1])
    assert purge_once(others[1]) == 50


@pytest.mark.parametrize("table", TABLES)
def test_calls_at_once_delete_each_row_once(
    college: College, others: list[Database], table: str
) -> None:
    add_rows(college, table, *[401] * 800)
    with ThreadPoolExecutor(len(others)) as pool:
        assert sum(pool.map(purge_once, others)) == 800
    assert ages(college, table) == []


def test_the_timer_deletes_and_counts_and_a_receipt_does_not_wait_for_that(
    college: College, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_rows(college, "absence_texts", 10, 4000)
    monkeypatch.setenv("KEEP_DAYS", "3000")
    with aws_account(credentials, monkeypatch):
        handler = a_cold_start("record_delivery")
        assert "purged" not in handler(a_logs_event([a_receipt()]), Context())
        assert handler({"detail-type": "Scheduled Event"}, Context())["purged"] == 1
    assert len(college.texts()) == 1
