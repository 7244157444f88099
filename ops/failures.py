"""Tells a failure that a person can correct: what happened, and what to do."""

from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from pymysql import MySQLError
from rich.console import Console

from absence_texts.database import SecretError
from db.migrate import MigrationError, said_by_server
from ops.college_times import DateError
from ops.people.choice import NobodyNamedError, NotOneError
from ops.server_errors import advice_on
from ops.target import NoTargetError
from ops.written_file import FileNotWrittenError

FAILED = 2


KNOWN = (
    NoTargetError,
    SecretError,
    DateError,
    NobodyNamedError,
    MigrationError,
    FileNotWrittenError,
    ValidationError,
    MySQLError,
    ClientError,
    BotoCoreError,
)
"""The failures that a person can correct."""


def run_or_tell(console: Console, run: Callable[[], int]) -> int:
    """Run a command and return its exit code; print a known failure and return 2.

    If what was typed names nobody or more than one, print the choice and return 1.
    """
    try:
        return run()
    except NotOneError as several:
        several.print_to(console)
        return 1
    except KNOWN as error:
        console.print(sentence_about(error))
    return FAILED


def sentence_about(error: Exception) -> str:
    """Return what happened and what to do, for one of the KNOWN errors."""
    if isinstance(error, ValidationError):
        return _of_settings(error)
    if isinstance(error, MySQLError):
        return _of_database(error)
    if isinstance(error, ClientError | BotoCoreError):
        return _of_aws(error)
    return str(error)


def _of_settings(error: ValidationError) -> str:
    wrong = "; ".join(
        f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}".removeprefix(": ")
        for each in error.errors()
    )
    return (
        f"The settings are not valid: {wrong}. Correct them in the environment of this shell, or of"
        " the function that detects absences."
    )


def _of_database(error: MySQLError) -> str:
    return f"The database could not be used: {said_by_server(error)} {advice_on(error)}"


def _of_aws(error: ClientError | BotoCoreError) -> str:
    return (
        f"AWS could not be used: {str(error).rstrip('.')}. Check the name, the region, the"
        " credentials of this shell and the network route."
    )
