"""Where a visitor goes: the specification's words on the link, and nothing else.

The decision needs who is logged in, which students they may report, and where they come from. It
imports the standard library alone.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class LinkedStudent:
    reference: str
    first_name: str = ""
    """Empty unless the page that asks which student was requested: no other page shows it."""
    last_name: str = ""
    """Empty for the same reason, or if the college's table has no last names."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session of the portal that is neither expired nor revoked, and its guardian."""

    guardian_id: int
    guardian_is_active: bool
    students: tuple[LinkedStudent, ...]
    """The active students linked to the guardian, each once."""


class Arrival(StrEnum):
    """How a visitor came to the link."""

    TEXT = "text"
    LOGIN = "login"
    """The portal's login page sent them back."""
    CONTINUE = "continue"
    """They tapped Continue on the page that follows a login."""


@dataclass(frozen=True)
class LogIn:
    """“If the user is not already logged in”: the portal's login page."""


@dataclass(frozen=True)
class Continue:
    """The visitor logged in, but the browser sent no session: a tap on Continue makes it do so."""


@dataclass(frozen=True)
class NotRecognised:
    """The visitor tapped Continue, and there is still no session: the page with the number."""


@dataclass(frozen=True)
class RecordAbsence:
    """“If the user has only one active student linked”: that student's page of the portal."""

    student: LinkedStudent


@dataclass(frozen=True)
class GoToSelect:
    """“If the user has multiple active students linked”: a redirect to the page that asks which."""


@dataclass(frozen=True)
class Select:
    """The page that asks which student."""

    students: tuple[LinkedStudent, ...]


@dataclass(frozen=True)
class NobodyLinked:
    """The guardian is logged in and has no active student: the page that says so."""


@dataclass(frozen=True)
class AccountSuspended:
    """The portal let a suspended account log in: the page that says so."""


type Destination = (
    LogIn
    | Continue
    | NotRecognised
    | RecordAbsence
    | GoToSelect
    | Select
    | NobodyLinked
    | AccountSuspended
)


def decide(session: Session | None, *, arrival: Arrival, selecting: bool) -> Destination:
    """Return where a visitor goes; `selecting` says that they asked for the select page.

    Only a visitor who comes from the text is sent to log in: after a login that would be a circle.
    """
    if session is None:
        return _without_session(arrival)
    if not session.guardian_is_active:
        return LogIn() if arrival is Arrival.TEXT else AccountSuspended()
    match session.students:
        case ():
            return NobodyLinked()
        case (only,):
            return RecordAbsence(only)
        case several:
            return Select(several) if selecting else GoToSelect()


def _without_session(arrival: Arrival) -> LogIn | Continue | NotRecognised:
    match arrival:
        case Arrival.TEXT:
            return LogIn()
        case Arrival.LOGIN:
            return Continue()
        case Arrival.CONTINUE:
            return NotRecognised()
