"""day --html: what the page of a day says is what the account and the records say."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from ops.operator_actions import OperatorAction, record
from ops.service import Service
from ops.stage_alarms import StageAlarms
from ops.target import NoTargetError
from tests.integration.ops.conftest import CommandLine
from tests.support.college import DAY, College, at
from tests.support.receipts import a_receipt
from tests.support.receipts import record as record_receipt
from tests.support.runs import COMMON, Phones, deliver, detect
from tests.support.sending_switch import switched_on, turn

TOMORROW = "2026-11-24 09:00"


@pytest.fixture
def ops(ops: CommandLine) -> Iterator[CommandLine]:
    with switched_on():
        service = Service(
            ssm=boto3.client("ssm"),
            sqs=boto3.client("sqs"),
            logs=boto3.client("logs"),
            sending_parameter=COMMON["sending_parameter"],
            queue_address="no queue",
            alarms=StageAlarms(cloudwatch=boto3.client("cloudwatch"), stage="live"),
        )
        ops.find_service = lambda: service
        yield ops


def page(ops: CommandLine, file: Path) -> str:
    shown = ops(f"day --date {DAY} --html {file}")
    assert ops.code == 0, shown
    assert str(file) in shown
    return file.read_text()


def delivered_text(college: College) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    record_receipt(college, a_receipt())


def test_the_page_has_the_days_texts_with_their_times(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    delivered_text(college)
    html = page(ops, tmp_path / "day.html")
    assert "1 text left, from 11:31 to 11:31." in html
    assert "Half of the texts left within 22 minutes" in html
    assert "Half of the texts arrived within 26 minutes" in html


def test_a_text_is_counted_only_if_its_student_is_in_the_account(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    delivered_text(college)
    college.change("students", "TRUE", status="L16")
    assert "text left" not in page(ops, tmp_path / "day.html")


def test_a_day_that_is_over_reads_as_it_was_recorded(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    delivered_text(college)
    ops.now = at(TOMORROW)
    ops.find_service = lambda: pytest.fail("how the service is today says nothing about the day")
    html = page(ops, tmp_path / "day.html")
    assert "<h1>Monday 23 November 2026</h1>" in html
    assert "made at 09:00 on Tuesday 24 November 2026" in html
    assert "1 text left, from 11:31 to 11:31." in html


def test_a_student_without_a_guardian_is_among_those_to_ring(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    college.mark(college.student(), college.lesson())
    detect(college)
    to_ring, _, _ = page(ops, tmp_path / "day.html").partition('id="account"')
    assert "STE00000001" in to_ring
    assert "No guardian is linked to the student" in to_ring


def test_no_mobile_is_on_the_page_but_its_last_digits(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="07700 900123")
    html = page(ops, tmp_path / "day.html")
    assert "…123" in html
    assert "900123" not in html.replace(" ", "")


def test_a_pause_marks_the_first_line(college: College, ops: CommandLine, tmp_path: Path) -> None:
    college.absence()
    assert 'class="status"' in page(ops, tmp_path / "on.html")
    turn("paused")
    html = page(ops, tmp_path / "paused.html")
    assert 'class="status alarm"' in html
    assert "Sending is PAUSED" in html


def test_the_account_is_shown_if_how_the_service_is_can_not_be_known(
    college: College, ops: CommandLine, tmp_path: Path
) -> None:
    def no_target() -> Service:
        raise NoTargetError("Name a function.")

    college.absence()
    ops.find_service = no_target
    html = page(ops, tmp_path / "day.html")
    assert "not known. Name a function." in html
    assert "STE00000001" in html
    assert "STE00000001" in ops(f"day --date {DAY}")


@pytest.mark.parametrize(
    ("acted", "listed"),
    [
        ("00:00", True),
        ("23:59:59", True),
        ("2026-11-22 23:59:59", False),
        ("2026-11-24 00:00", False),
    ],
)
def test_what_was_done_by_hand_on_the_day_is_listed(
    college: College, ops: CommandLine, tmp_path: Path, acted: str, *, listed: bool
) -> None:
    record(college.database, OperatorAction.PAUSE, at(acted), by="jane", why="a wrong register")
    html = page(ops, tmp_path / "day.html")
    assert ("a wrong register" in html.partition('id="actions"')[2]) is listed


@pytest.mark.parametrize("end", [None, "2026-11-24 09:00:00"])
def test_a_lesson_whose_end_says_nothing_is_counted_as_not_known(
    college: College, ops: CommandLine, tmp_path: Path, end: str | None
) -> None:
    delivered_text(college)
    if end:
        college.change("lessons", "TRUE", ends_at=end)
    else:
        college.change("absence_texts", "TRUE", lesson_id=999)
    assert 'scope="row">not known</th>' in page(ops, tmp_path / "day.html")


def test_a_file_that_can_not_be_written_is_told(ops: CommandLine, tmp_path: Path) -> None:
    assert "can't be written" in ops(f"day --html {tmp_path}/nowhere/day.html")
    assert ops.code == 2
