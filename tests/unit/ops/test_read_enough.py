"""A pipe whose reader has read enough ends a command without a traceback."""

import subprocess
import sys

_PROGRAM = """
import ops.__main__ as tool
def run(arguments, console):
    for _ in range(100_000):
        console.file.write("a line of a long list\\n")
    return 0
tool._run = run
raise SystemExit(tool.main(["day"]))
"""


def test_head_ends_a_list_in_silence() -> None:
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:  # noqa: S603 (our own words)
        assert listing.stdout
        assert listing.stderr
        listing.stdout.readline()
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 0
