"""`release`: send the texts that are held because they do not look like an ordinary day's."""

import argparse
from collections.abc import Sequence
from datetime import datetime, time

from absence_texts.database import transaction
from absence_texts.identifiers import LessonId
from absence_texts.ledger import release
from absence_texts.wording import clock_time, counted
from ops.context import CommandContext
from ops.held_texts import HeldLesson, read_held
from ops.operator_actions import OperatorAction, add_why_to, record_about_waiting


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("release", help="send texts that are held")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--lesson", type=parse_lesson, help="those about one lesson: its start, or its id"
    )
    which.add_argument("--all", action="store_true", help="all that are held today")
    add_why_to(parser)
    parser.set_defaults(run=run)


def parse_lesson(typed: str) -> LessonId | time:
    """Read `10:10` as a time, and a whole number as the id of a lesson."""
    try:
        return time.fromisoformat(typed) if ":" in typed else LessonId(int(typed))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{typed!r} is neither a lesson's start, such as 10:10, nor its id"
        ) from error


def run(context: CommandContext, arguments: argparse.Namespace) -> int:
    """Let the texts wait for the next run; the exit code is 1 if nothing was released."""
    if context.settings.window_has_closed(context.now):
        closed = f"{context.settings.sending_window_closes:%H:%M}"
        context.console.print(f"The sending window closed at {closed}: no text can leave. Ring.")
        return 1
    held = read_held(context)
    chosen = {each.lesson_id for each in held if arguments.all or _is(each, arguments.lesson)}
    if isinstance(arguments.lesson, time) and len(chosen) > 1:
        ids = ", ".join(map(str, sorted(chosen)))
        context.console.print(f"Several such lessons have held texts: name one by its id, {ids}.")
        return 1
    if not chosen:
        context.console.print(_nothing(held, context))
        return 1
    return _release(context, sorted(chosen), arguments.why)


def _is(held: HeldLesson, lesson: LessonId | time) -> bool:
    if isinstance(lesson, time):
        return isinstance(held.starts_at, datetime) and held.starts_at.time() == lesson
    return held.lesson_id == lesson


def _nothing(held: Sequence[HeldLesson], context: CommandContext) -> str:
    if not held:
        return "No text is held."
    today = context.now.today
    lessons = {f"{clock_time(each.starts_at, today)} (id {each.lesson_id})" for each in held}
    return f"No text about this lesson is held. Held are those at {', '.join(sorted(lessons))}."


def _release(context: CommandContext, lessons: Sequence[LessonId], why: str | None) -> int:
    by, now, database = context.find_operator(), context.now, context.database
    with transaction(database):
        found = release(database, lessons, now)
        action = OperatorAction.RELEASE
        released = record_about_waiting(database, action, now, by=by, why=why, text_ids=found)
    context.console.print(
        f"{counted(released, 'text')} released for the next run. The sender checks every criterion"
        " again, and cancels a text if one no longer holds."
    )
    return 0 if released else 1
