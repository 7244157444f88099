"""A college of any size, made by the database itself: a few statements, no row passes through here.

Each student has six lessons a day, in groups of twenty; one mark in twelve is an absence; one
student in two has a second guardian; and a few of everything fail each criterion.
"""

# ruff: noqa: S608 (SQL put together from this module's own words)
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from absence_texts.database import Database, execute

SLOTS = 6
"""Lessons that a student has in a day, an hour each, 70 minutes apart from 09:00."""
GROUP = 20
FIRST_START = time(9)
BETWEEN_STARTS = timedelta(minutes=70)
_NUMBERS = "bench_numbers"


@dataclass(frozen=True, kw_only=True)
class GeneratedCollege:
    students: int

    @property
    def lessons_a_day(self) -> int:
        return SLOTS * self._groups

    @property
    def marks_a_day(self) -> int:
        return SLOTS * self.students

    @property
    def _groups(self) -> int:
        return -(-self.students // GROUP)

    def create(self, database: Database) -> None:
        """Fill the empty tables with students, guardians and links, but no lessons yet."""
        _create_numbers(database, self.students)
        self._fill(
            database,
            "students (student_id, reference, first_name, last_name, status)",
            "n, CONCAT('STE', LPAD(n, 8, '0')), 'First', 'Last', IF(n %% 20 = 0, 'L16', 'C16')",
        )
        guardian = (
            "'Guardian', IF(n %% 25 = 1, NULL, '07700 900123'),"
            " IF(n %% 50 = 2, 'suspended', 'active')"
        )
        link = "n, IF(n %% 40 = 3, 'suspended', 'active'), n %% 30 = 4"
        for first_id, only in ((0, "TRUE"), (self.students, "n %% 2 = 0")):
            self._fill(
                database,
                "guardians (guardian_id, name, mobile, status)",
                f"{first_id} + n, {guardian}",
                only,
            )
            self._fill(
                database,
                "guardian_students (guardian_id, student_id, status, hide_attendance)",
                f"{first_id} + n, {link}",
                only,
            )

    def add_day(self, database: Database, on: date, *, number: int) -> None:
        """Add one day's lessons and marks; `number` tells the days apart, and is not used twice."""
        for slot in range(SLOTS):
            first = (number * SLOTS + slot) * self._groups
            starts = datetime.combine(on, FIRST_START) + slot * BETWEEN_STARTS
            moments = {"starts": starts, "ends": starts + timedelta(hours=1)}
            self._fill(
                database,
                "lessons (lesson_id, title, starts_at, ends_at)",
                f"{first} + n, 'Biology', %(starts)s, %(ends)s",
                f"n <= {self._groups}",
                moments,
            )
            self._fill(
                database,
                "register_marks (lesson_id, student_id, mark, marked_at)",
                f"{first} + 1 + FLOOR((n - 1) / {GROUP}), n,"
                f" IF((n * 7 + {slot} * 13 + {number} * 5) %% 12 = 0, 'O', '/'),"
                f" %(starts)s + INTERVAL IF((n + {slot}) %% 15 = 0, 65, 5) MINUTE",
                parameters=moments,
            )

    def _fill(
        self,
        database: Database,
        into: str,
        columns: str,
        only: str = "TRUE",
        parameters: dict[str, datetime] | None = None,
    ) -> None:
        """Insert a row for each number up to the number of students for which `only` holds."""
        execute(
            database,
            f"INSERT INTO {into} SELECT {columns} FROM {_NUMBERS}"
            f" WHERE n <= {self.students} AND {only} ORDER BY n",
            parameters or {},
        )


def analyze(database: Database) -> None:
    """Let the optimizer know what is there, as a server does by itself after a while."""
    with database.cursor() as cursor:
        cursor.execute(
            "ANALYZE TABLE students, lessons, register_marks, guardians, guardian_students"
        )
        cursor.fetchall()


def _create_numbers(database: Database, up_to: int) -> None:
    execute(database, f"CREATE TABLE IF NOT EXISTS {_NUMBERS} (n INT UNSIGNED PRIMARY KEY)", {})
    execute(database, f"INSERT IGNORE INTO {_NUMBERS} VALUES (1)", {})
    known = 1
    while known < up_to:
        execute(
            database,
            f"INSERT IGNORE INTO {_NUMBERS} SELECT n + {known} FROM {_NUMBERS} WHERE n <= {known}",
            {},
        )
        known *= 2
