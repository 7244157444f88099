"""`allow-retry`: let the next deployment delete a stack whose first deployment failed.

CloudFormation can only delete such a stack. The CDK does so and begins again, unless the stack is
protected from deletion, as the CDK does before the stack's resources are made.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html
"""

import argparse

from ops.context import AccountContext
from ops.deployed_stage import FAILED_CREATION, check_account, describe_stack


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "allow-retry", help="let a first deployment that failed be tried again"
    )
    parser.set_defaults(run_on_account=run)


def run(context: AccountContext, _: argparse.Namespace) -> int:
    """Do nothing to a stack that was ever created."""
    stage, cloudformation = context.stage, context.client("cloudformation")
    check_account(stage, context.client("sts"))
    stack = describe_stack(stage, cloudformation)
    if stack is None or stack.status not in FAILED_CREATION:
        return 0
    cloudformation.update_termination_protection(
        StackName=stage.stack_name, EnableTerminationProtection=False
    )
    context.console.print(
        f"The first deployment of {stage.stack_name} failed ({stack.status}). The next deployment"
        " deletes what is left of the stack and begins again."
    )
    return 0
