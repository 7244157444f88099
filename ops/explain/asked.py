"""About which student and guardian `explain` is asked."""

import argparse

from absence_texts.identifiers import GuardianId, StudentId
from absence_texts.wording import counted
from ops.context import CommandContext
from ops.people.choice import NobodyNamedError, NotOneError
from ops.people.guardians import find_guardians, the_guardian
from ops.people.students import (
    HEADINGS,
    StudentFound,
    students_of,
    the_student,
    the_student_of_id,
)


def student_asked(context: CommandContext, arguments: argparse.Namespace) -> StudentFound:
    """Return the student who was typed, or the only one of the guardian.

    Raises NotOneError, and NobodyNamedError.
    """
    if arguments.student_id is not None:
        return the_student_of_id(context, arguments.student_id)
    if arguments.student:
        return the_student(context, " ".join(arguments.student))
    if not arguments.guardian:
        raise NobodyNamedError("Name a student with --student, or a guardian with --guardian.")
    guardian = the_guardian(context, " ".join(arguments.guardian))
    found = students_of(context, guardian.id)
    if len(found) == 1:
        return found[0]
    raise NotOneError(
        f"Guardian {guardian.shown} is linked to {counted(len(found), 'student')}: choose one with"
        " --student.",
        HEADINGS,
        [each.cells() for each in found],
    )


def guardian_asked(
    context: CommandContext, arguments: argparse.Namespace, student: StudentId
) -> GuardianId | None:
    """Return the guardian who was typed, one of the student's if possible; raises NotOneError."""
    typed = " ".join(arguments.guardian or ())
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and not find_guardians(context, typed):
        # What is recorded may name a guardian who is gone from the college's tables.
        return GuardianId(int(typed))
    if find_guardians(context, typed, student):
        return the_guardian(context, typed, student).id
    return the_guardian(context, typed).id
