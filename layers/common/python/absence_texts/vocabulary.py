"""The words that the functions count by, and the reasons that they give in the ledger.

Metrics, the dashboard, the alarms and the page of counts take their names from here.
"""

from enum import StrEnum
from typing import Self

from absence_texts.ledger import State


class Step(StrEnum):
    """The steps of a text's way through the service. Each step is counted by one function."""

    RUN = "run"
    FIND = "find"
    QUEUE = "queue"
    SEND = "send"
    ARRIVE = "arrive"

    @property
    def service(self) -> str:
        """The package of the function that counts this step: the metrics' dimension."""
        return _SERVICES[self]


_SERVICES = {
    Step.RUN: "detect_absences",
    Step.FIND: "detect_absences",
    Step.QUEUE: "detect_absences",
    Step.SEND: "send_sms",
    Step.ARRIVE: "record_delivery",
}


class Count(StrEnum):
    """What the functions count: the metric's name, its step, and what it means.

    The outcome of a text is counted under the name of the text's new state.
    """

    step: Step
    meaning: str

    def __new__(cls, name: str, step: Step, meaning: str) -> Self:
        count = str.__new__(cls, name)
        count._value_ = name
        count.step = step
        count.meaning = meaning
        return count

    RUNS = "runs", Step.RUN, "runs of detection"
    PAUSED = "paused", Step.RUN, "runs that found sending paused"

    DUE = "due", Step.FIND, "absent marks that are due"
    CLAIMED = "claimed", Step.FIND, "texts claimed"
    CLAIMED_AGAIN = "claimed_again", Step.FIND, "cancelled texts claimed for another lesson"
    DECIDED = "decided", Step.FIND, "decisions recorded against a text"
    OVERTAKEN = "overtaken", Step.FIND, "decisions deleted because they hold no more"
    TIMETABLE_CLASHES = (
        "timetable_clashes",
        Step.FIND,
        "absences texted about that another register contradicts",
    )
    LEFT_OUT = "left_out", Step.FIND, "rows that the database refused to write"
    EXPIRED = "expired", Step.FIND, "texts cancelled because they came too late"
    ABANDONED = "abandoned", Step.FIND, "texts in doubt because their sender never came back"

    QUEUED = State.QUEUED.value, Step.QUEUE, "jobs put into the queue"
    NOT_QUEUED = "not_queued", Step.QUEUE, "jobs that SQS did not take"

    SENT = State.SENT.value, Step.SEND, "texts sent"
    CANCELLED = State.CANCELLED.value, Step.SEND, "texts cancelled"
    FAILED = State.FAILED.value, Step.SEND, "texts refused"
    IN_DOUBT = State.IN_DOUBT.value, Step.SEND, "texts in doubt"
    PENDING = State.PENDING.value, Step.SEND, "texts that wait, because sending is paused"
    WOULD_SEND = State.WOULD_SEND.value, Step.SEND, "texts outside the trial, not sent"
    ALREADY_TAKEN = "already_taken", Step.SEND, "jobs whose text another job had taken"
    NOT_HANDLED = "not_handled", Step.SEND, "jobs that went back to the queue"
    LAG = "lag_seconds", Step.SEND, "seconds from a lesson's end to its text"

    RECEIPTS = "receipts", Step.ARRIVE, "delivery receipts"
    DELIVERED = State.DELIVERED.value, Step.ARRIVE, "texts delivered"
    UNDELIVERED = State.UNDELIVERED.value, Step.ARRIVE, "texts not delivered"
    SETTLED = "settled", Step.ARRIVE, "texts in doubt that a receipt settled"
    ALREADY_KNOWN = "already_known", Step.ARRIVE, "receipts of texts whose outcome was known"
    MALFORMED_RECEIPTS = "malformed_receipts", Step.ARRIVE, "lines that are no receipt"
    NEW_REASONS = "new_reasons", Step.ARRIVE, "receipts with a reason that is new to us"
    PURGED = "purged", Step.ARRIVE, "rows deleted because they were kept long enough"


def data_problem(check: str) -> str:
    """Return the name under which detection counts the marks that fail a data check."""
    return f"data_problem_{check}"


class Reason(StrEnum):
    """Our own words for why a text ended as it did.

    A cancelled text has a criterion's name instead, and a text that SNS refused has SNS's code.
    """

    # The text met every criterion and can't leave any more.
    DAY_OVER = "day_over"
    WINDOW_CLOSED = "window_closed"

    # Another guardian's text about the student went to the same phone, or may have gone there. That
    # text says whether the phone was reached. This one is not claimed again that day.
    PHONE_ALREADY_TOLD = "phone_already_told"

    # The database refused to write the text's row.
    NOT_WRITTEN = "not_written"

    # The trial or the test stage does not send it.
    NOT_IN_PILOT = "not_in_pilot"
    MOBILE_NOT_LISTED = "mobile_not_listed"

    # The portal's number is none that a text can or may go to.
    FICTIONAL_NUMBER = "fictional_number"
    FOREIGN_NUMBER = "foreign_number"
    LETTERS_IN_NUMBER = "letters_in_number"
    NO_SUCH_NUMBER = "no_such_number"
    NOT_A_MOBILE = "not_a_mobile"
    NOT_A_NUMBER = "not_a_number"

    DAY_IS_FULL = "day_is_full"
    SENDER_NEVER_CAME_BACK = "sender_never_came_back"

    # The phone network did not deliver it. A receipt may also say `no_such_number`.
    BLOCKED_AS_SPAM = "blocked_as_spam"
    BLOCKED_BY_CARRIER = "blocked_by_carrier"
    CARRIER_UNREACHABLE = "carrier_unreachable"
    DESTINATION_BLOCKED = "destination_blocked"
    INVALID_MESSAGE = "invalid_message"
    NOT_SAID = "not_said"
    OPTED_OUT = "opted_out"
    OVER_MAX_PRICE = "over_max_price"
    PHONE_BLOCKED = "phone_blocked"
    PHONE_BLOCKS_TEXTS = "phone_blocks_texts"
    PHONE_UNREACHABLE = "phone_unreachable"
    RATE_EXCEEDED = "rate_exceeded"
    SPEND_LIMIT_REACHED = "spend_limit_reached"
    UNKNOWN_ERROR = "unknown_error"


TOO_LATE = frozenset({Reason.DAY_OVER, Reason.WINDOW_CLOSED})
