"""The CDK app, deployed to MiniStack with the CDK's command line, as ops deploy it to AWS."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from local.cdk import run_cdk
from local.environment import ACCOUNT, REGION, ROOT

STACK_NAME = "AbsenceTexts-local"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One deployment of the local stage, with a directory for its files."""

    directory: Path
    ministack_address: str
    portal_address: str
    clock_offset: timedelta

    def synthesize(self) -> None:
        self._cdk(
            "synth",
            "--quiet",
            f"--output={self._assembly}",
            "--context=stage=local",
            f"--context=clock_offset_seconds={round(self.clock_offset.total_seconds())}",
            f"--context=portal_address={self.portal_address}",
            working_directory=ROOT,
        )

    def bootstrap(self) -> None:
        self._cdk("bootstrap", f"aws://{ACCOUNT}/{REGION}")

    def deploy(self) -> Mapping[str, str]:
        """Deploy what `synthesize` made and return the stack's outputs."""
        outputs = self.directory / "outputs.json"
        self._cdk(
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

    def _cdk(self, command: str, *arguments: str, working_directory: Path | None = None) -> None:
        run_cdk(
            command,
            *arguments,
            directory=self.directory,
            ministack_address=self.ministack_address,
            working_directory=working_directory,
        )
