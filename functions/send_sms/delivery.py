"""Delivers one text: check again, claim, publish once, record.

The provider accepts at most one publish for a student, guardian and day, whatever crashes: the
claim is committed before the publish, and only the sender whose claim moved the row may publish.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from pymysql import IntegrityError

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, connect_again, once_more_if_lost
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import NOT_STARTED, State, move
from absence_texts.source import Source
from absence_texts.vocabulary import Count, Reason
from send_sms import claim
from send_sms.audience import why_not_texted
from send_sms.claimed_text import ClaimedText, load
from send_sms.mobiles import RefusedMobileError, to_e164
from send_sms.pace import Pace
from send_sms.settings import SendSmsSettings
from send_sms.sms import Publisher, PublishError, Verdict

_AFTER = {
    Verdict.REFUSED: State.FAILED,
    Verdict.IN_DOUBT: State.IN_DOUBT,
    Verdict.NOT_SENT: State.QUEUED,
}


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
    """Called for each text that was sent, with how long ago its lesson ended."""
    note_reason: Callable[[State, str], None] = lambda _state, _reason: None
    """Called with the reason for each text that was not sent, or is in doubt."""

    def deliver(self, text_id: AbsenceTextId) -> str:
        """Deliver the text if it still should be; return its state, or `already_taken`.

        Raises UnknownTextError; PublishError or PhoneBusyError if SQS should bring the job back
        later.
        """
        connect_again(self.database)
        moment = self.now()
        text = load(self.database, self.source, self.settings.rules, moment, text_id)
        if text.state not in NOT_STARTED:
            return Count.ALREADY_TAKEN
        if obstacle := self._obstacle(text, moment):
            return self._hold_back(text, State.CANCELLED, moment, obstacle)
        if self.is_paused() or not self.settings.window_is_open(moment):
            return self._hold_back(text, State.PENDING, moment, None)
        return self._send(text, moment)

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
        return self._claim_and_publish(text, mobile, moment)

    def _mobile(self, text: ClaimedText) -> str:
        return to_e164(
            text.mobile,
            region=self.settings.mobile_region,
            accept_fictional=self.settings.accept_fictional_mobiles,
            foreign_codes=self.settings.foreign_country_codes,
        )

    def _claim_and_publish(self, text: ClaimedText, mobile: str, moment: CollegeTime) -> str:
        message = self.settings.message(reference=text.reference, starts_at=text.starts_at)
        self.pace.wait()
        try:
            claimed = self._claim(text, mobile, message, moment)
        except IntegrityError:
            claim.wait_for_phone(self.database, text, mobile)
            return self._hold_back(text, State.CANCELLED, moment, Reason.PHONE_ALREADY_TOLD)
        return self._publish(text, mobile, message) if claimed else Count.ALREADY_TAKEN

    def _claim(self, text: ClaimedText, mobile: str, message: str, moment: CollegeTime) -> bool:
        return claim.take(self.database, text, mobile=mobile, message=message, moment=moment)

    def _publish(self, text: ClaimedText, mobile: str, message: str) -> str:
        # No transaction is open here: a slow provider must not hold a lock in the database.
        self.pace.count()
        try:
            message_id = self.sms.publish(mobile, message)
        except PublishError as error:
            return self._not_published(text, error)
        once_more_if_lost(self.database, partial(self._record_sent, text, message_id))
        self.note_lag(self.now().wall_clock - text.ends_at)
        return State.SENT

    def _record_sent(self, text: ClaimedText, message_id: str) -> None:
        claim.record_sent(self.database, text, message_id, self.now())

    def _not_published(self, text: ClaimedText, error: PublishError) -> str:
        to = _AFTER[error.verdict]
        once_more_if_lost(
            self.database,
            lambda: claim.record_not_sent(self.database, text, to, error.reason, self.now()),
        )
        if error.verdict is Verdict.NOT_SENT:
            raise error
        self.note_reason(to, error.reason)
        return to

    def _hold_back(
        self, text: ClaimedText, state: State, moment: CollegeTime, reason: str | None
    ) -> str:
        """Move a text that no sender has claimed: the sender of a duplicate job may publish it."""
        moved = move(self.database, [text.id], state, moment, NOT_STARTED, reason=reason)
        if not moved:
            return Count.ALREADY_TAKEN
        if reason:
            self.note_reason(state, reason)
        return state
