"""The reasons for which staff must ring, though no criterion of the college failed."""

from absence_texts.data_checks import DATA_CHECKS
from absence_texts.vocabulary import TOO_LATE, Reason

_CAN_NOT_LEAVE = "can_leave_that_day"
DATA_PROBLEMS = tuple(check.name for check in DATA_CHECKS)
LISTED = (*DATA_PROBLEMS, _CAN_NOT_LEAVE, Reason.NOT_WRITTEN, *sorted(TOO_LATE))
