"""Each function works as its own database user, and needs every right of that user."""

import boto3
import pymysql
import pytest

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.clock import Clock
from absence_texts.database import Database, execute, fetch_one
from absence_texts.ledger import State
from db.grants import COLLEGE, OURS
from local.loopback import HOST
from ops.operator_actions import OperatorAction, last_switch, record
from record_delivery.log_sweep import LogSweep
from record_delivery.receipts import known_among
from record_delivery.retention import purge
from tests.support.college import LONDON, College, at, wall_clock
from tests.support.database_users import DENIED, Connect
from tests.support.link import TOKEN, sha256
from tests.support.mails import mails_at
from tests.support.portal_sessions import log_in
from tests.support.receipts import a_receipt
from tests.support.receipts import record as record_receipts
from tests.support.runs import Phones, deliver, detect


def a_day_with_everything(college: College) -> None:
    """Add rows that make detection take each of its steps."""
    college.absence()
    student, guardian = college.student_with_guardian()
    first, second = college.lesson("09:00", "10:00"), college.lesson()
    college.mark(student, first, mark="/", marked_at="09:10")
    college.mark(student, second)
    college.claim(student, guardian, first, State.CANCELLED)
    execute(
        college.database,
        "INSERT INTO absence_decisions VALUES"
        " (%(lesson)s, %(student)s, %(guardian)s, %(day)s, 'has_mobile', '2026-11-23 11:00')",
        {"lesson": second, "student": student, "guardian": guardian, "day": college.day},
    )
    mobile_less = college.guardian(mobile="")
    college.link(mobile_less, student)
    yesterday = college.guardian()
    college.claim(student, yesterday, first, State.PENDING)
    college.change("absence_texts", f"guardian_id = {yesterday}", absence_date="2026-11-22")


def the_work_of_detection(college: College, database: Database) -> None:
    a_day_with_everything(college)
    counts = detect(College(database), hold_texts_from=0, hold_percent_without_past=1000)
    people_work_as(database)
    assert {name for name, count in counts.items() if count} == {
        "claimed",
        "claimed_again",
        "due",
        "decided",
        "overtaken",
        "expired",
        "queued",
    }


def people_work_as(database: Database) -> None:
    """Record and read what the command-line tool does as detection's user."""
    record(database, OperatorAction.PAUSE, at("12:00"), by="jane", why=None)
    assert last_switch(database)
    assert fetch_one(database, "SELECT run_at FROM last_run", {})


def the_work_of_the_sender(college: College, database: Database) -> None:
    college.absence()
    detect(college)
    assert deliver(College(database), Phones(), text_id=college.the_text_id()) == State.SENT
    assert len(college.pastoral_logs()) == 1


def the_work_of_the_link(college: College, database: Database) -> None:
    _, guardian = college.student_with_guardian()
    log_in(college, guardian)
    sql = sessions_sql(None, full=True, last_names=True)
    session = find_session(database, sql, [sha256(TOKEN)], wall_clock("12:00"))
    assert session
    assert len(session.students) == 1


def the_work_of_the_receipts(college: College, database: Database) -> None:
    """Settle a text in doubt by its number, and delete old rows."""
    _, guardian, _ = college.absence()
    college.change("guardians", f"guardian_id = {guardian}", mobile="07700 900123")
    detect(college)
    deliver(college, Phones.in_doubt())
    record_receipts(College(database), a_receipt(mobile="+447700900123"))
    assert college.the_text()["state"] == State.DELIVERED
    assert len(college.pastoral_logs()) == 1
    student, _, lesson = college.absence()
    values = {"student": student, "lesson": lesson}
    execute(
        college.database,
        "INSERT INTO absence_decisions VALUES"
        " (%(lesson)s, %(student)s, 1, '2020-01-01', 'has_mobile', '2020-01-01')",
        values,
    )
    read_logs(database)
    college.change("absence_texts", "TRUE", absence_date="2020-01-01")
    college.change("texts_so_far", "TRUE", absence_date="2020-01-01")
    record(college.database, OperatorAction.PAUSE, at("2020-01-01 12:00"), by="jane", why=None)
    execute(college.database, "INSERT INTO day_mails SELECT '2020-01-01', '11:45', NULL, NULL", {})
    assert purge(database, at("12:00"), keep_days=400) == 5


def the_work_of_the_mail(college: College, database: Database) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones.in_doubt())
    (mail,) = mails_at("11:45", College(database))
    assert "STE00000001" in mail.text


def read_logs(database: Database) -> None:
    """Read no log group: the database sees the same statements."""
    clock = Clock(LONDON, utc_now=lambda: at("12:00").instant)
    logs = boto3.client("logs")
    for _ in range(2):
        LogSweep(database=database, logs=logs, groups=(), clock=clock).sweep(lambda: True)
    assert known_among(database, ["message-1"]) == {"message-1"}


_WORK = {
    "detect_absences": the_work_of_detection,
    "send_sms": the_work_of_the_sender,
    "absence_redirect": the_work_of_the_link,
    "record_delivery": the_work_of_the_receipts,
    "mail_day": the_work_of_the_mail,
}
_NEEDED = [
    (user, grant.table, verb, grant.columns)
    for user in _WORK
    for grant in COLLEGE[user] + OURS[user]
    for verb in grant.verbs
]


@pytest.mark.parametrize("user", _WORK)
def test_each_function_does_its_work_as_its_own_user(
    college: College, connect_as: Connect, user: str
) -> None:
    _WORK[user](college, connect_as(user))


@pytest.mark.parametrize(("user", "table", "verb", "columns"), _NEEDED)
def test_nothing_is_granted_that_the_work_does_not_need(
    college: College,
    connect_as: Connect,
    user: str,
    table: str,
    verb: str,
    columns: tuple[str, ...],
) -> None:
    of = f"({', '.join(columns)})" if columns else ""
    execute(college.database, f"REVOKE {verb} {of} ON {table} FROM '{user}'@'{HOST}'", {})
    with pytest.raises(pymysql.MySQLError) as refusal:
        _WORK[user](college, connect_as(user))
    assert refusal.value.args[0] in DENIED
