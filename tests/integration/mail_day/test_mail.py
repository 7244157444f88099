"""What a mail about the day says, and what it never says."""

import csv

import pytest

from absence_texts.account import Told
from absence_texts.database import Database
from absence_texts.ledger import State
from absence_texts.parameter_store import Sending
from absence_texts.vocabulary import Reason
from tests.integration.ops.conftest import CommandLine
from tests.support.college import College, at
from tests.support.mails import SENDER, STAFF, mails_at, switch
from tests.support.receipts import UNREACHABLE, a_receipt, record
from tests.support.runs import Phones, deliver, detect


@pytest.fixture
def ops(database: Database) -> CommandLine:
    command_line = CommandLine(database)
    command_line.now = at("11:45")
    return command_line


def a_day(college: College) -> None:
    """Let a student be told, one be in doubt, and one have a guardian without a mobile."""
    for _ in range(3):
        college.absence()
    college.change("guardians", "guardian_id = 8", mobile=None)
    detect(college)
    told, in_doubt = (text["id"] for text in college.texts())
    assert deliver(college, Phones(), text_id=told) == State.SENT
    assert deliver(college, Phones.in_doubt(), text_id=in_doubt) == State.IN_DOUBT


def test_it_goes_from_the_services_address_to_all_staff_in_plain_text_and_html(
    college: College,
) -> None:
    college.absence()
    (mail,) = mails_at("11:45", college)
    assert (mail.headers["From"], mail.headers["To"]) == (SENDER, ", ".join(STAFF))
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert "STE00000001" in mail.text
    assert "STE00000001" in mail.html
    assert mail.sent.isascii()


def test_it_lists_the_students_about_whom_nobody_was_told_with_the_reason_and_since_when(
    college: College,
) -> None:
    a_day(college)
    (mail,) = mails_at("11:45", college)
    for body in (mail.text, mail.html):
        assert "STE00000001" not in body
        assert "STE00000004" in body
        assert "11:31" in body
        assert "ReadTimeoutError" in body
        assert "mobile" in body
    assert "2 absent students" in mail.subject


def test_its_spreadsheet_is_the_day_command_without_names_and_mobiles(
    college: College, ops: CommandLine
) -> None:
    a_day(college)
    (mail,) = mails_at("11:45", college)
    of_the_command = list(csv.DictReader(ops("day --csv").splitlines()))
    left_out = of_the_command[0].keys() - mail.rows[0].keys()
    assert left_out == {"student name", "guardian name", "lives with", "mobile"}
    assert list(mail.rows) == [
        {name: row[name] for name in row.keys() - left_out} for row in of_the_command
    ]
    assert {row["told"] for row in mail.rows} == {"told", "not told"}


def test_it_has_no_name_and_no_number(college: College) -> None:
    student, guardian, _ = college.absence()
    college.change("students", f"student_id = {student}", first_name="Zebedee", last_name="Quill")
    college.change("guardians", f"guardian_id = {guardian}", name="Ursula", mobile="07700 900123")
    detect(college)
    deliver(college, Phones.in_doubt())
    (mail,) = mails_at("11:45", college)
    everything = "".join((mail.subject, mail.text, mail.html, str(mail.rows)))
    assert "STE00000001" in everything
    for planted in ("Zebedee", "Quill", "Ursula", "900123", "900 123"):
        assert planted not in everything


def test_everybody_was_told_is_a_mail_too(college: College) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    (mail,) = mails_at("11:45", college)
    assert mail.text.startswith("Somebody at home was told about every absent student.")
    assert [row["told"] for row in mail.rows] == [Told.TOLD]


def test_news_on_its_way_is_not_called_told(college: College) -> None:
    college.absence()
    detect(college)
    (mail,) = mails_at("11:45", college)
    assert "on their way" in mail.subject


def test_a_text_that_did_not_arrive_is_listed_with_the_phone_networks_reason(
    college: College,
) -> None:
    college.absence()
    detect(college)
    deliver(college, Phones())
    record(college, a_receipt(failed=UNREACHABLE))
    (mail,) = mails_at("11:45", college)
    assert f"undelivered: {Reason.PHONE_UNREACHABLE.words}" in mail.text


def test_a_day_with_marks_and_no_absence_says_so(college: College) -> None:
    student, _ = college.student_with_guardian()
    college.mark(student, college.lesson(), mark="/")
    (mail,) = mails_at("11:45", college)
    assert mail.text.startswith("No absence to text about so far.")
    assert mail.rows == ()


def test_a_weekday_without_a_mark_has_a_short_mail(college: College) -> None:
    (mail,) = mails_at("11:45", college)
    assert mail.text.startswith("No register was marked today.")
    assert mail.rows == ()


def test_a_saturday_has_a_mail_only_if_a_register_is_marked(college: College) -> None:
    assert mails_at("2026-11-28 11:45", college) == []
    student, _ = college.student_with_guardian()
    college.mark(student, college.lesson("2026-11-28 10:10", "2026-11-28 11:10"))
    assert len(mails_at("2026-11-28 15:30", college)) == 1


def test_it_begins_with_whether_sending_is_on_and_what_is_late(college: College) -> None:
    college.absence()
    detect(college, "11:30")
    (mail,) = mails_at("11:45", college)
    assert "Sending is on. The last run was at 11:30" in mail.text
    assert "1 text waiting (1 for over 10 minutes)" in mail.text


def test_a_pause_is_in_the_subject_and_has_its_time(college: College) -> None:
    paused = switch(Sending.PAUSED, "10:05")
    (mail,) = mails_at("11:45", college, switched=paused)
    assert "PAUSED" in mail.subject
    assert "10:05" in mail.text


def test_the_subject_names_the_stage_unless_it_is_live(college: College) -> None:
    (mail,) = mails_at("11:45", college)
    (live,) = mails_at("15:30", college, stage="live")
    assert mail.subject.startswith("[local] ")
    assert not live.subject.startswith("[")


def test_a_reference_is_not_taken_for_html_or_for_a_formula(college: College) -> None:
    student, _, _ = college.absence()
    college.change("students", f"student_id = {student}", reference="=<b>É")
    detect(college)
    (mail,) = mails_at("11:45", college)
    assert "=&lt;b&gt;É" in mail.html
    assert mail.rows[0]["student"] == "'=<b>É"
    assert mail.sent.isascii()
