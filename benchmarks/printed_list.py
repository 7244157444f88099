"""Prints one list of the tool to nowhere, and tells its seconds and its peak of memory.

It reads the database's credentials as JSON from its standard input.
"""

import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from absence_texts.clock import Clock
from absence_texts.database import Credentials, connect
from benchmarks.process_memory import peak_mebibytes
from benchmarks.server import LONG_TIMEOUTS
from benchmarks.settings import SETTINGS, college_moment
from ops.command_line import make_parser
from ops.context import CommandContext
from ops.target import NoTargetError, OpsSettings
from ops.terminal import make_console


def main() -> None:
    credentials = Credentials(**json.load(sys.stdin))
    moment = college_moment(16, 30)
    arguments = make_parser().parse_args(sys.argv[1:])
    with (
        Path(os.devnull).open("w") as nowhere,
        closing(connect(credentials, timeouts=LONG_TIMEOUTS)) as database,
    ):
        context = CommandContext(
            database=database,
            settings=OpsSettings.model_validate(SETTINGS.model_dump()),
            clock=Clock(moment.zone, utc_now=lambda: moment.instant),
            console=make_console(nowhere),
            open_schema=_nothing_more,
            find_service=_nothing_more,
            find_operator=_nothing_more,
        )
        started = time.perf_counter()
        arguments.run(context, arguments)
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "mebibytes": peak_mebibytes()}))


def _nothing_more(*_given: object, **_by_name: object) -> NoReturn:
    raise NoTargetError("A list needs nothing but the database.")


if __name__ == "__main__":
    main()
