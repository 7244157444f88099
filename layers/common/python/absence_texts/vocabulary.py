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
    MAIL = "mail"

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
    Step.MAIL: "mail_day",
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
    HELD = State.HELD.value, Step.FIND, "texts that are held, until a person decides"
    CORRECTED = "corrected", Step.FIND, "held texts cancelled because a criterion no longer holds"
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
    ACCOUNT_STOPPED = "account_stopped", Step.ARRIVE, "receipts that say the account is stopped"
    WITHOUT_RECEIPT = "without_receipt", Step.ARRIVE, "texts of a day, if not one has a receipt"
    SWEPT = "swept", Step.ARRIVE, "receipts that only a reading of the delivery logs brought"
    PURGED = "purged", Step.ARRIVE, "rows deleted because they were kept long enough"

    MAILED = "mailed", Step.MAIL, "mails of the day's account"
    MAILS_ON_TIME = "mails_on_time", Step.MAIL, "checks that found the day's last mail sent"


def data_problem(check: str) -> str:
    """Return the name under which detection counts the marks that fail a data check."""
    return f"data_problem_{check}"


class Reason(StrEnum):
    """Our own words for why a text ended as it did.

    A cancelled text has a criterion's name instead, and a text that SNS refused has SNS's code.
    `words` are what staff read.
    """

    words: str

    def __new__(cls, name: str, words: str) -> Self:
        reason = str.__new__(cls, name)
        reason._value_ = name
        reason.words = words
        return reason

    # The text met every criterion and can't leave any more.
    DAY_OVER = "day_over", "the day was over before the text could leave"
    WINDOW_CLOSED = "window_closed", "the sending window closed before the text could leave"

    # The text met every criterion and waits until a person releases it.
    EVERYONE_ABSENT = "everyone_absent", "held: everyone on the register is marked absent"
    NEARLY_EVERYONE_ABSENT = (
        "nearly_everyone_absent",
        "held: nearly everyone on the register is marked absent",
    )
    SEVERAL_REGISTERS = (
        "several_registers",
        "held: several registers have everyone marked absent, or nearly everyone",
    )
    UNUSUALLY_MANY = (
        "unusually_many",
        "held: the day has many more texts than is usual by this time",
    )

    # Another guardian's text about the student went to the same phone, or may have gone there. That
    # text says whether the phone was reached. This one is not claimed again that day.
    PHONE_ALREADY_TOLD = (
        "phone_already_told",
        "this phone had another guardian's text about the student",
    )

    # The database refused to write the text's row.
    NOT_WRITTEN = "not_written", "the database refused to record the text"

    # The account of the day found the absence, and no run has recorded anything about it.
    NOT_DECIDED = "not_decided", "no run has looked at this absence yet"

    # The trial or the test stage does not send it.
    NOT_IN_PILOT = "not_in_pilot", "not in the pilot"
    MOBILE_NOT_LISTED = "mobile_not_listed", "the mobile is not on the test stage's list"

    # The portal's number is none that a text can or may go to.
    FICTIONAL_NUMBER = "fictional_number", "the portal's number is a fictional one"
    FOREIGN_NUMBER = "foreign_number", "the portal's number is of another country"
    LETTERS_IN_NUMBER = "letters_in_number", "the portal's number has letters in it"
    NO_SUCH_NUMBER = "no_such_number", "no phone has this number"
    NOT_A_MOBILE = "not_a_mobile", "the portal's number is not a mobile"
    NOT_A_NUMBER = "not_a_number", "the portal's number is not a phone number"

    DAY_IS_FULL = "day_is_full", "the day's ceiling of texts was reached"
    SENDER_NEVER_CAME_BACK = (
        "sender_never_came_back",
        "the text may have left: its sender never came back",
    )

    # The phone network did not deliver it. A receipt may also say `no_such_number`.
    ACCOUNT_UNDER_REVIEW = (
        "account_under_review",
        "AWS must review the account before texts leave again",
    )
    BLOCKED_AS_SPAM = "blocked_as_spam", "the phone carrier blocked the text as spam"
    BLOCKED_BY_CARRIER = "blocked_by_carrier", "the phone carrier blocked the text"
    CARRIER_UNREACHABLE = "carrier_unreachable", "the phone carrier could not be reached"
    DESTINATION_BLOCKED = "destination_blocked", "the number is on a blocked list"
    INVALID_MESSAGE = "invalid_message", "the phone network refused the message"
    NO_SENDER = "no_sender", "the AWS account has no sender that texts may come from"
    NOT_SAID = "not_said", "the phone network gave no reason"
    OPTED_OUT = "opted_out", "the guardian has stopped texts from us"
    OVER_MAX_PRICE = "over_max_price", "the text would have cost too much"
    PHONE_BLOCKED = "phone_blocked", "the phone is on a blocked list"
    PHONE_BLOCKS_TEXTS = "phone_blocks_texts", "the phone blocks texts"
    PHONE_UNREACHABLE = "phone_unreachable", "the phone could not be reached"
    RATE_EXCEEDED = "rate_exceeded", "texts were sent too fast for the phone network"
    SPEND_LIMIT_REACHED = "spend_limit_reached", "the month's money for texts is spent"
    UNKNOWN_ERROR = "unknown_error", "the phone network reported an unknown error"
