"""`make demo`: a sample college day on the local stack, at any hour of any day.

`--once` stops after the table; the exit code is 0 only if exactly the expected texts arrived.
"""

import sys
from contextlib import closing

from absence_texts.database import connect
from local.college_clock import offset_to
from local.demo import terminal
from local.demo.phones_page import PhonesPage
from local.demo.play import Play
from local.running_stack import RunningStack
from local.sample_day import STARTS
from local.stack import running
from local.surroundings import ROOT

DIRECTORY = ROOT / ".local" / "demo"


def main(*, once: bool) -> bool:
    offset = offset_to(STARTS)
    with running(DIRECTORY, clock_offset=offset, tell=terminal.tell) as stack:
        with closing(connect(stack.credentials)) as database:
            as_expected = Play(stack, database).play()
        if not once:
            serve(stack)
    return as_expected


def serve(stack: RunningStack) -> None:
    """Serve the page of phones until Ctrl-C; lessons go on coming due meanwhile."""
    page = PhonesPage(stack)
    terminal.step(stack.clock.now(), f"The phones, with live links: [bold]{page.address}[/]")
    terminal.step(stack.clock.now(), "At 11:40 one more lesson comes due. Ctrl-C ends the demo.")
    page.serve_until_interrupted()


if __name__ == "__main__":
    sys.exit(0 if main(once="--once" in sys.argv) else 1)
