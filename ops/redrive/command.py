"""`redrive`: queue the jobs of the dead-letter queue again if their texts may still leave today."""

import argparse
from collections import Counter

from ops.context import CommandContext
from ops.listing import ListedModel, add_formats, say, show
from ops.operator_actions import OperatorAction, add_why_to, record
from ops.redrive.dead_letters import Action, DeadLetter, DeadLetters, choose_action
from ops.tables import Cells


class RedriveRow(ListedModel):
    """What was done with one message of the dead-letter queue."""

    message: str
    """The message's id in SQS."""
    action: Action
    text: int | None
    """The id of the text. None if the message is not a job."""

    def cells(self) -> Cells:
        return self.message, self.action, str(self.text or "")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "redrive", help="requeue the failed jobs whose texts may still leave today"
    )
    add_why_to(parser)
    add_formats(parser)
    parser.set_defaults(run=run)


_HEADINGS = ("message", "action", "text")
_RECORDED_AS = {Action.REQUEUE: OperatorAction.REDRIVE, Action.DROP: OperatorAction.DROP}


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Empty the dead-letter queue; a message that is not a job of ours stays: exit code 1."""
    letters, form = DeadLetters(context.find_service()), arguments.form
    actions = [(choose_action(context, letter), letter) for letter in letters]
    by = context.find_operator()
    for action, letter in actions:
        letters.carry_out(action, letter)
        if action in _RECORDED_AS:
            _record(context, action, letter, by=by, why=arguments.why)
    show(context.console, form, _HEADINGS, (_row(action, letter) for action, letter in actions))
    counts = Counter(action for action, _letter in actions)
    say(
        context.console,
        form,
        f"{counts[Action.REQUEUE]} queued again, {counts[Action.DROP]} dropped (their texts may not"
        f" leave any more), {counts[Action.KEEP]} kept (not jobs of this service).",
    )
    return int(counts[Action.KEEP] > 0)


def _row(action: Action, letter: DeadLetter) -> RedriveRow:
    return RedriveRow(message=letter.sqs_message_id, action=action, text=letter.text_id)


def _record(
    context: CommandContext, action: Action, letter: DeadLetter, *, by: str, why: str | None
) -> None:
    recorded_as, text_id = _RECORDED_AS[action], letter.text_id
    record(context.database, recorded_as, context.now, by=by, why=why, text_id=text_id)
