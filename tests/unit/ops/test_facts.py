"""Each criterion has the fact behind its answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from absence_texts import criteria
from absence_texts.rules import Rules
from ops.explain.facts import FACTS

RULES = Rules(absent_mark="O", wait=timedelta(minutes=20), longest_reference=20)
ROW: dict[str, Any] = {
    "mark": "O",
    "marked_at": datetime(2026, 11, 23, 11, 17),
    "starts_at": datetime(2026, 11, 23, 10, 10),
    "ends_at": datetime(2026, 11, 23, 11, 10),
    "earlier_absences": 0,
    "student_status": "C16",
    "reference": "STE04049635",
    "account_status": "active",
    "link_status": "active",
    "mobile": "07700 900123",
    "hide_attendance": 0,
    "text_state": None,
    "text_lesson_id": None,
    "lesson_id": 1,
}


def test_no_criterion_lacks_a_fact_and_no_fact_a_criterion() -> None:
    assert list(FACTS) == [row.name for row in criteria.CRITERIA + criteria.DATA_CHECKS]


@pytest.mark.parametrize(
    ("name", "changed", "fact"),
    [
        ("marked_in_time", {}, "register marked 11:17, lesson ended 11:10"),
        ("marked_in_time", {"marked_at": None}, "register has no time, lesson ended 11:10"),
        (
            "marked_in_time",
            {"marked_at": datetime(2026, 11, 24, 9, 0)},
            "register marked 2026-11-24 09:00, lesson ended 11:10",
        ),
        (
            "due",
            {"ends_at": datetime(2026, 11, 23, 23, 50)},
            "lesson ended 23:50, due 2026-11-24 00:10",
        ),
        (
            "lesson_times_in_order",
            {"ends_at": datetime(2026, 11, 24, 1, 0)},
            "lesson 10:10 to 2026-11-24 01:00",
        ),
        ("mark_has_time", {}, "register marked 11:17"),
        ("mark_has_time", {"marked_at": None}, "register has no time"),
        ("due", {"ends_at": None}, "lesson has no end"),
        ("lesson_times_in_order", {"ends_at": None}, "lesson 10:10 to no end"),
        ("due", {}, "lesson ended 11:10, due 11:30"),
        ("first_of_day", {"earlier_absences": 2}, "2 earlier absences that day, marked in time"),
        ("has_mobile", {}, "portal mobile …123"),
        ("has_mobile", {"mobile": None}, "portal mobile none"),
        ("has_mobile", {"mobile": "ext 12"}, "portal mobile …"),
        ("has_mobile", {"mobile": "ext -"}, "portal mobile none"),
        ("reference_fits", {}, "reference “STE04049635”, 11 characters, 20 at most"),
        ("reference_fits", {"reference": None}, "no reference"),
        ("reference_fits", {"reference": " "}, "no reference"),
        ("reference_fits", {"reference": "STŁ[1"}, "reference “STŁ[1”, “[” “Ł” can't be in a text"),
        ("absent", {"mark": None}, "register mark none"),
        ("student_16_19", {"student_status": " "}, "student status “ ”"),
        ("student_16_19", {"student_status": None}, "student status none"),
        ("link_active", {"link_status": None}, "link without a status"),
        ("guardian_registered", {"account_status": None}, "portal account missing"),
        (
            "not_texted_today",
            {"text_state": "sent", "text_lesson_id": 1},
            "the day's text, about this lesson, is sent",
        ),
    ],
)
def test_a_fact_says_what_decided(name: str, changed: dict[str, Any], fact: str) -> None:
    assert FACTS[name](ROW | changed, RULES) == fact
