"""`redrive`: queue again, from the dead-letter queue, only what may still be sent today."""

import argparse
from collections import Counter

from ops.context import CommandContext
from ops.redrive.dead_letters import DeadLetters, Fate, fate_of


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("redrive", help="queue again what may still be sent today")
    parser.set_defaults(run=run)


def run(context: CommandContext, _: argparse.Namespace) -> int:
    """Empty the dead-letter queue but for what is no job of ours; that makes the exit code 1."""
    letters = DeadLetters(context.find_service())
    fates = [(fate_of(context, letter), letter) for letter in letters]
    for fate, letter in fates:
        letters.carry_out(fate, letter)
        if fate is Fate.LEFT:
            context.console.print(f"Left, as it is no job of ours: message {letter.sqs_message_id}")
    counts = Counter(fate for fate, _letter in fates)
    context.console.print(
        f"{counts[Fate.QUEUED]} queued again, {counts[Fate.DROPPED]} dropped (their texts are not "
        f"to be sent any more), {counts[Fate.LEFT]} left."
    )
    return int(counts[Fate.LEFT] > 0)
