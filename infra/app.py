"""`cdk synth -c stage=local|pilot|live`."""

import sys

from aws_cdk import Annotations, App

from infra.accepted_findings import (
    ACCEPTED,
    ACCEPTED_IN_A_NETWORK,
    ACCEPTED_WITH_A_TRIAL_DATABASE,
    ACCEPTED_WITH_THE_SMS_ACCOUNT,
    accept_findings,
)
from infra.functions.layer_wheels import WheelsMissingError
from infra.stack import AbsenceTextsStack
from infra.stages.cautions import warnings
from infra.stages.checks import check_stage
from infra.stages.stage import Stage, StageRefusedError
from infra.stages.values import stage_from_context


def main() -> None:
    app = App()
    try:
        build_stack(app, stage_from_context(app.node.try_get_context))
    except (StageRefusedError, WheelsMissingError) as refusal:
        sys.exit(str(refusal))
    app.synth()


def build_stack(app: App, stage: Stage) -> AbsenceTextsStack:
    """Return the stage's stack, with what reviewers accepted and what ops should know."""
    check_stage(stage)
    stack = AbsenceTextsStack(app, stage=stage)
    accept_findings(stack, ACCEPTED + (ACCEPTED_IN_A_NETWORK if stage.network else ()))
    if stage.trial_database:
        accept_findings(stack, ACCEPTED_IN_A_NETWORK + ACCEPTED_WITH_A_TRIAL_DATABASE)
    if stack.sets_sms_account:
        accept_findings(stack, ACCEPTED_WITH_THE_SMS_ACCOUNT)
    for name, sentence in warnings(stage):
        Annotations.of(stack).add_warning_v2(f"absence-texts:{name}", sentence)
    return stack


if __name__ == "__main__":
    main()
