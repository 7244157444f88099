"""A made-up college, whose rows are gathered first and inserted together."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from absence_texts.database import Database
from absence_texts.identifiers import GuardianId, LessonId, StudentId
from db.source.tables import Contact, Guardian, Lesson, Link, Mark, Student
from local.college.rows import insert, numbered_mobile, numbered_reference

_FIRST_NAMES = ("Aisha", "Ben", "Chloe", "Daniel", "Ella", "Grace", "Liam", "Maya", "Noah", "Priya")
_LAST_NAMES = ("Ashworth", "Barnes", "Cooper", "Dixon", "Hussain", "Kershaw", "Mistry")
_REFERENCES_FROM = 4_050_000
_IN_TIME = "10:15"


@dataclass
class SampleCollege:
    """Every name is made up, every mobile one of Ofcom's fictional numbers."""

    day: date
    students: list[Student] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)

    def at(self, wall_clock: str) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(wall_clock))

    def lesson(self, title: str, starts: str, ends: str) -> LessonId:
        number = len(self.lessons) + 1
        self.lessons.append(Lesson(number, self.at(starts), self.at(ends), title=title))
        return LessonId(number)

    def student(self, *, status: str = "C16", reference: str | None = None) -> StudentId:
        number = len(self.students) + 1
        self.students.append(
            Student(
                number,
                reference or numbered_reference(_REFERENCES_FROM + number),
                status=status,
                first_name=_FIRST_NAMES[number % len(_FIRST_NAMES)],
                last_name=_LAST_NAMES[number % len(_LAST_NAMES)],
            )
        )
        return StudentId(number)

    def mark(
        self, student: StudentId, lesson: LessonId, mark: str = "O", marked_at: str = _IN_TIME
    ) -> None:
        self.marks.append(Mark(lesson, student, marked_at=self.at(marked_at), mark=mark))

    def guardian(
        self,
        *students: StudentId,
        status: str = "active",
        link_status: str = "active",
        hide_attendance: int = 0,
        has_mobile: bool = True,
    ) -> GuardianId:
        """Add a guardian and a link to each of the students."""
        number = len(self.guardians) + 1
        mobile = numbered_mobile(number) if has_mobile else None
        name = f"Guardian {_LAST_NAMES[number % len(_LAST_NAMES)]}"
        self.guardians.append(Guardian(number, mobile=mobile, status=status, name=name))
        self.links += [
            Link(number, student, status=link_status, hide_attendance=hide_attendance)
            for student in students
        ]
        return GuardianId(number)

    def contact(self, student: StudentId) -> None:
        self.contacts.append(Contact(len(self.contacts) + 1, student))

    def student_name(self, student: StudentId) -> str:
        row = self.students[student - 1]
        return f"{row.first_name} {row.last_name}"

    def reference(self, student: StudentId) -> str:
        return self.students[student - 1].reference

    def mobile(self, guardian: GuardianId) -> str:
        """Return the guardian's mobile in E.164."""
        return _in_e164(self.guardians[guardian - 1].mobile or "")

    def guardians_by_mobile(self) -> dict[str, Guardian]:
        """Return each guardian under their mobile in E.164."""
        return {_in_e164(row.mobile): row for row in self.guardians if row.mobile}

    def students_of(self, guardian: GuardianId) -> list[str]:
        """Return the names of the students that are linked to the guardian."""
        return [
            self.student_name(StudentId(link.student_id))
            for link in self.links
            if link.guardian_id == guardian
        ]

    def starts_at(self, lesson: LessonId) -> datetime:
        return self.lessons[lesson - 1].starts_at

    def insert_into(self, database: Database) -> None:
        for records in (
            *(self.students, self.lessons, self.guardians),
            *(self.marks, self.links, self.contacts),
        ):
            insert(database, records)


def _in_e164(national: str) -> str:
    return "+44" + national.removeprefix("0").replace(" ", "")
