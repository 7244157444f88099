"""`make demo`: a sample college day on the local stack, at any hour of any day.

`--once` stops after the table; the exit code is 0 only if exactly the expected texts arrived.
"""

import sys
from contextlib import closing

from absence_texts.database import connect
from local.college.sample_day import STARTS, SampleDay, sample_day
from local.college_clock import offset_to
from local.database_server import DatabaseServerError
from local.demo import terminal
from local.demo.phones_page import PhonesPage
from local.demo.player import Player, TextsMissingError
from local.environment import ROOT
from local.interrupts import exit_on_sigterm
from local.processes import ProcessError
from local.programs import ProgramMissingError
from local.running_stack import RunningStack
from local.stack import running

DIRECTORY = ROOT / ".local" / "demo"
EXPECTED_ERRORS = (DatabaseServerError, ProcessError, ProgramMissingError, TextsMissingError)


def main(*, once: bool) -> int:
    """Play the day; return the exit code."""
    exit_on_sigterm()
    try:
        return 0 if play(once=once) else 1
    except EXPECTED_ERRORS as error:
        terminal.complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def play(*, once: bool) -> bool:
    offset = offset_to(STARTS)
    with running(DIRECTORY, clock_offset=offset, tell=terminal.tell) as stack:
        day = sample_day(stack.clock.now().today)
        with closing(connect(stack.credentials)) as database:
            as_expected = Player(stack, database, day).play()
        if not once:
            serve(stack, day)
    return as_expected


def serve(stack: RunningStack, day: SampleDay) -> None:
    """Serve the page of phones until Ctrl-C, while further lessons come due."""
    page = PhonesPage(stack, day.college.names_by_mobile())
    terminal.step(stack.clock.now(), f"The phones, with live links: [bold]{page.address}[/]")
    terminal.step(stack.clock.now(), "At 11:40 one more lesson comes due. Ctrl-C ends the demo.")
    page.serve_until_interrupted()


if __name__ == "__main__":
    sys.exit(main(once="--once" in sys.argv))
