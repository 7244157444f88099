"""Failures that a person can put right: one sentence with what happened and what to do."""

from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError
from pymysql import MySQLError
from rich.console import Console

from absence_texts.database import SecretError
from db.migrate import said_by_server
from ops.college_times import FutureDateError
from ops.target import NoTargetError

FAILED = 2
_UNREACHABLE = (
    "Is it running, and is there a way to it from here? `make up` starts the local stack's."
)
_NOT_LET_IN = "Put the username, password or dbname of the database secret right."
_NO_RIGHT = (
    "This database user may not do that: name another's secret with --secret, as ops/README.md"
    " says for each command."
)
_NOT_THERE = "`python -m ops doctor` says what is missing."
# https://mariadb.com/kb/en/mariadb-error-code-reference/
_WHAT_TO_DO = (
    ({2002, 2003, 2005, 2006, 2013}, _UNREACHABLE),
    ({1044, 1045, 1049, 1698}, _NOT_LET_IN),
    ({1142, 1143, 1227}, _NO_RIGHT),
    ({1054, 1146}, _NOT_THERE),
)


def run_or_tell(console: Console, run: Callable[[], int]) -> int:
    """Run a command and return its exit code; a failure we know is told, and is exit code 2."""
    try:
        return run()
    except (NoTargetError, SecretError, FutureDateError) as error:
        console.print(str(error))
    except ValidationError as error:
        console.print(_of_settings(error))
    except MySQLError as error:
        console.print(_of_database(error))
    except (ClientError, BotoCoreError) as error:
        console.print(_of_aws(error))
    return FAILED


def _of_settings(error: ValidationError) -> str:
    wrong = "; ".join(
        f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}".removeprefix(": ")
        for one in error.errors()
    )
    return (
        f"The settings make no sense: {wrong}. Put right what the environment of this shell, or of"
        " the function named, says."
    )


def _of_database(error: MySQLError) -> str:
    told = f"The database could not be used: {said_by_server(error)}"
    number = error.args[0] if error.args else None
    advice = (advice for numbers, advice in _WHAT_TO_DO if number in numbers)
    return f"{told} {next(advice, _NOT_THERE)}"


def _of_aws(error: ClientError | BotoCoreError) -> str:
    return (
        f"AWS could not be used: {str(error).rstrip('.')}. Put right the name, the region, the"
        " credentials of this shell, or the way there."
    )
