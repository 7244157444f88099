"""Where a visitor goes: the specification's words on the link, and nothing else.

Decided from who is logged in and which students they may report, by the standard library alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Student:
    reference: str
    first_name: str = ""
    """Empty where nobody asked for it: only the page that asks which student shows it."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session of the portal that is neither expired nor revoked, and whose it is."""

    guardian_id: int
    guardian_is_active: bool
    students: tuple[Student, ...]
    """The active students linked to the guardian, each once."""


@dataclass(frozen=True)
class LogIn:
    """“If the user is not already logged in”: the portal's login page."""


@dataclass(frozen=True)
class Continue:
    """Back from login, but the browser has not sent the session: one tap makes it do so."""


@dataclass(frozen=True)
class RecordAbsence:
    """“If the user has only one active student linked”: that student's page of the portal."""

    student: Student


@dataclass(frozen=True)
class GoToSelect:
    """“If the user has multiple active students linked”: on to the page that asks which."""


@dataclass(frozen=True)
class Select:
    """The page that asks."""

    students: tuple[Student, ...]


@dataclass(frozen=True)
class NobodyLinked:
    """Logged in, without an active student: the page that says whom to ring."""


@dataclass(frozen=True)
class AccountSuspended:
    """Back from login with an account that may not log in: the page that says whom to ring."""


type Destination = (
    LogIn | Continue | RecordAbsence | GoToSelect | Select | NobodyLinked | AccountSuspended
)


def decide(session: Session | None, *, from_login: bool, selecting: bool) -> Destination:
    """Return where a visitor goes who comes `from_login` or not, to the select page or the link.

    A login that has just been made is never asked for again: that would be a loop.
    """
    if session is None:
        return Continue() if from_login else LogIn()
    if not session.guardian_is_active:
        return AccountSuspended() if from_login else LogIn()
    match session.students:
        case ():
            return NobodyLinked()
        case (only,):
            return RecordAbsence(only)
        case several:
            return Select(several) if selecting else GoToSelect()
