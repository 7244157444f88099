"""`allow-retry`: let the next deployment delete a stack whose first deployment failed.

CloudFormation can only delete such a stack. The CDK does so and begins again, unless the stack is
protected from deletion. The CDK protects a stack before it makes the stack's resources.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html
"""

import argparse
from functools import partial
from typing import Any

from infra.stages.stage import Stage
from ops.context import AccountContext
from ops.deployed_stage import FAILED_CREATION, check_account, describe_stack
from ops.preflight.account import unless_missing
from ops.preflight.database_secrets import secret_names


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
    if stage.trial_database:
        _free_secret_names(stage, context.client("secretsmanager"))
    context.console.print(
        f"The first deployment of {stage.stack_name} failed ({stack.status}). The next deployment"
        " deletes what is left of the stack and begins again."
    )
    return 0


def _free_secret_names(stage: Stage, client: Any) -> None:  # noqa: ANN401 (boto3's)
    """Delete the secrets of a trial that the rollback left in their recovery window.

    Their names are taken until then, and they hold the passwords of a database that is gone. A
    secret that is not marked for deletion stays.
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
    """
    for name in secret_names(stage):
        found = unless_missing(partial(client.describe_secret, SecretId=name))
        if found and "DeletedDate" in found:
            client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
