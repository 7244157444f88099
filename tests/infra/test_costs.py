from dataclasses import replace

import pytest

from infra.costs import COLLEGES, College, Prices, month, table, trial_table
from infra.repository import ROOT


def test_the_page_has_the_models_table() -> None:
    page = (ROOT / "docs" / "operations" / "costs.md").read_text()
    assert f"-->\n{table(*COLLEGES)}\n<!--" in page


def test_the_page_has_the_table_of_a_trials_own_database() -> None:
    page = (ROOT / "docs" / "operations" / "costs.md").read_text()
    assert f"-->\n{trial_table()}\n<!--" in page


def test_texts_grow_with_students_absences_and_guardians() -> None:
    college = College(students=1000, absent_a_day=0.1, guardians=2, teaching_days=10)
    assert college.texts == 2000
    assert month(college, Prices(text=0.5))["texts"] == pytest.approx(1000)


def test_all_but_texts_costs_a_college_ten_times_the_size_hardly_more() -> None:
    small = College(students=1000)
    parts = [month(college) for college in (small, replace(small, students=10_000))]
    without_texts = [sum(part.values()) - part["texts"] for part in parts]
    assert without_texts[1] < 1.1 * without_texts[0]
