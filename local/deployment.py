"""The CDK app, deployed to MiniStack with the CDK's own command line, as ops deploy it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from local.processes import run
from local.surroundings import ACCOUNT, NODE, REGION, ROOT, environment

STACK_NAME = "AbsenceTexts-local"
_CDK = ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One deployment of the local stage, prepared and kept in a directory."""

    directory: Path
    ministack_address: str
    portal_address: str
    clock_offset: timedelta

    def synthesize(self) -> None:
        self._cdk(
            ROOT,
            "synth",
            "--quiet",
            f"--output={self._assembly}",
            "--context=stage=local",
            f"--context=clock_offset_seconds={round(self.clock_offset.total_seconds())}",
            f"--context=portal_address={self.portal_address}",
        )

    def bootstrap(self) -> None:
        # Where it finds a cdk.json, it would synthesize first.
        self._cdk(self.directory, "bootstrap", f"aws://{ACCOUNT}/{REGION}")

    def deploy(self) -> Mapping[str, str]:
        """Deploy what was synthesized; return the stack's outputs."""
        outputs = self.directory / "outputs.json"
        self._cdk(
            self.directory,
            "deploy",
            STACK_NAME,
            f"--app={self._assembly}",
            f"--outputs-file={outputs}",
            "--require-approval=never",
            "--method=direct",
        )
        found: dict[str, str] = json.loads(outputs.read_text())[STACK_NAME]
        return found

    @property
    def _assembly(self) -> Path:
        return self.directory / "cdk.out"

    def _cdk(self, working_directory: Path, command: str, *arguments: str) -> None:
        run(
            (
                "/usr/bin/env",
                f"--chdir={working_directory}",
                NODE / "node",
                _CDK,
                command,
                *arguments,
                "--no-notices",
            ),
            name=f"cdk-{command}",
            directory=self.directory,
            environment=environment(self.directory, self.ministack_address),
        )
