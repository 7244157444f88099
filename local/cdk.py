"""The CDK's command line, called as ops call it, but with MiniStack's address."""

from pathlib import Path

from local.environment import NODE, ROOT, environment
from local.processes import run

_CDK = ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk"


def run_cdk(
    command: str,
    *arguments: str,
    directory: Path,
    ministack_address: str,
    working_directory: Path | None = None,
) -> None:
    """Run one command and keep its output in `directory`; raises ProcessError.

    The command synthesizes first if there is a cdk.json in its working directory.
    """
    run(
        (
            "/usr/bin/env",
            f"--chdir={working_directory or directory}",
            NODE / "node",
            _CDK,
            command,
            *arguments,
            "--no-notices",
        ),
        name=f"cdk-{command}",
        directory=directory,
        environment=environment(directory, ministack_address),
    )
