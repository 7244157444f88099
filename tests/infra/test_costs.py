import re
from dataclasses import replace

import pytest

from absence_texts.data_checks import DATA_CHECKS
from absence_texts.vocabulary import Count
from infra.costs import (
    ALARM_METRICS,
    COLLEGES,
    METRICS,
    PILOT,
    College,
    Prices,
    month,
    table,
    trial_database,
    trial_table,
)
from infra.repository import ROOT
from tests.support.synthesized import Synthesized

_OPERATIONS = ROOT / "docs" / "operations"
_PAGE = (_OPERATIONS / "costs.md").read_text()


def test_the_page_has_the_models_table() -> None:
    assert f"-->\n{table(*COLLEGES)}\n<!--" in _PAGE


def test_the_page_has_the_table_of_a_trials_own_database() -> None:
    assert f"-->\n{trial_table()}\n<!--" in _PAGE


def test_the_page_says_what_the_models_texts_are_made_of() -> None:
    college, prices = COLLEGES[0], Prices()
    made_of = (
        f"{college.absent_a_day * 100:.0f} %",
        f"{college.guardians}",
        f"{college.teaching_days}",
        f"US${prices.text}",
    )
    formula = ".+× ".join(map(re.escape, made_of))
    assert re.search(f"students × {formula}", " ".join(_PAGE.split()))


def test_the_pages_say_what_a_pilot_and_its_database_cost() -> None:
    (pilot,) = re.findall(r"About (\d+) a month for a pilot", _PAGE)
    assert int(pilot) == round(sum(month(PILOT).values()))
    page = (_OPERATIONS / "trial-database.md").read_text()
    (database,) = re.findall(r"about US\$(\d+) a month", page)
    taken = (cost for part, cost in trial_database().items() if not part.startswith("not taken"))
    assert int(database) == round(sum(taken))


def test_no_stage_has_more_metrics_under_alarm_than_the_model(
    with_everything: Synthesized,
) -> None:
    assert sum(1 for _metric in with_everything.alarmed()) <= ALARM_METRICS


def test_the_functions_count_no_more_metrics_than_the_model() -> None:
    assert len(Count) + len(DATA_CHECKS) <= METRICS


def test_texts_grow_with_students_absences_and_guardians() -> None:
    college = College(students=1000, absent_a_day=0.1, guardians=2, teaching_days=10)
    assert college.texts == 2000
    assert month(college, Prices(text=0.5))["texts"] == pytest.approx(1000)


def test_all_but_texts_costs_a_college_ten_times_the_size_hardly_more() -> None:
    small = College(students=1000)
    parts = [month(college) for college in (small, replace(small, students=10_000))]
    without_texts = [sum(part.values()) - part["texts"] for part in parts]
    assert without_texts[1] < 1.1 * without_texts[0]
