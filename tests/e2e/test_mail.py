"""On the deployed local stack, staff get the mail about the day."""

import pytest

from infra.stages.values import LOCAL
from local.mailbox import Mail
from mail_day.due import CLAIM_LASTS
from tests.e2e.deployed import RUN_AND_TEXTS_SECONDS, Deployed


@pytest.fixture(scope="module")
def mail(deployed: Deployed) -> Mail:
    """Mark a register, wait for the texts, and ask for a mail as operators do."""
    college, lesson = deployed.college, deployed.college.lesson()
    told, _ = college.student_with_guardian()
    alone = college.student(first_name="Zebedee")
    hidden, guardian = college.student_with_guardian()
    college.change("guardians", f"guardian_id = {guardian}", mobile=None, name="Ursula Quill")
    for student in (told, alone, hidden):
        college.mark(student, lesson)
    texts = len(deployed.texts())
    deployed.call_detection()
    deployed.wait_for_texts(texts + 1)
    assert deployed.call("mail_day", {"mail": "now"}) == {"mailed": 1}
    return deployed.mails()[-1]


def test_the_schedule_mails_once_at_the_time_of_the_days_first_mail(deployed: Deployed) -> None:
    """The stack's clock showed 11:45 when it started.

    On a busy machine the first call may fail. A later call then sends the mail.
    """
    scheduled = "SELECT sent_at FROM day_mails WHERE sent_at IS NOT NULL"
    after_a_failed_call = CLAIM_LASTS.total_seconds() + RUN_AND_TEXTS_SECONDS
    deployed.wait_until(lambda: len(deployed.select(scheduled)) == 1, seconds=after_a_failed_call)
    before = len(deployed.mails())
    assert before >= 1
    assert deployed.call("mail_day", {}) == {"mailed": 0, "mails_on_time": 1}
    assert len(deployed.mails()) == before


def test_it_goes_to_the_stages_staff_from_the_stages_address(mail: Mail) -> None:
    assert (mail.sender, mail.to) == (LOCAL.mail_from, LOCAL.mail_to)


def test_it_lists_who_was_not_told_and_why_in_both_its_forms(
    deployed: Deployed, mail: Mail
) -> None:
    untold = deployed.select(
        "SELECT s.reference FROM students s JOIN absence_decisions d USING (student_id)"
        " WHERE d.criterion IN ('guardian_linked', 'has_mobile')"
    )
    assert len(untold) >= 2
    for row in untold:
        assert row["reference"] in mail.text
        assert row["reference"] in mail.html
    assert "Sending is on." in mail.text


def test_nobodys_name_or_number_is_in_it_or_in_the_mailers_log(
    deployed: Deployed, mail: Mail
) -> None:
    lines = [line for line in deployed.log_lines() if '"mail_day"' in line]
    assert lines
    everything = "\n".join([*lines, mail.subject, mail.text, mail.html])
    personal = {"Zebedee", "Ursula", "Quill", "07700", "7700900"}
    assert [words for words in personal if words in everything] == []
