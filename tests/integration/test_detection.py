"""Runs of detection: claimed once, queued, expired, decided."""

from absence_texts.database import fetch_all
from absence_texts.ledger import State
from absence_texts.source import KEYS
from tests.support.college import College, at
from tests.support.runs import MemoryQueue, detect
from tests.support.schemas import scratch_schema


def test_a_claimed_text_is_queued_by_its_ledger_id(college: College) -> None:
    college.absence()
    queue = MemoryQueue()
    counts = detect(college, queue=queue)
    text = college.the_text()
    assert queue.jobs == [text["id"]]
    assert text["state"] == State.QUEUED
    assert text["pending_at"] == text["queued_at"]
    assert (counts["claimed"], counts["queued"], counts["not_queued"]) == (1, 1, 0)


def test_a_repeated_run_claims_and_queues_nothing_more(college: College) -> None:
    college.absence()
    queue = MemoryQueue()
    detect(college, queue=queue)
    counts = detect(college, "11:35", queue=queue)
    assert (counts["claimed"], counts["queued"], len(queue.jobs)) == (0, 0, 1)


def test_of_any_number_of_guardians_each_is_claimed_once(college: College) -> None:
    student, _, _ = college.absence()
    for claimed in (1, 2, 3):
        assert detect(college)["claimed"] == claimed
        for _ in range(claimed + 1):
            college.link(college.guardian(), student)
    assert len(college.texts()) == 1 + 2 + 3


def test_what_sqs_did_not_take_stays_pending_for_the_next_run(college: College) -> None:
    college.absence()
    detect(college, paused=True)
    refused = college.the_text_id()
    counts = detect(college, "11:35", queue=MemoryQueue(refuses={refused}))
    assert (counts["queued"], counts["not_queued"]) == (0, 1)
    assert college.the_text()["state"] == State.PENDING
    assert detect(college, "11:40")["queued"] == 1


def test_a_queued_text_that_nothing_picked_up_is_queued_again_after_15_minutes(
    college: College,
) -> None:
    college.absence()
    queue = MemoryQueue()
    detect(college, "11:30", queue=queue)
    detect(college, "11:45", queue=queue)
    assert len(queue.jobs) == 1
    detect(college, "11:46", queue=queue)
    assert len(queue.jobs) == 2


def test_paused_texts_wait_and_are_queued_on_resume(college: College) -> None:
    college.absence()
    assert detect(college, paused=True)["queued"] == 0
    assert college.the_text()["state"] == State.PENDING
    assert detect(college, "11:35")["queued"] == 1


def test_runs_missed_for_hours_are_caught_up_the_same_day(college: College) -> None:
    college.absence()
    assert detect(college, "19:55")["queued"] == 1


def test_after_the_sending_window_a_text_is_cancelled_with_that_reason(college: College) -> None:
    college.absence()
    assert detect(college, "20:00")["expired"] == 1
    text = college.the_text()
    assert (text["state"], text["reason"]) == (State.CANCELLED, "window_closed")
    assert detect(college, "20:05")["claimed_again"] == 0


def test_a_text_left_over_from_yesterday_is_cancelled(college: College) -> None:
    college.absence()
    detect(college, paused=True)
    assert detect(college, "2026-11-24 09:00")["expired"] == 1
    text = college.the_text()
    assert (text["state"], text["reason"]) == (State.CANCELLED, "day_over")


def test_a_claim_whose_sender_never_came_back_is_in_doubt(college: College) -> None:
    college.absence()
    detect(college)
    college.change("absence_texts", "TRUE", state="sending", sending_at="2026-11-23 11:31:00")
    assert detect(college, "11:36")["abandoned"] == 0
    assert detect(college, "11:37")["abandoned"] == 1
    assert college.the_text()["state"] == State.IN_DOUBT


def test_a_cancelled_text_does_not_use_up_the_day(college: College) -> None:
    student, _, _ = college.absence()
    detect(college)
    college.change("absence_texts", "TRUE", state="cancelled", reason="absent")
    college.change("register_marks", "TRUE", mark="/")
    second = college.lesson("11:30", "12:30")
    college.mark(student, second, marked_at="11:35")
    queue = MemoryQueue()
    counts = detect(college, "12:50", queue=queue)
    text = college.the_text()
    assert (counts["claimed"], counts["claimed_again"], queue.jobs) == (0, 1, [text["id"]])
    assert (text["lesson_id"], text["state"], text["reason"]) == (second, State.QUEUED, None)


def test_a_decision_keeps_its_time_until_it_changes(college: College) -> None:
    _, guardian, lesson = college.absence()
    college.change("guardians", "TRUE", mobile=None, status="suspended")
    assert detect(college, "11:30")["decided"] == 1
    assert detect(college, "11:35")["decided"] == 0
    college.change("guardians", "TRUE", status="active")
    assert detect(college, "11:40")["decided"] == 2
    assert college.decisions() == {(lesson, guardian): "has_mobile"}


def test_a_decision_goes_when_the_text_is_claimed_after_all(college: College) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile="")
    detect(college)
    college.change("guardians", "TRUE", mobile="07700 900123")
    counts = detect(college, "11:35")
    assert (counts["claimed"], counts["overtaken"]) == (1, 1)
    assert college.decisions() == {}


def test_bytes_that_are_no_letters_stop_nobody_elses_text(college: College) -> None:
    """A view may decrypt a column, and offer bytes in place of letters."""
    _, odd, lesson = college.absence()
    college.absence()
    with scratch_schema(college.database, f"{college.schema}_views") as views:
        for table in KEYS:
            columns = "*"
            if table == "guardians":
                status = f"IF(guardian_id = {odd}, 0xFFFE37, CAST(status AS BINARY))"
                columns = f"guardian_id, mobile, {status} AS status"
            college.database.query(
                f"CREATE VIEW {views}.{table} AS SELECT {columns} FROM {college.schema}.{table}"
            )
        assert detect(college, source_schema=views)["claimed"] == 1
    assert college.decisions() == {(lesson, odd): "guardian_registered"}


def test_a_mark_that_is_not_yet_due_is_not_decided_about(college: College) -> None:
    college.absence()
    college.change("guardians", "TRUE", mobile=None)
    assert detect(college, "11:29")["decided"] == 0


def test_each_run_that_came_to_its_end_is_noted(college: College) -> None:
    for time in ("07:00", "11:30", "20:30"):
        detect(college, time, paused=True)
        assert fetch_all(college.database, "SELECT run_at FROM last_run", {}) == (
            {"run_at": at(time).utc},
        )
