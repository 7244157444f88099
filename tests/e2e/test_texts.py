"""On the deployed local stack, the schedule turns rows into texts."""

from dataclasses import dataclass

import pytest

from absence_texts.identifiers import GuardianId, StudentId
from absence_texts.ledger import State
from db.source.tables import CONTACTS_MOBILE
from tests.e2e.deployed import Deployed
from tests.support.college import College

SPECIFICATIONS_SAMPLE = (
    "Student STE04049635 did not attend their lesson today at 10:10. If this is a genuine absence, "
    "please notify us here: https://tinyurl.com/runabs"
)


@dataclass(frozen=True)
class Day:
    sample_guardian: GuardianId
    student_of_two: StudentId
    two_guardians: tuple[GuardianId, GuardianId]
    guardian_of_two_absences: GuardianId
    guardian_of_unmarked: GuardianId


@pytest.fixture(scope="session")
def day(deployed: Deployed) -> Day:
    """Mark the registers of a morning and wait until the schedule has run."""
    college = deployed.college
    lesson, earlier = college.lesson(), college.lesson("09:00", "10:00")
    sample, sample_guardian = college.student_with_guardian(reference="STE04049635")
    student_of_two, first = college.student_with_guardian()
    second = college.guardian()
    college.link(second, student_of_two)
    twice_absent, guardian_of_two_absences = college.student_with_guardian()
    unsubscribed, unsubscribed_guardian = college.student_with_guardian()
    college.change("guardians", f"guardian_id = {unsubscribed_guardian}", mobile=None)
    college.contact(unsubscribed)
    present, guardian_of_unmarked = college.student_with_guardian()
    college.mark(present, lesson, "/")
    college.mark(twice_absent, earlier, marked_at="09:05")
    for student in (sample, student_of_two, twice_absent, unsubscribed):
        college.mark(student, lesson)
    deployed.wait_for_texts(4)
    return Day(
        sample_guardian,
        student_of_two,
        (first, second),
        guardian_of_two_absences,
        guardian_of_unmarked,
    )


def a_queued_text(college: College) -> GuardianId:
    """Add an absence that is already claimed and queued, so that the test itself sends its job."""
    student, guardian = college.student_with_guardian()
    lesson = college.lesson()
    college.claim(student, guardian, lesson, State.QUEUED)
    college.mark(student, lesson)
    return guardian


def test_the_scheduled_run_texts_the_specifications_sample_byte_for_byte(
    deployed: Deployed, day: Day
) -> None:
    (text,) = deployed.texts_to(day.sample_guardian)
    assert text.body.encode() == SPECIFICATIONS_SAMPLE.encode()


def test_a_text_is_transactional_from_the_college_under_a_price_ceiling(
    deployed: Deployed, day: Day
) -> None:
    (text,) = deployed.texts_to(day.sample_guardian)
    assert text.attributes["AWS.SNS.SMS.SMSType"] == "Transactional"
    assert text.sender == "Runshaw"
    assert float(text.attributes["AWS.SNS.SMS.MaxPrice"]) > 0


def test_a_text_stands_in_the_ledger_as_sent_under_its_message_id(
    deployed: Deployed, day: Day
) -> None:
    (text,) = deployed.texts_to(day.sample_guardian)
    (row,) = deployed.select(
        "SELECT * FROM absence_texts WHERE guardian_id = %(id)s", id=day.sample_guardian
    )
    assert (row["state"], row["provider_message_id"]) == (State.SENT, text.message_id)


def test_two_guardians_get_two_texts_and_two_pastoral_logs(deployed: Deployed, day: Day) -> None:
    assert [len(deployed.texts_to(guardian)) for guardian in day.two_guardians] == [1, 1]
    logs = deployed.select(
        "SELECT guardian_id FROM pastoral_logs WHERE student_id = %(id)s", id=day.student_of_two
    )
    assert {log["guardian_id"] for log in logs} == set(day.two_guardians)


def test_a_second_absence_that_day_is_not_texted(deployed: Deployed, day: Day) -> None:
    (text,) = deployed.texts_to(day.guardian_of_two_absences)
    assert "today at 09:00." in text.body


def test_a_present_student_is_not_texted_about(deployed: Deployed, day: Day) -> None:
    assert deployed.texts_to(day.guardian_of_unmarked) == []


@pytest.mark.usefixtures("day")
def test_a_mobile_that_only_the_students_contacts_hold_is_never_texted(deployed: Deployed) -> None:
    e164 = "+44" + CONTACTS_MOBILE.removeprefix("0").replace(" ", "")
    assert e164 not in {text.mobile for text in deployed.texts()}


@pytest.mark.usefixtures("day")
def test_a_repeated_event_and_duplicate_jobs_text_nobody_again(deployed: Deployed) -> None:
    before = deployed.texts()
    assert deployed.call_detection()["claimed"] == 0
    deployed.send_jobs(deployed.jobs_of_all_texts())
    deployed.wait_until_queue_is_empty()
    assert deployed.texts() == before


@pytest.mark.usefixtures("day")
def test_a_malformed_message_goes_to_the_dlq_alone_and_the_other_nine_are_delivered(
    deployed: Deployed,
) -> None:
    guardians = [a_queued_text(deployed.college) for _ in range(9)]
    malformed = "this is no job"
    deployed.send_jobs([*deployed.jobs_of_texts_to(guardians), malformed])
    deployed.wait_until(lambda: deployed.dead_letters() == [malformed])
    assert [len(deployed.texts_to(guardian)) for guardian in guardians] == [1] * 9
