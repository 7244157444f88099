"""Does one whole run in this process and prints the peak of its memory in MiB.

It reads the database's credentials as JSON from its standard input.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import closing

from absence_texts.database import Credentials, connect
from absence_texts.identifiers import AbsenceTextId
from benchmarks.measurement import college_moment
from benchmarks.process_memory import peak_mebibytes
from benchmarks.server import LONG_TIMEOUTS
from benchmarks.settings import SETTINGS
from detect_absences.run import run


class DiscardingQueue:
    """Accepts every job and keeps none."""

    def send(self, ids: Sequence[AbsenceTextId]) -> list[AbsenceTextId]:
        return list(ids)


def main() -> None:
    credentials = Credentials(**json.load(sys.stdin))
    with closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database:
        moment = college_moment(16, 30)
        run(database, DiscardingQueue(), SETTINGS, moment, is_paused=lambda: False)
    print(peak_mebibytes())


if __name__ == "__main__":
    main()
