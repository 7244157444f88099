"""A college of any size, which the database makes itself by a few statements.

Each student has six lessons a day, in groups of twenty; one mark in twelve is an absence; one
student in two has a second guardian; and a few of everything fail each criterion.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from absence_texts.database import Database, execute
from db.source.tables import Guardian, Lesson, Link, Mark, Record, Student

SLOTS = 6
"""Lessons that a student has in a day, an hour each, 70 minutes apart from 09:00."""
GROUP = 20
_NUMBERS, _DAYS = "bench_numbers", "bench_days"
_DAYS_SLOTS_NUMBERS = f"{_DAYS} day JOIN {_NUMBERS} slot JOIN {_NUMBERS} n"
_STARTS = "(day.held_on + INTERVAL 9 * 60 + 70 * (slot.n - 1) MINUTE)"
_STUDENT, _GUARDIAN, _LINK = Student(0, reference=""), Guardian(0), Link(0, 0)
_LESSON, _MARK = Lesson(0, datetime.min, datetime.min), Mark(0, 0, marked_at=None)  # noqa: DTZ901
_IS_ABSENT = "(n.n * 7 + (slot.n - 1) * 13 + day.number * 5) %% 12 = 0"


@dataclass(frozen=True, kw_only=True)
class GeneratedCollege:
    students: int

    @property
    def marks_a_day(self) -> int:
        return SLOTS * self.students

    @property
    def _groups(self) -> int:
        return -(-self.students // GROUP)

    def create(self, database: Database) -> None:
        """Fill the empty tables with students, guardians and links, but no lessons yet."""
        _create_numbers(database, self.students)
        status = "IF(n %% 20 = 0, 'L16', 'C16')"
        reference = "CONCAT('STE', LPAD(n, 8, '0'))"
        self._fill(database, _STUDENT, student_id="n", reference=reference, status=status)
        for first_id, first_mobile, only in (
            (0, 0, "TRUE"),
            (self.students, 500, "n %% 2 = 0"),
        ):
            guardian_id = f"{first_id} + n"
            mobile = f"CONCAT('07700 900', LPAD(({first_mobile} + n) %% 1000, 3, '0'))"
            self._fill(
                database,
                _GUARDIAN,
                only,
                guardian_id=guardian_id,
                mobile=f"IF(n %% 25 = 1, NULL, {mobile})",
                status="IF(n %% 50 = 2, 'suspended', %(status)s)",
            )
            self._fill(
                database,
                _LINK,
                only,
                guardian_id=guardian_id,
                student_id="n",
                status="IF(n %% 40 = 3, 'suspended', %(status)s)",
                hide_attendance="n %% 30 = 4",
            )

    def add_days(self, database: Database, dates: Sequence[date]) -> None:
        """Add the lessons and marks of these days to a college that has none yet.

        There is a single statement for each table, because MariaDB sorts what comes into an empty
        table and builds its indexes at once. Ten years take half an hour this way, and most of a
        day if each row is inserted by itself.
        """
        _create_days(database, dates)
        with _unchecked(database):
            self._add_lessons(database)
            self._add_marks(database)

    def add_texts(self, database: Database) -> None:
        """Fill the empty ledger with the texts of all days added but the first."""
        with _unchecked(database):
            execute(
                database,
                f"""
INSERT INTO absence_texts
  (student_id, guardian_id, absence_date, lesson_id, state, provider_message_id, attempts,
  pending_at, queued_at, sending_at, sent_at, delivered_at)
SELECT STRAIGHT_JOIN link.student_id, link.guardian_id, day.held_on, {self._lesson},
  'delivered', UUID(), 1, {_STARTS}, {_STARTS}, {_STARTS}, {_STARTS}, {_STARTS}
FROM {_DAYS_SLOTS_NUMBERS}
JOIN guardian_students link ON link.student_id = n.n
WHERE day.number > 0 AND slot.n <= {SLOTS} AND n.n <= {self.students} AND {_IS_ABSENT}
  AND link.status = 'active'""",
                {},
            )

    def _add_lessons(self, database: Database) -> None:
        _insert(
            database,
            _LESSON,
            f"FROM {_DAYS_SLOTS_NUMBERS} WHERE slot.n <= {SLOTS} AND n.n <= {self._groups}",
            lesson_id=f"{self._first_lesson} + n.n",
            starts_at=_STARTS,
            ends_at=f"{_STARTS} + INTERVAL 1 HOUR",
        )

    def _add_marks(self, database: Database) -> None:
        _insert(
            database,
            _MARK,
            f"FROM {_DAYS_SLOTS_NUMBERS} WHERE slot.n <= {SLOTS} AND n.n <= {self.students}",
            lesson_id=self._lesson,
            student_id="n.n",
            mark=f"IF({_IS_ABSENT}, %(mark)s, '/')",
            marked_at=f"{_STARTS} + INTERVAL IF((n.n + slot.n) %% 15 = 1, 65, 5) MINUTE",
        )

    @property
    def _first_lesson(self) -> str:
        return f"(day.number * {SLOTS} + slot.n - 1) * {self._groups}"

    @property
    def _lesson(self) -> str:
        return f"{self._first_lesson} + 1 + FLOOR((n.n - 1) / {GROUP})"

    def _fill(
        self, database: Database, example: Record, only: str = "TRUE", **columns: str
    ) -> None:
        """Insert a row for each number up to the number of students for which `only` holds."""
        rows = f"FROM {_NUMBERS} WHERE n <= {self.students} AND {only} ORDER BY n"
        _insert(database, example, rows, **columns)


def _insert(database: Database, example: Record, rows: str, **columns: str) -> None:
    """Insert a row of the example's table for each of `rows`.

    `columns` holds the SQL of the columns that differ from row to row. Every other column is as in
    the example, whose values the SQL may name: `%(status)s`.
    """
    values = {column: f"%({column})s" for column in vars(example)} | columns
    execute(
        database,
        f"INSERT INTO {example.table} ({', '.join(values)})"
        f" SELECT STRAIGHT_JOIN {', '.join(values.values())} {rows}",
        vars(example),
    )


def analyze(database: Database) -> None:
    """Update the optimizer's statistics, as a server does by itself after a while."""
    with database.cursor() as cursor:
        cursor.execute(
            "ANALYZE TABLE students, lessons, register_marks, guardians, guardian_students,"
            " absence_texts"
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


def _create_days(database: Database, dates: Sequence[date]) -> None:
    execute(database, f"DROP TABLE IF EXISTS {_DAYS}", {})
    execute(
        database,
        f"CREATE TABLE {_DAYS} (number INT UNSIGNED PRIMARY KEY, held_on DATE NOT NULL)",
        {},
    )
    with database.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_DAYS} VALUES (%s, %s)", list(enumerate(dates)))


@contextmanager
def _unchecked(database: Database) -> Iterator[None]:
    """Skip the checks of keys, because generated rows refer only to rows that exist."""
    execute(database, "SET foreign_key_checks = 0, unique_checks = 0", {})
    try:
        yield
    finally:
        execute(database, "SET foreign_key_checks = 1, unique_checks = 1", {})
