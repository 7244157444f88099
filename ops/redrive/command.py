"""`redrive`: queue the jobs of the dead-letter queue again if their texts may still leave today."""

import argparse
from collections import Counter

from ops.context import CommandContext
from ops.redrive.dead_letters import Action, DeadLetters, choose_action


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "redrive", help="requeue the failed jobs whose texts may still leave today"
    )
    parser.set_defaults(run=run)


def run(context: CommandContext, _: argparse.Namespace) -> int:
    """Empty the dead-letter queue; a message that is not a job of ours stays: exit code 1."""
    letters = DeadLetters(context.find_service())
    actions = [(choose_action(context, letter), letter) for letter in letters]
    for action, letter in actions:
        letters.carry_out(action, letter)
        if action is Action.KEEP:
            context.console.print(f"Kept, not a job of this service: {letter.sqs_message_id}")
    counts = Counter(action for action, _letter in actions)
    context.console.print(
        f"{counts[Action.REQUEUE]} queued again, {counts[Action.DROP]} dropped (their texts may not"
        f" leave any more), {counts[Action.KEEP]} kept."
    )
    return int(counts[Action.KEEP] > 0)
