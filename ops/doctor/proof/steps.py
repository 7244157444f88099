"""The steps of `doctor --prove`: a text goes through every state, and each outcome is checked."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import boto3

from absence_redirect.sessions import find_session, sessions_sql
from absence_texts.clock import Clock
from absence_texts.database import fetch_all
from absence_texts.ledger import State, resend
from absence_texts.recipient import KEPT_FOR as RECIPIENT_KEPT_FOR
from db.source.portal_session import Session
from db.source.tables import Mark
from local.college.rows import insert
from ops.doctor.proof.absences import DAY, SECOND_LESSON, ZONE, Absence, at
from ops.doctor.proof.account import check_account, check_mail
from ops.doctor.proof.day import (
    ProofDay,
    SenderDiedError,
    default_settings,
    message_id_of,
    receipt,
)
from ops.doctor.proof.held_register import check_held_register, seconds_after_due
from ops.doctor.proof.outcome import UnexpectedOutcomeError, expect
from ops.doctor.proof.writing import mark_during_a_run, refuse_a_row
from record_delivery.log_sweep import LogSweep
from record_delivery.missing_receipts import count_without_receipt
from record_delivery.receipts import known_among
from record_delivery.retention import purge
from record_delivery.settings import RecordDeliverySettings
from send_sms.sms import PublishError, Verdict

_IN_DOUBT = PublishError(Verdict.IN_DOUBT, "ReadTimeoutError")
_PUBLISH_ERRORS = {
    Absence.SETTLED_BY_RECEIPT: _IN_DOUBT,
    Absence.RESENT: _IN_DOUBT,
    Absence.REFUSED: PublishError(Verdict.REFUSED, "OptedOut"),
    Absence.THROTTLED: PublishError(Verdict.NOT_SENT, "Throttling"),
    Absence.ABANDONED: SenderDiedError(),
}
_TOKEN_SHA256 = hashlib.sha256(b"a session of the proof").hexdigest()


def _detect(day: ProofDay) -> None:
    jobs = day.detect(seconds_after_due(4)).jobs
    expect("texts queued", len(jobs), len(Absence) - 1)


def _send(day: ProofDay) -> None:
    moment = at(11, 31)
    day.change("UPDATE register_marks SET mark = '/' WHERE student_id = %(id)s", id=_CORRECTED)
    for absence in set(Absence) - {Absence.MOBILE_ADDED, Absence.SAME_PHONE_AS_DELIVERED}:
        outside = {"pilot_students": "nobody"} if absence is Absence.OUTSIDE_TRIAL else {}
        is_paused = absence is Absence.PAUSED
        error = _PUBLISH_ERRORS.get(absence)
        day.deliver(absence, moment, error, paused=is_paused, **outside)
    day.deliver(Absence.DELIVERED, moment)
    day.deliver(Absence.SAME_PHONE_AS_DELIVERED, moment)


def _receive(day: ProofDay) -> None:
    lines = (
        receipt(Absence.DELIVERED, delivered=True),
        receipt(Absence.UNDELIVERED, delivered=False),
        receipt(Absence.SETTLED_BY_RECEIPT, delivered=True),
        receipt(Absence.REFUSED, delivered=True),
    )
    day.record(at(11, 33), *lines, "no receipt")
    _read_logs(day)
    missing = count_without_receipt(day.database, at(12, 45))
    expect("texts of a day on which receipts came", missing, 0)


def _read_logs(day: ProofDay) -> None:
    """Read no log group, because there is none here: play the statements around the reading."""
    sweep = LogSweep(
        database=day.database,
        logs=boto3.client("logs", region_name="eu-west-2"),
        groups=(),
        clock=Clock(ZONE, utc_now=lambda: at(11, 35).instant),
    )
    sweep.sweep(lambda: True)
    message = message_id_of(Absence.DELIVERED)
    expect("receipts known", known_among(day.database, [message, "another"]), {message})


def _detect_again(day: ProofDay) -> None:
    """Find another lesson, a mobile that was added, and a sender that never came back."""
    marked_at = at(11, 25).wall_clock
    insert(day.database, [Mark(SECOND_LESSON, _CORRECTED, marked_at)])
    day.change(
        "UPDATE guardians SET mobile = %(mobile)s WHERE guardian_id = %(id)s",
        mobile=Absence.MOBILE_ADDED.mobile,
        id=Absence.MOBILE_ADDED.guardian,
    )
    day.detect(at(12, 45))
    day.deliver(Absence.MOBILE_ADDED, at(12, 46))
    day.deliver(Absence.CORRECTED, at(12, 46), paused=True)


def _resend(day: ProofDay) -> None:
    if not resend(day.database, day.text_of(Absence.RESENT), at(12, 50)):
        raise UnexpectedOutcomeError("The text in doubt can't be resent.")
    day.detect(at(12, 55))
    day.deliver(Absence.RESENT, at(12, 56))


def _end_the_day(day: ProofDay) -> None:
    """Cancel what the window's end finds waiting, then what the day's end does."""
    day.change(
        "UPDATE absence_texts SET absence_date = %(day)s WHERE student_id = %(id)s",
        day=DAY - timedelta(days=1),
        id=Absence.THROTTLED.student,
    )
    day.detect(at(20), paused=True)
    day.record(at(8, day=DAY + RECIPIENT_KEPT_FOR + timedelta(days=1)))


def _check_states(day: ProofDay) -> None:
    rows = fetch_all(day.database, "SELECT * FROM absence_texts", {})
    states = {row["guardian_id"]: row["state"] for row in rows}
    for absence in Absence:
        expect(f"state of {absence.name}", states[absence.guardian], absence.outcome)
    reached = Counter(state for row in rows for state in State if row[f"{state}_at"])
    expect("states that no text reached", set(State) - set(reached), set())
    logged = fetch_all(day.database, "SELECT COUNT(*) AS logs FROM pastoral_logs", {})
    expect("pastoral logs", logged[0]["logs"], sum(1 for row in rows if row["sent_at"]))


def _follow_link(day: ProofDay) -> None:
    session = Session(_TOKEN_SHA256, Absence.DELIVERED.guardian, at(23).wall_clock)
    insert(day.database, [session])
    database = day.schema.connect(eager=False)
    for full, last_names in ((False, False), (True, False), (True, True)):
        sql = sessions_sql(None, full=full, last_names=last_names)
        found = find_session(database, sql, [_TOKEN_SHA256], at(12).wall_clock)
        expect("students of the session", len(found.students) if found else 0, 1)


def _forget(day: ProofDay) -> None:
    keep_days = default_settings(RecordDeliverySettings, delivery_logs="").keep_days
    purge(day.database, at(2, day=DAY + timedelta(days=keep_days + 1)), keep_days=keep_days)
    left = fetch_all(day.database, "SELECT COUNT(*) AS texts FROM absence_texts", {})
    expect("texts kept too long", left[0]["texts"], 0)


_CORRECTED = Absence.CORRECTED.student
STEPS: dict[str, Callable[[ProofDay], None]] = {
    "the college's tables": ProofDay.make_college,
    "our migrations": ProofDay.apply_migrations,
    "a held register": check_held_register,
    "a run": _detect,
    "the senders": _send,
    "the receipts": _receive,
    "a later run": _detect_again,
    "a resent text": _resend,
    "the end of the day": _end_the_day,
    "the outcomes": _check_states,
    "the account of the day": check_account,
    "the mail": check_mail,
    "the link": _follow_link,
    "what is kept too long": _forget,
    "a row that the server refuses": refuse_a_row,
    "marking during a run": mark_during_a_run,
}
