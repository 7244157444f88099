"""A failure that a person can put right is one sentence, and never a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from botocore.exceptions import ClientError, NoCredentialsError
from pymysql import OperationalError, ProgrammingError

from absence_texts.database import SecretError
from ops.failures import run_or_tell
from ops.target import NoTargetError, OpsSettings
from ops.terminal import make_console
from tests.support.runs import COMMON

ROOT = Path(__file__).parents[3]


def raising(error: Exception) -> Callable[[], int]:
    def run() -> int:
        raise error

    return run


def told(run: Callable[[], int]) -> str:
    printed = StringIO()
    assert run_or_tell(make_console(printed), run) == 2
    (sentence,) = printed.getvalue().splitlines()
    return sentence


@pytest.mark.parametrize(
    ("error", "says", "what_to_do"),
    [
        (NoTargetError("No local stack is running."), "No local stack is running.", ""),
        (SecretError("The database secret has no dbname."), "has no dbname.", ""),
        (OperationalError(2003, "Can't connect to 'db'"), "Can't connect to 'db'", "make up"),
        (OperationalError(1045, "Access denied for user 'u'"), "Access denied", "password"),
        (OperationalError(1049, "Unknown database 'x'"), "Unknown database 'x'", "dbname"),
        (OperationalError(1142, "SELECT command denied"), "SELECT command denied", "--secret"),
        (OperationalError(2026, "SSL is required"), "SSL is required", "TLS"),
        (OperationalError(3159, "insecure transport are prohibited"), "insecure transport", "TLS"),
        (OperationalError(1040, "Too many connections"), "Too many", "max_connections"),
        (OperationalError(1524, "Plugin 'x' is not loaded"), "not loaded", "IDENTIFIED WITH"),
        (OperationalError(1862, "Your password has expired"), "expired", "new password"),
        (OperationalError(1205, "Lock wait timeout exceeded"), "Lock wait", "SHOW PROCESSLIST"),
        (OperationalError(1290, "running with --read-only"), "--read-only", "primary"),
        (OperationalError(3819, "Check constraint 'c' is violated"), "violated", "doctor"),
        (OperationalError(9999, "No such error"), "No such error", "manual"),
        (ProgrammingError(1146, "Table 'n.lessons' doesn't exist"), "n.lessons", "doctor"),
        (NoCredentialsError(), "Unable to locate credentials", "credentials of this shell"),
        (
            ClientError({"Error": {"Code": "NotFound", "Message": "no detect"}}, "GetFunction"),
            "no detect",
            "name",
        ),
    ],
)
def test_it_says_what_happened_in_the_servers_words_and_what_to_do(
    error: Exception, says: str, what_to_do: str
) -> None:
    sentence = told(raising(error))
    assert says in sentence
    assert what_to_do in sentence


def test_settings_that_make_no_sense_are_named_as_in_the_environment() -> None:
    def run() -> int:
        OpsSettings.model_validate(COMMON | {"minutes_after_lesson": "soon"})
        return 0

    assert "MINUTES_AFTER_LESSON: Input should be a valid integer" in told(run)


def test_settings_that_contradict_each_other_are_told() -> None:
    def run() -> int:
        OpsSettings.model_validate(COMMON | {"sending_window_opens": "21:00"})
        return 0

    assert "sending_window_opens must be before sending_window_closes" in told(run)


def test_what_we_did_not_foresee_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        run_or_tell(make_console(StringIO()), raising(ZeroDivisionError()))


@pytest.mark.parametrize("words", ["[/]", ":cat:", "[bold]"])
def test_what_the_data_give_is_printed_as_it_is(words: str) -> None:
    printed = StringIO()
    make_console(printed).print(words)
    assert printed.getvalue() == f"{words}\n"


def test_a_locale_without_our_signs_does_not_stop_the_tool() -> None:
    command = "from ops.terminal import *; print_as_utf_8(); make_console().print('✓ …123')"
    done = subprocess.run(  # noqa: S603 (Python itself)
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == "✓ …123\n"
