"""`resend`: have a text sent once more that did not leave, or of which nobody knows."""

import argparse
from collections.abc import Iterator

from absence_texts.database import Row
from absence_texts.identifiers import AbsenceTextId
from absence_texts.ledger import RESENDABLE, State, resend
from ops.college_times import clock_time, from_utc
from ops.context import CommandContext
from ops.text_rows import HEADINGS, cells, find_texts


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resend", help="have one unreached text of today sent again")
    parser.add_argument("--text", type=int, required=True, help="its id, as `unreached` shows it")
    parser.add_argument("--confirm", action="store_true", help="do it, knowing what it risks")
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Say whom the text would go to and what that risks; with --confirm, let it wait again."""
    text_id = AbsenceTextId(arguments.text)
    found = find_texts(context, "t.id = %(id)s", {"id": text_id})
    if not found:
        context.console.print(f"The ledger has no text {text_id}.")
        return 1
    (text,) = found
    for heading, cell in zip(HEADINGS, cells(text), strict=True):
        context.console.print(f"{heading:>8}  {cell}", highlight=False)
    if refusals := list(_refusals(context, text)):
        context.console.print(f"It can't be sent again: {refusals[0]}")
        return 1
    context.console.print(_risk(context, text))
    if not arguments.confirm:
        context.console.print("Nothing was done. To have it sent again, add --confirm.")
        return 1
    return _resend(context, text_id)


def _refusals(context: CommandContext, text: Row) -> Iterator[str]:
    if State(text["state"]) not in RESENDABLE:
        resendable = " or ".join(sorted(RESENDABLE))
        yield f"it is {text['state']}, and only what is {resendable} may be."
    if text["absence_date"] != context.now.today:
        yield f"it is of {text['absence_date']}, and says “today”. Ring instead."
    if context.settings.window_has_closed(context.now):
        yield f"texts leave until {context.settings.sending_window_closes:%H:%M}. Ring instead."


def _risk(context: CommandContext, text: Row) -> str:
    if text["in_doubt_at"] is None:
        return "It surely did not leave: sent again, it is the first to arrive."
    since = clock_time(from_utc(text["in_doubt_at"], context.now.zone))
    return (
        f"It may have left at {since}: then this guardian gets it TWICE. Most receipts come within"
        " a quarter of an hour, and settle it without you."
    )


def _resend(context: CommandContext, text_id: AbsenceTextId) -> int:
    if not resend(context.database, text_id, context.now):
        context.console.print("It changed meanwhile, and nothing was done. Look again.")
        return 1
    context.console.print(
        "It waits for the next run. The sender puts every criterion to it again: if one no longer"
        " holds, it is cancelled."
    )
    return 0
