"""Delivers one text: check again, claim, publish once, record.

At most one publish is accepted for a student, guardian and day, whatever crashes: the claim is
committed before the publish, and only the caller whose claim moved the row may publish.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from pymysql import InterfaceError, OperationalError

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Value, transaction
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import (
    ANY_STATE,
    CLAIMED,
    NOT_STARTED,
    State,
    move,
    move_where,
)
from absence_texts.message import compose
from absence_texts.pastoral_log import log_text_sent
from absence_texts.source import Source
from absence_texts.vocabulary import Count, Reason
from send_sms.audience import why_not_texted
from send_sms.claimed_text import ClaimedText, load
from send_sms.mobiles import RefusedMobileError, to_e164
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from send_sms.sms import PublishError, Verdict

CONNECTION_ERRORS = (OperationalError, InterfaceError)
_AFTER = {
    Verdict.REFUSED: State.FAILED,
    Verdict.IN_DOUBT: State.IN_DOUBT,
    Verdict.NOT_SENT: State.QUEUED,
}


class Publisher(Protocol):
    def publish(self, mobile: str, message: str) -> str:
        """Send one text and return its message id; raises PublishError."""
        ...


@dataclass(frozen=True, kw_only=True)
class Delivery:
    database: Database
    source: Source
    settings: SendSmsSettings
    sms: Publisher
    now: Callable[[], CollegeTime]
    is_paused: Callable[[], bool]
    pace: Pace = field(default_factory=lambda: Pace(seconds_between_texts=0))
    note_lag: Callable[[timedelta], None] = lambda _lag: None
    """Told, for each text that SNS took, how long ago its lesson ended."""
    note_reason: Callable[[State, str], None] = lambda _state, _reason: None
    """Told why a text was not sent, or is in doubt."""

    def deliver(self, text_id: AbsenceTextId) -> str:
        """Deliver the text if it still should be; return its state, or `already_taken`.

        Raises UnknownTextError, or PublishError when SQS should bring the job back later.
        """
        self._connect_again()
        moment = self.now()
        text = load(self.database, self.source, self.settings.rules, moment, text_id)
        if text.state not in NOT_STARTED:
            return Count.ALREADY_TAKEN
        if obstacle := self._obstacle(text, moment):
            return self._hold_back(text, State.CANCELLED, moment, obstacle)
        if self.is_paused() or not self.settings.window_is_open(moment):
            return self._hold_back(text, State.PENDING, moment, None)
        return self._send(text, moment)

    def _connect_again(self) -> None:
        if not self.database.open:
            self.database.connect()

    def _obstacle(self, text: ClaimedText, moment: CollegeTime) -> str | None:
        if text.absence_date != moment.today:
            return Reason.DAY_OVER
        if self.settings.window_has_closed(moment):
            return Reason.WINDOW_CLOSED
        return text.failing

    def _send(self, text: ClaimedText, moment: CollegeTime) -> str:
        try:
            mobile = self._mobile(text)
        except RefusedMobileError as refusal:
            return self._hold_back(text, State.FAILED, moment, str(refusal))
        if outside := why_not_texted(self.settings, text, mobile):
            return self._hold_back(text, State.WOULD_SEND, moment, outside)
        if text.texts_ahead >= self.settings.texts_per_day:
            return self._hold_back(text, State.FAILED, moment, Reason.DAY_IS_FULL)
        message = self._message(text)
        self.pace.wait()
        if not self._claim(text, moment):
            return Count.ALREADY_TAKEN
        return self._publish(text, mobile, message)

    def _mobile(self, text: ClaimedText) -> str:
        return to_e164(
            text.mobile,
            region=self.settings.mobile_region,
            accept_fictional=self.settings.accept_fictional_mobiles,
            foreign_codes=self.settings.foreign_country_codes,
        )

    def _claim(self, text: ClaimedText, moment: CollegeTime) -> bool:
        """Commit `sending`, if the row still tells of the lesson that was checked."""
        claimed = move_where(
            self.database,
            "id = %(id)s AND lesson_id = %(lesson_id)s",
            State.SENDING,
            moment,
            {"id": text.id, "lesson_id": text.lesson_id},
            attempts=text.attempts + 1,
        )
        return claimed == 1

    def _message(self, text: ClaimedText) -> str:
        return compose(
            self.settings.message_template,
            reference=text.reference,
            starts_at=text.starts_at,
            link=self.settings.message_link,
        )

    def _publish(self, text: ClaimedText, mobile: str, message: str) -> str:
        # No transaction is open here: a slow provider must not hold a lock in the database.
        self.pace.count()
        try:
            message_id = self.sms.publish(mobile, message)
        except PublishError as error:
            return self._not_published(text, error)
        try:
            self._record(text, message, message_id)
        except CONNECTION_ERRORS:
            # The text is out: one more try keeps a lost connection from leaving it in doubt.
            self._connect_again()
            self._record(text, message, message_id)
        self.note_lag(self.now().wall_clock - text.ends_at)
        return State.SENT

    def _not_published(self, text: ClaimedText, error: PublishError) -> str:
        to = _AFTER[error.verdict]
        self._move_claimed(text, to, CLAIMED, self.now(), reason=error.reason)
        if error.verdict is Verdict.NOT_SENT:
            raise error
        self.note_reason(to, error.reason)
        return to

    def _record(self, text: ClaimedText, message: str, message_id: str) -> None:
        """Commit `sent` and its pastoral log together.

        A text that is sent by now has its log already: by a receipt, or by a commit whose answer
        was lost.
        """
        moment = self.now()
        with transaction(self.database):
            if self._move_claimed(text, State.SENT, ANY_STATE, moment, sns_message_id=message_id):
                log_text_sent(self.database, text.id, message, moment)

    def _move_claimed(
        self,
        text: ClaimedText,
        to: State,
        only_from: frozenset[State],
        moment: CollegeTime,
        **columns: Value,
    ) -> int:
        """End this sender's own claim: after a resend, another sender may hold the text."""
        return move_where(
            self.database,
            "id = %(id)s AND attempts = %(attempts)s AND state IN %(only_from)s",
            to,
            moment,
            {"id": text.id, "attempts": text.attempts + 1, "only_from": tuple(sorted(only_from))},
            **columns,
        )

    def _hold_back(
        self, text: ClaimedText, state: State, moment: CollegeTime, reason: str | None
    ) -> str:
        """Move a text that nobody has claimed: a duplicate job's sender may be publishing it."""
        moved = move(self.database, [text.id], state, moment, NOT_STARTED, reason=reason)
        if not moved:
            return Count.ALREADY_TAKEN
        if reason:
            self.note_reason(state, reason)
        return state
