"""`sms-settings`: compare SNS's SMS settings with the stage's, and set them again.

A deployment sets them only if the stage's values have changed since the last one.
"""

import argparse
from collections.abc import Iterator, Mapping

from infra.stages.sms_attributes import sms_attributes
from infra.stages.stage import Stage
from ops.context import AccountContext
from ops.deployed_stage import check_account, describe_stack
from ops.target import NoTargetError
from ops.terminal import print_plainly

ROLE_OUTPUT = "SmsLogRole"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "sms-settings", help="how the account's SMS settings differ from the stage's"
    )
    parser.add_argument("--set", action="store_true", help="set those that differ to the stage's")
    parser.set_defaults(run_on_account=run)


def run(context: AccountContext, arguments: argparse.Namespace) -> int:
    """Print each setting that differs; the exit code is 1 if one differs and was not set."""
    wanted, sns = _wanted(context), context.client("sns")
    drift = dict(drifted(wanted, sns.get_sms_attributes()["attributes"]))
    if not drift:
        context.console.print("The account's SMS settings are the stage's.")
        return 0
    for name, is_now in drift.items():
        line = f"✗ {name}: is {is_now or 'not set'}, and should be {wanted[name]}"
        print_plainly(context.console, line)
    if not arguments.set:
        print_plainly(context.console, _how_to_set(context.stage))
        return 1
    sns.set_sms_attributes(attributes={name: wanted[name] for name in drift})
    context.console.print("They are set again.")
    return 0


def drifted(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the present value of each setting that is not as wanted."""
    for name, value in wanted.items():
        if found.get(name, "") != value:
            yield name, found.get(name, "")


def _how_to_set(stage: Stage) -> str:
    return f"    python -m ops --stage {stage.name} sms-settings --set"


def _wanted(context: AccountContext) -> Mapping[str, str]:
    """Return the stage's settings; raises NoTargetError if the stage sets none."""
    stage = context.stage
    check_account(stage, context.client("sts"))
    if not stage.sets_sms_account:
        raise NoTargetError(
            f"Stage {stage.name} has sets_sms_account=False: ask about the stage that sets them."
        )
    stack = describe_stack(stage, context.client("cloudformation"))
    if stack is None or ROLE_OUTPUT not in stack.outputs:
        raise NoTargetError(
            f"Stage {stage.name} has not set the account's SMS settings yet:"
            f" `make deploy STAGE={stage.name}` sets them."
        )
    return sms_attributes(stage, log_role=stack.outputs[ROLE_OUTPUT])
