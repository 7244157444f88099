"""The numbers of the day's pictures add up to the account's."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence_texts.account import StudentEntry, Told, in_words
from absence_texts.ledger import State
from ops.day.page.figure import Figure
from ops.day.page.figures import figures
from ops.day.page.outcome_figures import NO_TEXT, outcomes, reasons
from ops.day.page.times_figures import TextTimes, after_the_lesson, through_the_day
from tests.support.college import wall_clock
from tests.support.day_pages import OUTCOMES, THE_DAY, an_entry

ANY_TIME = st.datetimes(datetime(2026, 11, 22), datetime(2026, 11, 25))
ANY_TIMES = st.lists(
    st.builds(
        TextTimes,
        lesson_ended=st.none() | ANY_TIME,
        sent=ANY_TIME,
        delivered=st.none() | ANY_TIME,
    )
)
ANY_OUTCOME = st.tuples(
    st.none() | st.sampled_from(State),
    st.none() | st.sampled_from(["has_mobile", "link_active", "ReadTimeoutError"]),
    st.sampled_from(Told),
)
ANY_ENTRIES = st.lists(
    st.lists(ANY_OUTCOME, min_size=1, max_size=3).map(lambda outcomes: an_entry(*outcomes))
)


def sums(figure: Figure) -> list[int]:
    columns = range(len(figure.headings) - 1)
    return [sum(numbers[column] for _, numbers in figure.rows) for column in columns]


@given(ends=st.lists(st.none() | ANY_TIME), sent=st.lists(ANY_TIME))
def test_every_student_and_every_text_is_in_one_quarter_of_an_hour(
    ends: list[datetime | None], sent: list[datetime]
) -> None:
    assert sums(through_the_day(THE_DAY, ends, sent)) == [len(ends), len(sent)]


@given(times=ANY_TIMES)
def test_every_text_is_in_one_row_of_minutes(times: list[TextTimes]) -> None:
    delivered = [each for each in times if each.delivered]
    assert sums(after_the_lesson(times)) == [len(times), len(delivered)]


@given(entries=ANY_ENTRIES)
def test_every_guardian_has_one_outcome_and_if_not_told_one_reason(
    entries: list[StudentEntry],
) -> None:
    guardians = [guardian for entry in entries for guardian in entry.guardians]
    not_told = [each for each in guardians if each.told is Told.NOT_TOLD]
    assert sums(outcomes(entries)) == [len(guardians)]
    assert sums(reasons(entries)) == [len(not_told)]


def test_a_text_is_counted_when_it_left_and_its_student_when_the_lesson_ended() -> None:
    figure = through_the_day(THE_DAY, [wall_clock("11:10")], [wall_clock("11:31")])
    used = [(label, numbers) for label, numbers in figure.rows if sum(numbers)]
    assert used == [("11:00", (1, 0)), ("11:30", (0, 1))]
    assert [label for label, _ in figure.rows] == ["11:00", "11:15", "11:30"]


@pytest.mark.parametrize(
    ("end", "sent", "row"),
    [
        ("11:10", "11:29", "0-19"),
        ("11:10", "11:30", "20-24"),
        ("11:10", "11:34:59", "20-24"),
        ("11:10", "11:35", "25-29"),
        ("11:10", "12:10", "60+"),
        ("12:00", "11:31", "not known"),
    ],
)
def test_a_text_is_counted_by_the_minutes_since_its_lesson_ended(
    end: str, sent: str, row: str
) -> None:
    times = TextTimes(lesson_ended=wall_clock(end), sent=wall_clock(sent), delivered=None)
    assert [label for label, numbers in after_the_lesson([times]).rows if sum(numbers)] == [row]


def test_outcomes_and_reasons_are_in_words() -> None:
    entries = [an_entry(*OUTCOMES)]
    assert dict(outcomes(entries).rows).keys() == {
        *("queued", "sent", "delivered", "in doubt", NO_TEXT)
    }
    assert dict(reasons(entries).rows).keys() == {in_words("has_mobile"), "ReadTimeoutError"}


def test_a_day_without_an_absence_has_no_picture() -> None:
    assert figures(THE_DAY, [], [], []) == ()
