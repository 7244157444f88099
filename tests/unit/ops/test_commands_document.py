"""Each command has its line in ops/README.md."""

import re
from pathlib import Path

from ops.__main__ import COMMANDS

DOCUMENT = Path(__file__).parents[3] / "ops" / "README.md"


def test_the_document_has_each_command_and_no_other() -> None:
    told = re.findall(r"(?m)^- \*\*`(\w+)`\*\*", DOCUMENT.read_text())
    assert told == [
        command.__name__.removesuffix(".command").rpartition(".")[2] for command in COMMANDS
    ]
