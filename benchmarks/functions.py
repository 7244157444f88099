"""`python -m benchmarks.functions`: measures the memory and time that loading a function takes.

Each function loads in a new Python process, with the clients that it makes while it loads.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from infra.functions.python_function import MEMORY_MB
from infra.functions.settings import function_environment
from infra.repository import function_packages
from infra.stages.values import LIVE, LOCAL

RESULTS = Path(__file__).parent / "function_results.md"
ALONE = "Python alone"
_TIMES = 10
"""The best of these counts, because other work on the machine can only add."""
_WHOLE_PROCESSOR_MB = 1769
"""https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"""
_THEN_PRINT_COST = """
import time
seconds = time.process_time()
from benchmarks.process_memory import peak_mebibytes
print(peak_mebibytes(), seconds)
"""
_COLUMNS = (
    "MiB at most",
    "x Python alone",
    "processor seconds",
    "x Python alone",
    f"seconds at {MEMORY_MB} MB",
)
_WITH_SETTINGS = (
    *("detect_absences", "send_sms", "absence_redirect", "record_delivery"),
    "mail_day",
)
_STAGE = replace(LIVE, mail_to=LOCAL.mail_to, mail_from=LOCAL.mail_from)


@dataclass(frozen=True, order=True)
class Load:
    seconds: float
    """Of a processor."""
    mebibytes: float
    """The peak."""


def measure() -> Mapping[str, Load]:
    environment = _environment()
    programs = {ALONE: ""} | {each: f"import {each}.handler" for each in function_packages()}
    return {
        name: min(_load(program, environment) for _ in range(_TIMES))
        for name, program in programs.items()
    }


def _load(program: str, environment: Mapping[str, str]) -> Load:
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", f"{program}\n{_THEN_PRINT_COST}"],
        env=dict(environment),
        check=True,
        capture_output=True,
        text=True,
    )
    mebibytes, seconds = done.stdout.split()
    return Load(float(seconds), float(mebibytes))


def _environment() -> dict[str, str]:
    made_by_stack = {"queue_url": "https://sqs.example/jobs", "sending_parameter": "sending"}
    environment = {"PYTHONPATH": os.environ["PYTHONPATH"], "AWS_DEFAULT_REGION": "eu-west-2"}
    for package in _WITH_SETTINGS:
        environment |= function_environment(package, _STAGE, **made_by_stack)
    return environment


def report(loads: Mapping[str, Load]) -> str:
    alone = loads[ALONE]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    rows = [
        f"| {name} | {load.mebibytes:.0f} | {load.mebibytes / alone.mebibytes:.1f} |"
        f" {load.seconds:.2f} | {load.seconds / alone.seconds:.0f} |"
        f" {load.seconds * _WHOLE_PROCESSOR_MB / MEMORY_MB:.1f} |"
        for name, load in loads.items()
    ]
    return "\n".join(
        [
            "# What loading a function takes",
            "",
            "Written by `python -m benchmarks.functions`.",
            "[Their memory](../docs/decisions/0027-memory-and-time-outs.md) follows from it.",
            f"Machine: {machine}.",
            f"{MEMORY_MB} MB bring {MEMORY_MB}/{_WHOLE_PROCESSOR_MB} of a processor.",
            "",
            f"| function | {' | '.join(_COLUMNS)} |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def main() -> None:
    said = report(measure())
    print(said)
    RESULTS.write_text(said)


if __name__ == "__main__":
    main()
