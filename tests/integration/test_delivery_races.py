"""Two functions at the same text: what one has begun, the other leaves alone."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial

import pytest

from absence_texts.database import Credentials, Database, connect, execute, fetch_all
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import State, resend
from absence_texts.source import find_source
from send_sms.claim import record_not_sent, take
from send_sms.claimed_text import load
from send_sms.sms import PublishError, Verdict
from tests.support.college import College, at
from tests.support.runs import DETECTION, MemoryQueue, Phones, deliver, detect


@pytest.fixture
def college(college: College) -> College:
    college.absence()
    return college


@dataclass
class QueueThatIsEmptiedAtOnce:
    """Its job is at a sender before the run has marked the text as queued."""

    work: Callable[[], object]

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        self.work()
        return list(ids)


@dataclass
class PhonesThatTakeTheirTime:
    """Does something else in the middle of a publish, then answers."""

    during_the_call: Callable[[], object]
    fails_with: PublishError | None = None

    def publish(self, _mobile: str, _message: str) -> str:
        self.during_the_call()
        if self.fails_with:
            raise self.fails_with
        return "message-1"


def test_the_outbox_takes_no_text_back_that_a_sender_has_claimed(college: College) -> None:
    def claim() -> None:
        college.change("absence_texts", "TRUE", state="sending", sending_at=at("11:30").utc)

    detect(college, queue=QueueThatIsEmptiedAtOnce(claim))
    assert college.the_text()["state"] == State.SENDING
    assert deliver(college, phones := Phones()) == "already_taken"
    assert phones.texts == []


def test_a_text_is_sent_once_though_its_job_outruns_the_outbox(college: College) -> None:
    phones = Phones()
    detect(college, queue=QueueThatIsEmptiedAtOnce(lambda: deliver(college, phones, time="11:30")))
    assert college.the_text()["state"] == State.SENT
    assert deliver(college, phones) == "already_taken"
    assert (len(phones.texts), len(college.pastoral_logs())) == (1, 1)


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.IN_DOUBT])
def test_a_late_answer_does_not_overrule_that_a_run_has_given_the_sender_up(
    college: College, verdict: Verdict
) -> None:
    detect(college)
    late = PhonesThatTakeTheirTime(
        lambda: detect(college, "11:40"), fails_with=PublishError(verdict, "Code")
    )
    deliver(college, late)
    text = college.the_text()
    assert (text["state"], text["reason"]) == (State.IN_DOUBT, "sender_never_came_back")


def test_a_text_that_a_run_has_given_up_does_not_go_back_to_the_queue(college: College) -> None:
    detect(college)
    throttled = PublishError(Verdict.NOT_SENT, "Throttling")
    late = PhonesThatTakeTheirTime(lambda: detect(college, "11:40"), fails_with=throttled)
    with pytest.raises(PublishError):
        deliver(college, late)
    assert college.the_text()["state"] == State.IN_DOUBT


@pytest.mark.parametrize("verdict", [None, Verdict.NOT_SENT, Verdict.REFUSED])
def test_a_late_answer_leaves_a_resent_text_to_the_sender_that_has_it_now(
    college: College, verdict: Verdict | None
) -> None:
    detect(college)

    def give_up_and_resend_and_claim() -> None:
        detect(college, "11:40")
        resend(college.database, college.the_text_id(), at("11:41"))
        college.change("absence_texts", "TRUE", state="sending", attempts=2)

    error = PublishError(verdict, "Code") if verdict else None
    late = PhonesThatTakeTheirTime(give_up_and_resend_and_claim, fails_with=error)
    with suppress(PublishError):
        deliver(college, late)
    assert college.the_text()["state"] == State.SENDING
    assert college.pastoral_logs() == ()


def test_a_text_given_up_and_then_accepted_is_sent_with_its_log(college: College) -> None:
    detect(college)
    late = PhonesThatTakeTheirTime(lambda: detect(college, "11:40"))
    assert deliver(college, late) == State.SENT
    assert college.the_text()["state"] == State.SENT
    assert len(college.pastoral_logs()) == 1


def test_a_duplicate_job_can_not_fail_a_text_that_another_sender_publishes(
    college: College,
) -> None:
    detect(college)

    def deliver_the_duplicate() -> None:
        college.change("guardians", "TRUE", mobile="0161 496 0000")
        assert deliver(college, Phones(), time="11:31") == "already_taken"

    assert deliver(college, PhonesThatTakeTheirTime(deliver_the_duplicate)) == State.SENT


def test_a_sender_does_not_claim_a_text_that_another_sender_gave_back_since_the_check(
    college: College,
) -> None:
    """Both claims would have one number, and the first sender could end the second one's claim."""
    detect(college)
    source, moment = find_source(college.database, None), at("11:31")
    text = load(college.database, source, DETECTION.rules, moment, college.the_text_id())
    claim = partial(
        take, college.database, text, mobile="+447700900000", message="words", moment=moment
    )
    assert claim()
    record_not_sent(college.database, text, State.QUEUED, "Throttling", moment)
    assert not claim()
    assert college.the_text()["state"] == State.QUEUED


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (None, State.SENT),
        (Verdict.NOT_SENT, State.QUEUED),
        (Verdict.REFUSED, State.FAILED),
        (Verdict.IN_DOUBT, State.IN_DOUBT),
    ],
)
def test_the_answer_is_recorded_though_the_server_cut_the_connection_during_the_call(
    college: College, credentials: Credentials, verdict: Verdict | None, state: State
) -> None:
    detect(college)
    cut = PhonesThatTakeTheirTime(
        lambda: kill(college.database, credentials),
        fails_with=PublishError(verdict, "Code") if verdict else None,
    )
    with suppress(PublishError):
        deliver(college, cut)
    text = college.the_text()
    assert (text["state"], text["provider_message_id"]) == (state, None if verdict else "message-1")
    assert len(college.pastoral_logs()) == (0 if verdict else 1)


def test_what_sqs_took_is_marked_queued_though_the_server_cut_the_connection_during_the_call(
    college: College, credentials: Credentials
) -> None:
    cut = QueueThatIsEmptiedAtOnce(lambda: kill(college.database, credentials))
    assert detect(college, queue=cut)["queued"] == 1
    assert college.the_text()["state"] == State.QUEUED


def kill(connection: Database, credentials: Credentials) -> None:
    (found,) = fetch_all(connection, "SELECT CONNECTION_ID() AS id", {})
    with closing(connect(credentials)) as another:
        execute(another, "KILL %(id)s", found)


def test_a_pause_does_not_revive_a_text_that_a_run_has_cancelled(college: College) -> None:
    detect(college)
    college.change("absence_texts", "TRUE", state="cancelled", reason="window_closed")
    assert deliver(college, Phones(), paused=True) == "already_taken"
    assert detect(college, "20:01", queue=MemoryQueue())["queued"] == 0
