"""`cdk synth -c stage=local|pilot|live`."""

import sys

from aws_cdk import App

from infra.layer_wheels import WheelsMissingError
from infra.stack import AbsenceTextsStack
from infra.stage_values import stage_from_context
from infra.stages import StageRefusedError


def main() -> None:
    app = App()
    try:
        AbsenceTextsStack(app, stage=stage_from_context(app.node.try_get_context))
    except (StageRefusedError, WheelsMissingError) as refusal:
        sys.exit(str(refusal))
    app.synth()


if __name__ == "__main__":
    main()
