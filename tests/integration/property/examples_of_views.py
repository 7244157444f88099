"""Compact days of rows that only a view can hold: a key twice, an id too large, no real time."""

from datetime import datetime, timedelta

from absence_texts.database import Value
from tests.integration.property.examples import (
    STORIES,
    Example,
    Story,
    clock,
    ordinary_day,
    value_in,
    wall,
)
from tests.integration.property.examples_of_reports import STORIES_OF_REPORTS
from tests.integration.property.steps import Deliver, Remove, Repeat, Run, Step

_SOON, _LATER = clock("11:30"), clock("12:50")
TOO_LARGE = 2**63
ZERO = "0000-00-00 00:00:00"


def _twice(record: str, column: str, value: Value) -> Story:
    """Play a row that is doubled while a text waits."""

    def story(example: Example) -> list[Step]:
        return [
            *(
                Run(_SOON),
                Repeat(getattr(example, record), column, value),
                Deliver(_SOON),
                Run(_SOON),
                Deliver(_SOON),
            ),
            *(Run(_LATER), Deliver(_LATER)),
        ]

    return story


def _twice_from_the_start(record: str, column: str, value: Value) -> Story:
    def story(example: Example) -> list[Step]:
        return [Repeat(getattr(example, record), column, value), *ordinary_day(example)]

    return story


def _lesson_id(number: int) -> Story:
    def story(example: Example) -> list[Step]:
        example.first.lesson_id = example.mark.lesson_id = number
        return ordinary_day(example)

    return story


def _student_id(number: int) -> Story:
    def story(example: Example) -> list[Step]:
        for record in (example.student, example.mark, example.second_mark, example.link):
            record.student_id = number
        return ordinary_day(example)

    return story


def _guardian_id(number: int) -> Story:
    def story(example: Example) -> list[Step]:
        example.guardian.guardian_id = example.link.guardian_id = number
        return ordinary_day(example)

    return story


def _in_both_places(starts: str, ends: str, mark: str) -> Story:
    def story(example: Example) -> list[Step]:
        example.second.starts_at, example.second.ends_at = wall(starts), wall(ends)
        example.second_mark.mark = mark
        return ordinary_day(example)

    return story


def _second_lesson_beyond_the_day(example: Example) -> list[Step]:
    """Play an event of the whole day that is marked before the first lesson is."""
    example.first.starts_at, example.first.ends_at = wall("00:00"), wall("23:59")
    return ordinary_day(example)


def _lesson_moved_to_yesterday(example: Example) -> list[Step]:
    example.guardian.status = "suspended"
    yesterday = example.first.starts_at - timedelta(days=1)
    return [Run(_SOON), *value_in("first", "starts_at", yesterday)(example)]


def _link_removed(example: Example) -> list[Step]:
    example.guardian.mobile = ""
    return [Run(_SOON), Remove(example.link), Run(_SOON), Run(_LATER)]


def _account_removed(example: Example) -> list[Step]:
    return [Run(_SOON), Remove(example.guardian), Deliver(_SOON), Run(_LATER)]


STORIES_OF_VIEWS: dict[str, Story] = {
    "a mark twice": _twice("mark", "mark", "O"),
    "a mark twice from the start": _twice_from_the_start("mark", "mark", "O"),
    "a mark with an empty one after the claim": _twice("mark", "mark", None),
    "a mark with its contrary": _twice_from_the_start("mark", "mark", "/"),
    "a lesson twice": _twice("first", "title", "Biology"),
    "a lesson on two days": _twice_from_the_start("first", "starts_at", datetime(2026, 11, 20)),
    "a student twice": _twice("student", "status", "C16"),
    "a student twice from the start": _twice_from_the_start("student", "status", "L16"),
    "an account twice": _twice("guardian", "mobile", "07700 900456"),
    "an account twice from the start": _twice_from_the_start("guardian", "status", "suspended"),
    "a link twice": _twice("link", "status", "active"),
    "a guardian of two students": _twice_from_the_start("link", "student_id", 2),
    "a student with two guardians": _twice_from_the_start("link", "guardian_id", 2),
    "a student of two lessons at once": _twice_from_the_start("mark", "lesson_id", 3),
    "a lesson of two students": _twice_from_the_start("mark", "student_id", 2),
    "a link twice from the start": _twice_from_the_start("link", "status", "suspended"),
    "a lesson id that no BIGINT holds": _lesson_id(TOO_LARGE),
    "the largest lesson id": _lesson_id(TOO_LARGE - 1),
    "a lesson id with the date in it": _lesson_id(20261123000101),
    "a student id that no BIGINT holds": _student_id(TOO_LARGE),
    "the largest student id": _student_id(TOO_LARGE - 1),
    "a guardian id that no BIGINT holds": _guardian_id(TOO_LARGE),
    "the largest guardian id": _guardian_id(TOO_LARGE - 1),
    "a mark at no real time": value_in("mark", "marked_at", ZERO),
    "a mark of the epoch": value_in("mark", "marked_at", datetime(1970, 1, 1)),
    "a mark of weeks ago": value_in("mark", "marked_at", datetime(2026, 11, 2, 10, 15)),
    "a mark of midnight": value_in("mark", "marked_at", wall("00:00")),
    "a mark just after midnight": value_in("mark", "marked_at", wall("00:00:01")),
    "a mark of some far day": value_in("mark", "marked_at", datetime(9999, 12, 31)),
    "a mark of the future": value_in("mark", "marked_at", wall("11:30:01")),
    "a mark of this second": value_in("mark", "marked_at", wall("11:30")),
    "a mark of tomorrow": value_in("mark", "marked_at", datetime(2026, 11, 24, 10, 15)),
    "a lesson with no real end": value_in("first", "ends_at", ZERO),
    "a mark in no month": value_in("mark", "marked_at", "2026-00-23 10:15:00"),
    "a mark on no day": value_in("mark", "marked_at", "2026-11-00 10:15:00"),
    "a lesson that ends in no month": value_in("first", "ends_at", "2027-00-23 11:10:00"),
    "a lesson that ends on no day": value_in("first", "ends_at", "2026-12-00 11:10:00"),
    "a lesson with no end": value_in("first", "ends_at", None),
    "a lesson with no real start": value_in("first", "starts_at", ZERO),
    "a lesson with no start": value_in("first", "starts_at", None),
    "a lesson from midnight on": value_in("first", "starts_at", wall("00:00")),
    "a lesson of the epoch": value_in("first", "starts_at", datetime(1970, 1, 1)),
    "a lesson of some far day": value_in("first", "starts_at", datetime(9999, 12, 31)),
    "a lesson that starts in no month": value_in("first", "starts_at", "2026-00-23 10:10:00"),
    "a lesson that starts on no day": value_in("first", "starts_at", "2026-11-00 10:10:00"),
    "a lesson that ends too late for a text": value_in("first", "ends_at", wall("19:40")),
    "a lesson that ends just early enough": value_in("first", "ends_at", wall("19:39:59")),
    "a lesson over midnight": value_in("first", "ends_at", datetime(2026, 11, 24, 0, 10)),
    "an event of the whole day": _second_lesson_beyond_the_day,
    "a lesson moved to yesterday": _lesson_moved_to_yesterday,
    "a link that is removed": _link_removed,
    "an account that is removed": _account_removed,
    "present at the same time": _in_both_places("10:10", "11:10", "/"),
    "present for the last minute": _in_both_places("11:09", "12:00", "/"),
    "present from midnight": _in_both_places("00:00", "11:00", "/"),
    "present afterwards": _in_both_places("11:10", "12:00", "/"),
    "present before": _in_both_places("09:00", "10:10", "/"),
    "present the minute before": _in_both_places("09:00", "10:11", "/"),
    "not marked at the same time": _in_both_places("10:10", "11:10", " "),
    "absent twice at the same time": _in_both_places("10:10", "11:10", "O "),
    "hidden attendance that is not said": value_in("link", "hide_attendance", None),
    "an account's status in capitals": value_in("guardian", "status", "ACTIVE"),
    "a link's status with blanks": value_in("link", "status", " Active "),
}


def another_students_lesson(example: Example) -> list[Step]:
    """Play a second student, present at the time at which the first is absent."""
    example.second.starts_at, example.second.ends_at = wall("10:10"), wall("11:10")
    example.second_mark.student_id, example.second_mark.mark = 2, "/"
    return ordinary_day(example)


STORIES_OF_VIEWS["another student is present"] = another_students_lesson
ALL_STORIES = STORIES | STORIES_OF_VIEWS | STORIES_OF_REPORTS
