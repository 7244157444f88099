"""Prints what the hold's rule does to generated years.

python -m tests.unit.detect_absences.hold_table: the decision record of the hold shows the table.
"""

from collections.abc import Iterator, Sequence
from statistics import mean

from tests.unit.detect_absences.generated_year import teaching_days
from tests.unit.detect_absences.played_year import PlayedDay, PlayedYear
from tests.unit.detect_absences.wrong_days import WRONG_DAYS, ordinary_registers, saturdays

_SIZES = (300, 3000, 10_000)
_YEARS = 12


def main() -> None:
    print("| students | what is wrong | held | lessons out | texts out |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for students in _SIZES:
        for cells in _rows(students):
            print(f"| {students:,} | {' | '.join(cells)} |")  # noqa: T201


def _rows(students: int) -> Iterator[Sequence[str]]:
    years = [PlayedYear.of(students, seed) for seed in range(_YEARS)]
    holds = [year.false_holds for year in years]
    yield (
        "nothing, for a year with flu, exams and a strike",
        f"{mean(holds):.2f} times, {max(holds)} at most",
        "",
        "",
    )
    year = years[0]
    for name, wrong in WRONG_DAYS.items():
        yield name, *_outcome([year.play(day, wrong) for day in teaching_days()])
    days = [year.play(day, ordinary_registers) for day in saturdays()]
    yield "ordinary registers on a Saturday", *_outcome(days)


def _outcome(days: Sequence[PlayedDay]) -> Sequence[str]:
    held = mean(day.holds > 0 for day in days)
    lessons, texts = max(day.lessons_out for day in days), max(day.texts_out for day in days)
    return f"{held:.0%} of days", f"{lessons} at most", f"{texts} at most"


if __name__ == "__main__":
    main()
