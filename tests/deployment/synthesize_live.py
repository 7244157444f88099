"""Writes the live stage's template, with the code of the release that is on the path.

MiniStack lacks some parts, which are left out: docs/operations/local-limits.md
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from aws_cdk import App

from infra.app import build_stack
from infra.stages.values import LIVE, LOCAL


def main() -> None:
    context = json.loads(Path("cdk.json").read_text())["context"]
    app = App(outdir=sys.argv[1], context=context)
    supported = replace(
        LIVE,
        # Its functions run on this machine.
        architecture=LOCAL.architecture,
        sets_sms_account=False,
        watches_shares=False,
        # Its database is no RDS of AWS's.
        database_ca=None,
        alarm_emails=("ops@college.example",),
    )
    build_stack(app, supported)
    app.synth()


if __name__ == "__main__":
    main()
