"""`unreached`: whom a text did not reach, or perhaps not, for staff to ring."""

# ruff: noqa: S608 (the college's schema is a setting)
import argparse
from datetime import date

from rich.table import Table

from absence_texts.database import Row, fetch_all
from absence_texts.ledger import State
from ops.college_times import clock_time, parse_date
from ops.desk import Desk
from ops.masking import masked

UNREACHED = (State.IN_DOUBT, State.FAILED, State.UNDELIVERED)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("unreached", help="whom to ring: no text reached them for sure")
    parser.add_argument("--date", type=parse_date, help="the college's date; today if left out")
    parser.set_defaults(run=run)


def run(desk: Desk, arguments: argparse.Namespace) -> int:
    day = arguments.date or desk.now.today
    found = find_unreached(desk, day)
    if not found:
        desk.console.print(f"Of {day} there is nobody to ring.")
        return 0
    table = Table("student", "lesson", "guardian", "mobile", "state", "reason")
    for row in found:
        table.add_row(
            row["reference"] or "gone",
            clock_time(row["starts_at"]) if row["starts_at"] else "gone",
            str(row["guardian_id"]),
            masked(row["mobile"]),
            row["state"],
            row["reason"],
        )
    desk.console.print(table)
    return 0


def find_unreached(desk: Desk, day: date) -> tuple[Row, ...]:
    """Return the day's texts that surely or perhaps did not arrive, in the students' order."""
    source = desk.source
    return fetch_all(
        desk.database,
        f"""
SELECT s.reference, lesson.starts_at, t.guardian_id, g.mobile, t.state, t.reason
FROM absence_texts t
LEFT JOIN {source.table("students")} s ON s.student_id = t.student_id
LEFT JOIN {source.table("lessons")} lesson ON lesson.lesson_id = t.lesson_id
LEFT JOIN {source.table("guardians")} g ON g.guardian_id = t.guardian_id
WHERE t.absence_date = %(day)s AND t.state IN %(unreached)s
ORDER BY s.reference, t.guardian_id""",
        {"day": day, "unreached": UNREACHED},
    )
