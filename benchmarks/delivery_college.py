"""Texts that are due at the same time, claimed and queued, each about a student of its own."""

from collections.abc import Sequence
from contextlib import closing

from absence_texts.database import Credentials, connect, execute, fetch_all, transaction
from absence_texts.identifiers import AbsenceTextId
from benchmarks.server import empty
from tests.support.college import College
from tests.support.registers import NOTHING_IS_HELD
from tests.support.runs import MemoryQueue, detect

DUE_AT = "11:30"


def fill(credentials: Credentials, texts: int) -> Sequence[AbsenceTextId]:
    """Empty the college, give it this many queued texts and return their ids, oldest first."""
    with closing(connect(credentials)) as database:
        empty(database)
        college = College(database)
        lesson = college.lesson()
        with transaction(database):
            for _ in range(texts):
                student, _guardian = college.student_with_guardian()
                college.mark(student, lesson)
        for table in fetch_all(database, "SHOW TABLES", {}):
            execute(database, f"ANALYZE TABLE {next(iter(table.values()))}", {})
        queue = MemoryQueue()
        detect(college, DUE_AT, queue=queue, limits=NOTHING_IS_HELD)
    return queue.jobs
