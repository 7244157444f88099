"""`redrive`: queue the jobs of the dead-letter queue again if their texts may still leave today."""

import argparse
from collections import Counter

from ops.context import CommandContext
from ops.operator_actions import OperatorAction, add_why_to, record
from ops.redrive.dead_letters import Action, DeadLetter, DeadLetters, choose_action


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "redrive", help="requeue the failed jobs whose texts may still leave today"
    )
    add_why_to(parser)
    parser.set_defaults(run=run)


_RECORDED_AS = {Action.REQUEUE: OperatorAction.REDRIVE, Action.DROP: OperatorAction.DROP}


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Empty the dead-letter queue; a message that is not a job of ours stays: exit code 1."""
    letters = DeadLetters(context.find_service())
    actions = [(choose_action(context, letter), letter) for letter in letters]
    by = context.find_operator()
    for action, letter in actions:
        letters.carry_out(action, letter)
        if action in _RECORDED_AS:
            _record(context, action, letter, by=by, why=arguments.why)
        if action is Action.KEEP:
            context.console.print(f"Kept, not a job of this service: {letter.sqs_message_id}")
    counts = Counter(action for action, _letter in actions)
    context.console.print(
        f"{counts[Action.REQUEUE]} queued again, {counts[Action.DROP]} dropped (their texts may not"
        f" leave any more), {counts[Action.KEEP]} kept."
    )
    return int(counts[Action.KEEP] > 0)


def _record(
    context: CommandContext, action: Action, letter: DeadLetter, *, by: str, why: str | None
) -> None:
    recorded_as, text_id = _RECORDED_AS[action], letter.text_id
    record(context.database, recorded_as, context.now, by=by, why=why, text_id=text_id)
