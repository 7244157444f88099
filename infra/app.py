"""The CDK app: one stage if `-c stage=` names it, and otherwise each stage for AWS.

So `cdk ls`, `cdk diff` and `cdk deploy AbsenceTexts-pilot` work without a stage.
"""

import os
import sys

from aws_cdk import Annotations, App

from infra.accepted_findings import (
    ACCEPTED,
    ACCEPTED_IN_A_NETWORK,
    ACCEPTED_WITH_A_TRIAL_DATABASE,
    ACCEPTED_WITH_MAILS,
    ACCEPTED_WITH_MAILS_IN_A_NETWORK,
    ACCEPTED_WITH_THE_SMS_ACCOUNT,
    accept_findings,
)
from infra.functions.layer_wheels import WheelsMissingError
from infra.stack import AbsenceTextsStack
from infra.stage_checks import check_credentials, check_stage
from infra.stages.cautions import warnings
from infra.stages.stage import Stage, StageRefusedError
from infra.stages.values import stages_from_context


def main() -> None:
    # A stack trace would name a temporary program of jsii's.
    app = App(stack_traces=False)
    try:
        stages = stages_from_context(app.node.try_get_context)
        if len(stages) == 1:
            check_credentials(stages[0], os.environ.get("CDK_DEFAULT_ACCOUNT"))
        for stage in stages:
            build_stack(app, stage)
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
    if stage.mail_to:
        in_a_network = stage.network or stage.trial_database
        further = ACCEPTED_WITH_MAILS_IN_A_NETWORK if in_a_network else ()
        accept_findings(stack, ACCEPTED_WITH_MAILS + further)
    if stack.sets_sms_account:
        accept_findings(stack, ACCEPTED_WITH_THE_SMS_ACCOUNT)
    for name, sentence in warnings(stage):
        Annotations.of(stack).add_warning_v2(f"absence-texts:{name}", sentence)
    return stack


if __name__ == "__main__":
    main()
