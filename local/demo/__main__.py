"""`make demo`: a sample college day on the local stack, at any hour of any day.

`--once` stops after the account of the day. The exit code is 0 only if exactly the expected texts
arrived, and if the account could be read.
"""

import sys
from contextlib import closing

from absence_texts.database import connect
from local.college.sample_day import SAMPLE_REFERENCE, STARTS, SampleDay, sample_day
from local.college_clock import offset_to
from local.database_server import DatabaseServerError
from local.demo import terminal
from local.demo.account import AccountMissingError, show_account, write_page
from local.demo.phones_page import PhonesPage
from local.demo.player import Player, TextsMissingError
from local.interrupts import exit_on_sigterm
from local.processes import ProcessError
from local.programs import ProgramMissingError
from local.running_stack import DEMO_DIRECTORY, RunningStack
from local.stack import running

EXPECTED_ERRORS = (
    AccountMissingError,
    DatabaseServerError,
    ProcessError,
    ProgramMissingError,
    TextsMissingError,
)
LOOK_FURTHER = f"""
To look further, type `make shell` in another terminal, and there:
  python -m ops unreached                        who to ring
  python -m ops explain --student {SAMPLE_REFERENCE}    what became of one student's absences
docs/attendance-office.md has more of what an attendance office asks.
"""


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
    with running(DEMO_DIRECTORY, clock_offset=offset, tell=terminal.tell) as stack:
        day = sample_day(stack.clock.now().today)
        with closing(connect(stack.credentials)) as database:
            as_expected = Player(stack, database, day).play()
        terminal.step(stack.clock.now(), "The account of the day so far, as staff read it:")
        show_account(DEMO_DIRECTORY)
        if once:
            terminal.say("`make up SAMPLE=1` leaves this day running, for you to look further.")
        else:
            serve(stack, day)
    return as_expected


def serve(stack: RunningStack, day: SampleDay) -> None:
    """Serve the page of phones until Ctrl-C, while further lessons come due."""
    page = PhonesPage(stack, day.college)
    terminal.step(stack.clock.now(), f"The phones, with live links: [bold]{page.address}[/]")
    write_page(DEMO_DIRECTORY)
    terminal.say(LOOK_FURTHER)
    terminal.step(stack.clock.now(), "At 11:40 one more lesson comes due. Ctrl-C ends the demo.")
    page.serve_until_interrupted()


if __name__ == "__main__":
    sys.exit(main(once="--once" in sys.argv))
