"""Whether the invocation has time to finish another text."""

from aws_lambda_powertools.utilities.typing import LambdaContext

from send_sms.back_off import HIDING_TAKES_SECONDS
from send_sms.sms import LONGEST_DELIVERY_SECONDS


class OutOfTimeError(Exception):
    """The invocation is nearly over: a text claimed now could be cut off, and be in doubt."""


def check_time_left(context: LambdaContext) -> None:
    """Raise OutOfTimeError unless there is time for the slowest text and for giving jobs back."""
    needed = LONGEST_DELIVERY_SECONDS + HIDING_TAKES_SECONDS
    if context.get_remaining_time_in_millis() < needed * 1000:
        raise OutOfTimeError
