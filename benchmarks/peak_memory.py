"""Does one whole run in this process and prints the peak of its memory in MiB.

It reads the database's credentials as JSON from its standard input.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import closing

from absence_texts.database import Credentials, Database, connect
from absence_texts.identifiers import AbsenceTextId
from benchmarks.process_memory import peak_mebibytes
from benchmarks.server import LONG_TIMEOUTS
from benchmarks.settings import SETTINGS, college_moment
from detect_absences.run import run


class DiscardingQueue:
    """Accepts every job and keeps none."""

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        return list(ids)


def claim_the_day(database: Database) -> None:
    """Do the run that finds all of the day's texts due."""
    run(database, DiscardingQueue(), SETTINGS, college_moment(16, 30), is_paused=lambda: False)


def main() -> None:
    credentials = Credentials(**json.load(sys.stdin))
    with closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database:
        claim_the_day(database)
    print(peak_mebibytes())


if __name__ == "__main__":
    main()
