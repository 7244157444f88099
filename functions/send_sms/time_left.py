"""Whether the invocation will live to finish another text."""

from aws_lambda_powertools.utilities.typing import LambdaContext

from send_sms.back_off import HIDING_TAKES_SECONDS
from send_sms.sms import LONGEST_DELIVERY_SECONDS


class OutOfTimeError(Exception):
    """The invocation is nearly over: a text claimed now and then cut off would be in doubt."""


def check_time_left(context: LambdaContext) -> None:
    """Raise OutOfTimeError unless a text at its slowest, and giving jobs back, still fit."""
    needed = LONGEST_DELIVERY_SECONDS + HIDING_TAKES_SECONDS
    if context.get_remaining_time_in_millis() < needed * 1000:
        raise OutOfTimeError
