"""Planted names and numbers are followed through a day: only texts and pages may show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from absence_texts.database import Row
from absence_texts.identifiers import GuardianId
from absence_texts.ledger import State
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import LINK, SELECT, database_hanging
from tests.support.college import College
from tests.support.portal_sessions import log_in
from tests.support.receipts import UNREACHABLE, a_logs_event, a_receipt

NAMES = ("Zebedee", "Quillfeather", "Thomasina", "Wrigglesworth")
FIRST, LAST = NAMES[:2]
NUMBERS = ("900731", "900732", "900733", "900734", "900735")
"""The last digits of each guardian's mobile."""
TOKEN = "the-token-of-a-planted-session"  # noqa: S105 (a test's cookie)


@dataclass(frozen=True)
class Planted:
    """A guardian for each way in which a text can end."""

    told: GuardianId
    unreachable: GuardianId
    with_letters: GuardianId
    suspended: GuardianId
    without_absence: GuardianId


@pytest.fixture(scope="module")
def sinks(deployed: Deployed) -> Mapping[str, str]:
    """Play a day with the planted people, and return all that it wrote, by where that is."""
    planted = plant(deployed.college)
    with deployed.senders_stopped():
        deployed.call_detection()
        jobs = deployed.jobs_waiting()
    deployed.wait_until(lambda: not deployed.texts_under_way())
    bring_receipts(deployed, planted)
    tap_link(deployed, planted)
    assert deployed.call("mail_day", {"mail": "now"}) == {"mailed": 1}
    deployed.send_jobs(["this is no job"])
    deployed.wait_until(lambda: bool(deployed.dead_letters()))
    dead_letters = deployed.dead_letters()
    deployed.remove_dead_letters()
    return {
        "queue": "\n".join(jobs),
        "dead letters": "\n".join(dead_letters),
        "logs": "\n".join(deployed.log_lines()),
        "metrics and alarms": deployed.metrics_and_alarms(),
        "mails": repr(deployed.mails()),
    }


def plant(college: College) -> Planted:
    lesson = college.lesson()
    planted = Planted(*(a_family(college, f"07700 {number}") for number in NUMBERS))
    for guardian in (planted.told, planted.unreachable, planted.with_letters, planted.suspended):
        student = college.student(first_name=FIRST, last_name=LAST)
        college.link(guardian, student)
        college.mark(student, lesson)
    college.change(
        "guardians", f"guardian_id = {planted.with_letters}", mobile=f"07700 {NUMBERS[2]} mum"
    )
    college.change("guardians", f"guardian_id = {planted.suspended}", status="suspended")
    # A reference that fits no text is a data problem, which each run counts.
    odd = college.student(first_name=FIRST, last_name=LAST, reference="STŁ1")
    college.link(planted.told, odd)
    college.mark(odd, lesson)
    return planted


def a_family(college: College, mobile: str) -> GuardianId:
    guardian = college.guardian(name=" ".join(NAMES[2:]), mobile=mobile)
    for _ in range(2):
        college.link(guardian, college.student(first_name=FIRST, last_name=LAST))
    return guardian


def bring_receipts(deployed: Deployed, planted: Planted) -> None:
    published = f"{datetime.now(UTC) + timedelta(seconds=1):%Y-%m-%d %H:%M:%S.%f}"
    lines = [
        a_receipt(
            text_to(deployed, guardian)["provider_message_id"],
            failed=failed,
            published=published,
            mobile=f"+447700{number}",
        )
        for guardian, number, failed in (
            (planted.told, NUMBERS[0], None),
            (planted.unreachable, NUMBERS[1], UNREACHABLE),
        )
    ]
    broken = lines[0].replace("SUCCESS", f"+447700{NUMBERS[0]}")
    deployed.call("record_delivery", a_logs_event([*lines, broken]))
    assert text_to(deployed, planted.told)["state"] == State.DELIVERED
    assert text_to(deployed, planted.unreachable)["state"] == State.UNDELIVERED


def text_to(deployed: Deployed, guardian: GuardianId) -> Row:
    sql = "SELECT * FROM absence_texts WHERE guardian_id = %(guardian)s"
    (row,) = deployed.select(sql, guardian=guardian)
    return row


def tap_link(deployed: Deployed, planted: Planted) -> None:
    """Open the page that names the students, and the page for a database that is away."""
    day = deployed.college.day
    log_in(deployed.college, planted.without_absence, token=TOKEN, expires=f"{day} 23:00")
    assert FIRST in page(deployed, SELECT)
    with database_hanging(deployed):
        assert "problem" in page(deployed, LINK)


def page(deployed: Deployed, path: str) -> str:
    portal = urlsplit(deployed.stack.portal_address)
    connection = HTTPConnection(portal.netloc, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": f"portal_session={TOKEN}"})
        return connection.getresponse().read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("where", ["queue", "dead letters", "logs", "metrics and alarms", "mails"])
def test_each_place_is_written_to(sinks: Mapping[str, str], where: str) -> None:
    assert sinks[where]


@pytest.mark.parametrize(
    "planted",
    [*NAMES, *(f"7700{number}" for number in NUMBERS), *NUMBERS, "did not attend", TOKEN],
)
def test_nothing_but_texts_and_pages_shows(sinks: Mapping[str, str], planted: str) -> None:
    written = planted.casefold()
    assert [where for where, words in sinks.items() if written in words.casefold()] == []


def test_no_name_of_any_other_test_is_shown_either(
    deployed: Deployed, sinks: Mapping[str, str]
) -> None:
    names = {
        row["name"]
        for table, column in (
            *(("students", "first_name"), ("students", "last_name")),
            ("guardians", "name"),
        )
        for row in deployed.select(f"SELECT {column} AS name FROM {table}")
    }
    everything = "\n".join(sinks.values())
    assert [name for name in names if name in everything] == []
    assert "07700" not in everything
