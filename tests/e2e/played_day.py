"""The sample day on a deployed stack, up to the receipts, for pictures of its page."""

from datetime import UTC, datetime
from pathlib import Path

from local.college.sample_day import sample_day
from ops.__main__ import main
from tests.e2e.deployed import Deployed
from tests.support.receipts import UNREACHABLE, a_receipt, record

_UNREACHABLE = 3
"""Of so many phones the first can't be reached."""
_STILL_OUT = 2
"""Receipts that have not come yet."""


def play_sample_day(deployed: Deployed, directory: Path) -> None:
    """Run detection on the sample day, let the texts leave and most of the receipts come."""
    now = deployed.stack.clock.now
    day = sample_day(now().today)
    day.college.insert_into(deployed.college.database)
    ops(directory, "pause", "--why", "fire drill in the 08:40 lessons")
    ops(directory, "resume", "--why", "the registers were corrected")
    deployed.call_detection()
    deployed.wait_for_texts(len(day.texts))
    record(deployed.college, *_receipts(deployed), time=f"{now().wall_clock:%Y-%m-%d %H:%M:%S}")


def ops(directory: Path, *words: str) -> None:
    """Run a command of the tool on the stack in this directory; raises AssertionError."""
    code = main(["--stack", str(directory), *words])
    assert code == 0, words


def _receipts(deployed: Deployed) -> list[str]:
    texts = deployed.select(
        "SELECT provider_message_id AS id FROM absence_texts WHERE state = 'sent' ORDER BY id"
    )
    published = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return [
        a_receipt(
            text["id"],
            failed=UNREACHABLE if number < _UNREACHABLE else None,
            published=published,
        )
        for number, text in enumerate(texts[_STILL_OUT:])
    ]
