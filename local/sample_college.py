"""Rows of a made-up college, gathered first and inserted together."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import cast

from absence_texts.database import Database, Value
from absence_texts.identifiers import GuardianId, LessonId, StudentId

type Row = dict[str, Value]

_FIRST_NAMES = ("Aisha", "Ben", "Chloe", "Daniel", "Ella", "Grace", "Liam", "Maya", "Noah", "Priya")
_LAST_NAMES = ("Ashworth", "Barnes", "Cooper", "Dixon", "Hussain", "Kershaw", "Mistry")
_IN_TIME = "10:15"


@dataclass
class SampleCollege:
    """Every name is made up, every mobile one of Ofcom's fictional numbers."""

    day: date
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def at(self, wall_clock: str) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(wall_clock))

    def lesson(self, title: str, starts: str, ends: str) -> LessonId:
        times = {"starts_at": self.at(starts), "ends_at": self.at(ends)}
        return LessonId(self._add("lessons", "lesson_id", {"title": title, **times}))

    def student(self, *, status: str = "C16", reference: str | None = None) -> StudentId:
        number = len(self.rows["students"]) + 1
        student: Row = {
            "reference": reference or f"STE{4050000 + number:08d}",
            "first_name": _FIRST_NAMES[number % len(_FIRST_NAMES)],
            "last_name": _LAST_NAMES[number % len(_LAST_NAMES)],
            "status": status,
        }
        return StudentId(self._add("students", "student_id", student))

    def mark(
        self, student: StudentId, lesson: LessonId, mark: str = "O", marked_at: str = _IN_TIME
    ) -> None:
        self.rows["register_marks"].append(
            {
                "lesson_id": lesson,
                "student_id": student,
                "mark": mark,
                "marked_at": self.at(marked_at),
            }
        )

    def guardian(
        self,
        *students: StudentId,
        status: str = "active",
        link_status: str = "active",
        hide_attendance: int = 0,
        has_mobile: bool = True,
    ) -> GuardianId:
        """Add a guardian and a link to each of the students."""
        number = len(self.rows["guardians"]) + 1
        guardian: Row = {
            "name": f"Guardian {_LAST_NAMES[number % len(_LAST_NAMES)]}",
            "mobile": f"07700 900{number:03d}" if has_mobile else None,
            "status": status,
        }
        self._add("guardians", "guardian_id", guardian)
        for student in students:
            self.rows["guardian_students"].append(
                {
                    "guardian_id": number,
                    "student_id": student,
                    "status": link_status,
                    "hide_attendance": hide_attendance,
                }
            )
        return GuardianId(number)

    def contact(self, student: StudentId, mobile: str) -> None:
        contact: Row = {"student_id": student, "name": "Emergency contact", "mobile": mobile}
        self._add("student_contacts", "contact_id", contact)

    def student_name(self, student: StudentId) -> str:
        row = self.rows["students"][student - 1]
        return f"{row['first_name']} {row['last_name']}"

    def reference(self, student: StudentId) -> str:
        return str(self.rows["students"][student - 1]["reference"])

    def mobile(self, guardian: GuardianId) -> str:
        """Return the guardian's mobile in E.164."""
        national = str(self.rows["guardians"][guardian - 1]["mobile"])
        return "+44" + national.removeprefix("0").replace(" ", "")

    def names_by_mobile(self) -> dict[str, str]:
        """Return each guardian's name under their mobile in E.164."""
        return {
            self.mobile(GuardianId(number)): str(row["name"])
            for number, row in enumerate(self.rows["guardians"], start=1)
            if row["mobile"]
        }

    def starts_at(self, lesson: LessonId) -> datetime:
        return cast("datetime", self.rows["lessons"][lesson - 1]["starts_at"])

    def insert_into(self, database: Database) -> None:
        for table, rows in self.rows.items():
            columns = list(rows[0])
            places = ", ".join(f"%({column})s" for column in columns)
            with database.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
                    rows,
                )

    def _add(self, table: str, key: str, row: Row) -> int:
        number = len(self.rows[table]) + 1
        self.rows[table].append({key: number, **row})
        return number
