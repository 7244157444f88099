"""The steps from a student to a guardian's phone, and where a guardian stops."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from absence_texts import criteria
from absence_texts.account import in_words
from absence_texts.criterion import AsksOf
from ops.target import OpsSettings
from send_sms.mobiles import RefusedMobileError, to_e164

# This criterion is about a day, and there is no day here.
_OF_A_DAY = "not_texted_today"
CRITERIA = tuple(
    row for row in criteria.CRITERIA if row.asks_of is AsksOf.GUARDIAN and row.name != _OF_A_DAY
)
"""What detection asks of each guardian of a student, on any day."""
TEXTS_THAT_TELL = 3
"""If none of so many last texts arrived, the number is taken for one that no text reaches."""
STUDENTS, VALID_MOBILE, DELIVERING = "students", "valid_mobile", "delivering"
STEPS: Mapping[str, str] = {
    STUDENTS: "active 16-19 student",
    **{row.name: row.sentence for row in CRITERIA},
    VALID_MOBILE: "the mobile is a number that a text can go to",
    DELIVERING: f"not all of the last {TEXTS_THAT_TELL} texts to the guardian failed",
}
"""Each step's name and words, in order. A guardian who passes the last can be texted."""
_NAMES = tuple(STEPS)


@dataclass(frozen=True, kw_only=True)
class HowFar:
    """How many of the steps a student passes with one guardian, and why no more."""

    passed: int
    why: str

    @property
    def stops_at(self) -> str | None:
        return _NAMES[self.passed] if self.passed < len(_NAMES) else None


def how_far(row: Mapping[str, Any], settings: OpsSettings) -> HowFar:
    """Return how far a row of the query comes: each criterion's name holds its answer."""
    for criterion in CRITERIA:
        if not row[criterion.name]:
            return HowFar(passed=_NAMES.index(criterion.name), why=criterion.not_met)
    if refused := _why_refused(row["mobile"], settings):
        return HowFar(passed=_NAMES.index(VALID_MOBILE), why=in_words(refused))
    if row["fails"]:
        why = f"none of the last {TEXTS_THAT_TELL} texts arrived"
        return HowFar(passed=_NAMES.index(DELIVERING), why=why)
    return HowFar(passed=len(_NAMES), why="")


def _why_refused(mobile: str, settings: OpsSettings) -> str | None:
    try:
        to_e164(
            mobile,
            region=settings.mobile_region,
            accept_fictional=settings.accept_fictional_mobiles,
            foreign_codes=settings.foreign_country_codes,
        )
    except RefusedMobileError as refused:
        return str(refused)
    return None
