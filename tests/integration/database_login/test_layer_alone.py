"""The functions start and log in with what Lambda gives them: its own boto3, and the layer."""

import json
import os
import platform
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from absence_texts.database import Credentials, connect, execute
from infra.functions.layer_build import build_layer
from infra.repository import FUNCTIONS, ROOT
from infra.stages.architecture import Architecture
from local.database_server import chosen_product
from local.loopback import HOST
from tests.integration.database_login.conftest import as_another_machine
from tests.support.link import COMPLETE
from tests.support.runs import COMMON

HANDLERS = sorted(path.parent.name for path in FUNCTIONS.glob("*/handler.py"))
LAMBDAS_OWN = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
ENVIRONMENT = {
    **{name.upper(): value for name, value in COMMON.items()},
    **COMPLETE,
    "SENDER_ID": "College",
    "MAIL_FROM": "absence@college.example",
    "MAIL_TO": "attendance@college.example",
    "MAIL_TIMES": "11:45",
    "AWS_REGION": "eu-west-2",
    "AWS_DEFAULT_REGION": "eu-west-2",
}
LOGIN = """
import json, sys
import pymysql
from absence_texts.database import Credentials, connect, fetch_one
try:
    database = connect(Credentials.from_secret(sys.stdin.read()))
except pymysql.MySQLError as error:
    print(error.args[0])
else:
    print(fetch_one(database, "SELECT 'logged in' AS answer", {})["answer"])
"""


@pytest.fixture(scope="package")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PYTHONPATH of what a deployed function has."""
    directory = tmp_path_factory.mktemp("lambda")
    machine = {"aarch64": Architecture.ARM64}.get(platform.machine(), Architecture.X86_64)
    build_layer(directory / "layer", machine)
    runtime = directory / "runtime"
    runtime.mkdir()
    for name in LAMBDAS_OWN:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        package = origin.parent if origin.name == "__init__.py" else origin
        (runtime / package.name).symlink_to(package)
    (runtime / "db").symlink_to(ROOT / "db")
    return os.pathsep.join(map(str, (FUNCTIONS, directory / "layer" / "python", runtime)))


def run(program: str, path: str, given: str = "") -> str:
    """Run a program without this environment's own packages."""
    done = subprocess.run(  # noqa: S603 (our own words)
        (sys.executable, "-S", "-B", "-c", program),
        env=ENVIRONMENT | {"PYTHONPATH": path},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def log_in(login: Credentials, path: str) -> str:
    return run(LOGIN, path, json.dumps(asdict(login)))


@pytest.fixture
def user_of(request: pytest.FixtureRequest) -> Iterator[Credentials]:
    """Make a user who has not logged in yet, because MySQL remembers checked passwords."""
    server: Credentials = request.getfixturevalue(request.param)
    login = replace(server, username="newcomer", password=secrets.token_urlsafe(8))
    with closing(connect(server)) as database:
        execute(
            database,
            f"CREATE USER newcomer@'{HOST}' IDENTIFIED BY %(password)s",
            {"password": login.password},
        )
        # An underscore would stand for any letter, and so for more than the owner may grant.
        schema = server.dbname.replace("_", r"\_")
        execute(database, f"GRANT SELECT ON `{schema}`.* TO newcomer@'{HOST}'", {})
        yield login
        execute(database, f"DROP USER newcomer@'{HOST}'", {})


def test_the_environment_under_test_lacks_what_the_layer_lacks(path: str) -> None:
    assert run("import importlib.util as u; print(u.find_spec('cryptography'))", path) == "None"


@pytest.mark.parametrize("function", HANDLERS)
def test_a_handler_is_imported(function: str, path: str) -> None:
    assert run(f"import {function}.handler; print('imported')", path) == "imported"


@pytest.mark.parametrize("user_of", ["encrypting"], indirect=True)
def test_a_user_logs_in_to_a_server_that_encrypts(user_of: Credentials, path: str) -> None:
    assert log_in(as_another_machine(user_of), path) == "logged in"


@pytest.mark.parametrize("user_of", ["unencrypting"], indirect=True)
def test_a_server_that_does_not_encrypt_is_refused_by_number(
    user_of: Credentials, path: str
) -> None:
    assert log_in(as_another_machine(user_of), path) == "2026"


@pytest.mark.parametrize("user_of", ["unencrypting"], indirect=True)
def test_a_login_that_needs_another_package_fails_as_a_lost_connection_does(
    user_of: Credentials, path: str
) -> None:
    needs_it = chosen_product().name == "MySQL"
    assert log_in(user_of, path) == ("2003" if needs_it else "logged in")
