"""The texts of today that are held, as staff read of them: how many, why, and what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from absence_texts.account import in_words
from absence_texts.candidates import parameters
from absence_texts.database import fetch_all
from absence_texts.identifiers import LessonId
from absence_texts.ledger import State
from absence_texts.vocabulary import Reason
from absence_texts.wording import clock_time, counted
from detect_absences.hold_rule import Register
from detect_absences.registers import read_registers
from ops.context import CommandContext

_OF_A_REGISTER = {
    Reason.EVERYONE_ABSENT.value: "everyone",
    Reason.NEARLY_EVERYONE_ABSENT.value: "nearly everyone",
}


@dataclass(frozen=True, kw_only=True)
class HeldLesson:
    """The texts about one lesson that are held for one reason."""

    lesson_id: LessonId
    starts_at: datetime | str | None
    """College time. Text if the driver could not read the time."""
    reason: str
    texts: int


def read_held(context: CommandContext) -> list[HeldLesson]:
    """Return the lessons of which texts are held today, in the order of the day.

    A subquery for the start, instead of a join: a view of the college may hold a lesson twice.
    """
    rows = fetch_all(
        context.database,
        f"""
SELECT t.lesson_id, t.reason, COUNT(*) AS texts, (
  SELECT MIN(starts_at) FROM {context.source.table("lessons")} l WHERE l.lesson_id = t.lesson_id
) AS starts_at
FROM absence_texts t
WHERE t.absence_date = %(today)s AND t.state = %(held)s
GROUP BY t.lesson_id, t.reason
ORDER BY starts_at, t.lesson_id, t.reason""",
        {"today": context.now.today, "held": State.HELD.value},
    )
    return [HeldLesson(**row) for row in rows]


def held_sentences(context: CommandContext) -> Iterator[str]:
    """Yield a sentence for each held register and for each reason to hold a whole run."""
    held = read_held(context)
    of_registers = [each for each in held if each.reason in _OF_A_REGISTER]
    registers = _registers(context, of_registers)
    for each in of_registers:
        yield _about_register(each, registers.get(each.lesson_id), context)
    for reason in sorted({each.reason for each in held} - set(_OF_A_REGISTER)):
        yield _about_run(reason, sum(each.texts for each in held if each.reason == reason))


def _registers(context: CommandContext, held: Sequence[HeldLesson]) -> dict[LessonId, Register]:
    if not held:
        return {}
    return read_registers(
        context.database,
        context.source,
        parameters(context.now, context.settings.rules),
        {each.lesson_id for each in held},
    )


def _about_register(held: HeldLesson, register: Register | None, context: CommandContext) -> str:
    who = _OF_A_REGISTER[held.reason]
    now = f" ({register.absent} of {register.students} now)" if register else ""
    starts_at = clock_time(held.starts_at, context.now.today)
    return (
        f"{_counted(held.texts)} HELD: {who} at the lesson at {starts_at} (id {held.lesson_id}) is"
        f" marked absent{now}. If that is true, type `release --lesson {held.lesson_id}`. If not,"
        " correct the register: then the texts are cancelled by themselves."
    )


def _about_run(reason: str, texts: int) -> str:
    words = in_words(reason).removeprefix("held: ")
    return (
        f"{_counted(texts)} HELD: {words}. If the absences are true, type `release --all`. If not,"
        " correct the registers: then the texts are cancelled by themselves."
    )


def _counted(texts: int) -> str:
    return f"{counted(texts, 'text')} {'is' if texts == 1 else 'are'}"
