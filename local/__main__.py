"""`python -m local up` and `python -m local down`, which `make up` and `make down` call."""

import argparse
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from absence_texts.database import connect
from local import stack
from local.college.sample_day import STARTS, sample_day
from local.college_clock import offset_for_texts, offset_to
from local.database_server import DatabaseServerError
from local.interrupts import exit_on_sigterm
from local.processes import ProcessError
from local.programs import ProgramMissingError
from local.run_directory import locked
from local.running_stack import (
    DEFAULT_DIRECTORY,
    RunningStack,
    StackDescriptionError,
    description_of,
)

_console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("command", choices=("up", "down"))
    parser.add_argument("--directory", type=Path, default=DEFAULT_DIRECTORY)
    parser.add_argument("--sample", action="store_true", help="load the sample day into the tables")
    options = parser.parse_args()
    directory = options.directory.absolute()
    directory.parent.mkdir(parents=True, exist_ok=True)
    exit_on_sigterm()
    try:
        with locked(directory.parent):
            if options.command == "down":
                return _down(directory)
            return _up(directory, with_sample_day=options.sample)
    except (DatabaseServerError, ProcessError, ProgramMissingError, StackDescriptionError) as error:
        _console.print(str(error), style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        _console.print("Interrupted: everything that was started is stopped.")
        return 130


def _up(directory: Path, *, with_sample_day: bool) -> int:
    running = stack.find(directory)
    if running is not None and with_sample_day:
        _console.print(
            "The stack is already up, with rows of its own: stop it with `make down`, then start it"
            " again with `make up SAMPLE=1`."
        )
        return 1
    if running is not None:
        _console.print("The stack is already up.\n")
    elif with_sample_day:
        running = _start_with_sample_day(directory)
    else:
        running = stack.start(directory, clock_offset=offset_for_texts(), tell=_tell)
        _console.print(
            "\nThe college's tables are empty: put rows in them, and the next minute's run finds"
            " them."
        )
    _show(running, directory)
    return 0


def _start_with_sample_day(directory: Path) -> RunningStack:
    running = stack.start(directory, clock_offset=offset_to(STARTS), tell=_tell)
    try:
        with closing(connect(running.credentials)) as database:
            sample_day(running.clock.now().today).college.insert_into(database)
    except BaseException:
        stack.stop(directory)
        raise
    _console.print("\nThe sample day is loaded: the next minute's run sends its texts.")
    return running


def _down(directory: Path) -> int:
    stopped = stack.stop(directory)
    _console.print("The stack is down." if stopped else "No stack is up.")
    return 0


def _tell(progress: str) -> None:
    _console.print(f"  {progress}")


def _show(running: RunningStack, directory: Path) -> None:
    database = running.database
    shift = timedelta(seconds=running.clock_offset_seconds)
    shifted = f", shifted by {shift / timedelta(minutes=1):+.0f} minutes" if shift else ""
    now = running.clock.now().wall_clock
    login = f"mariadb -h {database.host} -P {database.port} -u {database.user} -p {database.name}"
    _console.print(
        f"  the college's time  {now:%A %d %B %Y %H:%M}{shifted}\n"
        f"  the link            {running.portal_address}/recordabsencelink.aspx\n"
        f"  texts so far        {running.ministack_address}/_ministack/sns/sms-messages\n"
        f"  the database        {login}\n"
        f"  all of it           {description_of(directory)}\n"
        f"  who was told        python -m ops day, in the shell that `make shell` opens\n"
        f"`make down` stops it."
    )


if __name__ == "__main__":
    sys.exit(main())
