"""`resend`: send a text again that failed or is in doubt."""

import argparse
from collections.abc import Iterator

from absence_texts.database import Row, transaction
from absence_texts.identifiers import AbsenceTextId, StudentId
from absence_texts.ledger import RESENDABLE, State, resend
from absence_texts.wording import clock_time
from ops.college_times import from_utc
from ops.context import CommandContext
from ops.operator_actions import OperatorAction, add_why_to, record
from ops.people.choice import NotOneError
from ops.people.students import the_student
from ops.text_rows import HEADINGS, cells, find_texts


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("resend", help="send again one of today's unreached texts")
    text = parser.add_mutually_exclusive_group(required=True)
    text.add_argument("--text", type=int, help="its id, as `unreached` shows it")
    text.add_argument(
        "--student", nargs="+", metavar="WHO", help="or the student: the reference or the name"
    )
    parser.add_argument("--confirm", action="store_true", help="send it, and accept the risk")
    add_why_to(parser)
    parser.set_defaults(run=run)


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Show the text and the risk; with --confirm, make the text wait for the next run."""
    text = _text_asked(context, arguments)
    for heading, cell in zip(HEADINGS, cells(text), strict=True):
        context.console.print(f"{heading:>8}  {cell}", highlight=False)
    if refusals := list(_refusals(context, text)):
        context.console.print(f"This text can't be sent again: {refusals[0]}")
        return 1
    context.console.print(_risk(context, text))
    if not arguments.confirm:
        context.console.print("Nothing was changed. To send the text again, add --confirm.")
        return 1
    return _resend(context, AbsenceTextId(text["id"]), arguments.why)


def _text_asked(context: CommandContext, arguments: argparse.Namespace) -> Row:
    """Return the text of this id, or the student's only text of today; raises NotOneError."""
    if arguments.text is not None:
        found = find_texts(context, "t.id = %(id)s", {"id": arguments.text})
        about = f"{arguments.text}"
    else:
        student = the_student(context, " ".join(arguments.student))
        found, about = _resendable(context, student.id), f"about student {student.shown} to resend"
    if len(found) == 1:
        return found[0]
    if found:
        rows = [cells(text) for text in found]
        raise NotOneError(
            f"{len(found)} texts can be resent: choose one with --text.", HEADINGS, rows
        )
    raise NotOneError(f"The ledger has no text {about}.")


def _resendable(context: CommandContext, student: StudentId) -> tuple[Row, ...]:
    return find_texts(
        context,
        "t.student_id = %(student)s AND t.absence_date = %(today)s AND t.state IN %(states)s",
        {
            "student": student,
            "today": context.now.today,
            "states": tuple(state.value for state in RESENDABLE),
        },
    )


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
