"""`resend`: send a text again that failed or is in doubt."""

import argparse
from collections.abc import Iterator

from absence_texts.database import Row, transaction
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import RESENDABLE, State, resend
from absence_texts.wording import clock_time
from ops.college_times import from_utc
from ops.context import CommandContext
from ops.operator_actions import OperatorAction, add_why_to, record
from ops.text_rows import HEADINGS, cells, find_texts


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resend", help="send again one of today's unreached texts")
    parser.add_argument("--text", type=int, required=True, help="its id, as `unreached` shows it")
    parser.add_argument("--confirm", action="store_true", help="send it, and accept the risk")
    add_why_to(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Show the text and the risk; with --confirm, make the text wait for the next run."""
    text_id = AbsenceTextId(arguments.text)
    found = find_texts(context, "t.id = %(id)s", {"id": text_id})
    if not found:
        context.console.print(f"The ledger has no text {text_id}.")
        return 1
    text = found[0]
    for heading, cell in zip(HEADINGS, cells(text), strict=True):
        context.console.print(f"{heading:>8}  {cell}", highlight=False)
    if refusals := list(_refusals(context, text)):
        context.console.print(f"This text can't be sent again: {refusals[0]}")
        return 1
    context.console.print(_risk(context, text))
    if not arguments.confirm:
        context.console.print("Nothing was changed. To send the text again, add --confirm.")
        return 1
    return _resend(context, text_id, arguments.why)


def _refusals(context: CommandContext, text: Row) -> Iterator[str]:
    if State(text["state"]) not in RESENDABLE:
        resendable = " or ".join(sorted(RESENDABLE))
        yield f"its state is {text['state']}, not {resendable}."
    if text["absence_date"] != context.now.today:
        yield f"it says “today”, and is about {text['absence_date']}. Ring instead."
    if context.settings.window_has_closed(context.now):
        closes = f"{context.settings.sending_window_closes:%H:%M}"
        yield f"the sending window closed at {closes}. Ring instead."


def _risk(context: CommandContext, text: Row) -> str:
    if text["in_doubt_at"] is None:
        return "The first text did not leave, so the guardian gets one text."
    since = clock_time(from_utc(text["in_doubt_at"], context.now.zone))
    return (
        f"The first text may have left at {since}: then this guardian gets the text TWICE. Most"
        " delivery receipts come within 15 minutes and settle the doubt without you."
    )


def _resend(context: CommandContext, text_id: AbsenceTextId, why: str | None) -> int:
    by, now = context.find_operator(), context.now
    with transaction(context.database):
        waits = resend(context.database, text_id, now)
        if waits:
            action = OperatorAction.RESEND
            record(context.database, action, now, by=by, why=why, text_id=text_id)
    if not waits:
        context.console.print("The text changed in the meantime. Nothing was done: look again.")
        return 1
    context.console.print(
        "The text waits for the next run. The sender checks every criterion again, and cancels the"
        " text if one no longer holds."
    )
    return 0
