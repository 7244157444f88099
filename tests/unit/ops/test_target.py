"""Which service the tool works on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.database import Credentials
from ops.__main__ import make_parser
from ops.target import NoTargetError, local_target, target_of_function, target_of_secret

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

SECRET = json.dumps({"host": "db", "port": 3306, "username": "u", "password": "p", "dbname": "n"})
CREDENTIALS = Credentials.from_secret(SECRET)


def holding(name: str, secret: str = SECRET) -> "SecretsManagerClient":
    """Stand in for a Secrets Manager that is asked for this secret and for no other."""
    client = boto3.client("secretsmanager")
    stubber = Stubber(client)
    stubber.add_response("get_secret_value", {"SecretString": secret}, {"SecretId": name})
    stubber.activate()
    return client


@pytest.fixture
def secrets() -> "SecretsManagerClient":
    return holding("the-secret")


def test_the_local_stack_is_read_from_its_file(tmp_path: Path) -> None:
    database = {"host": "db", "port": 3306, "user": "u", "password": "p", "name": "n"}
    stack = tmp_path / "stack.json"
    stack.write_text(json.dumps({"database": database, "clock_offset_seconds": 3600}))
    place = local_target(stack)
    assert place.credentials == CREDENTIALS
    assert place.settings.clock_offset_seconds == 3600


def test_a_damaged_file_of_the_local_stack_is_named(tmp_path: Path) -> None:
    stack = tmp_path / "stack.json"
    stack.write_text('{"database": {"host": ')
    with pytest.raises(
        NoTargetError, match=r"stack\.json is damaged: .* `make down` and `make up`"
    ):
        local_target(stack)


def test_without_a_local_stack_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoTargetError, match="make up"):
        local_target(tmp_path / "stack.json")


@pytest.fixture
def functions() -> "LambdaClient":
    """Stand in for Lambda's answer about the detection function."""
    variables = {
        "STAGE": "live",
        "DATABASE_SECRET_ID": "the-secret",
        "ABSENT_MARK": "N",
        "DATABASE_TLS_CA": "/opt/database-ca.pem",
    }
    client = boto3.client("lambda")
    stubber = Stubber(client)
    response = {"Environment": {"Variables": variables}}
    stubber.add_response("get_function_configuration", response, {"FunctionName": "detect"})
    stubber.activate()
    return client


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a CA bundle of this machine, as an operator does."""
    path = tmp_path / "database-ca.pem"
    path.touch()
    monkeypatch.setenv("DATABASE_TLS_CA", str(path))
    return str(path)


def test_a_deployed_function_names_its_settings_and_its_secret(
    functions: "LambdaClient", secrets: "SecretsManagerClient", bundle: str
) -> None:
    place = target_of_function("detect", functions, secrets)
    assert (place.credentials, place.settings.absent_mark) == (CREDENTIALS, "N")
    assert place.settings.database_tls_ca == bundle


def test_a_variable_of_this_process_wins_over_the_functions(
    functions: "LambdaClient",
    secrets: "SecretsManagerClient",
    bundle: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ABSENT_MARK", "X")
    settings = target_of_function("detect", functions, secrets).settings
    assert (settings.absent_mark, settings.database_tls_ca) == ("X", bundle)


def test_another_users_secret_may_stand_in_for_the_functions(
    functions: "LambdaClient", bundle: str
) -> None:
    other = "owners-secret"
    place = target_of_function("detect", functions, holding(other), secret_id=other)
    assert (place.credentials, place.settings.absent_mark) == (CREDENTIALS, "N")
    assert place.settings.database_tls_ca == bundle


def test_a_ca_bundle_that_is_only_on_lambda_is_asked_for(
    functions: "LambdaClient", secrets: "SecretsManagerClient"
) -> None:
    with pytest.raises(NoTargetError, match="set DATABASE_TLS_CA"):
        target_of_function("detect", functions, secrets)


def test_a_function_and_a_secret_may_be_named_together() -> None:
    words = ["--function", "detect", "--secret", "owners-secret", "doctor"]
    arguments = make_parser().parse_args(words)
    assert (arguments.function, arguments.secret) == ("detect", "owners-secret")


def test_a_secret_alone_is_enough_for_a_college_with_the_default_settings(
    secrets: "SecretsManagerClient",
) -> None:
    place = target_of_secret("the-secret", secrets)
    assert (place.credentials, place.settings.absent_mark) == (CREDENTIALS, "O")


def test_a_secret_that_is_none_of_a_database_is_named_and_never_quoted() -> None:
    with pytest.raises(NoTargetError, match=r"api-key: .* is no JSON object") as raised:
        target_of_secret("api-key", holding("api-key", "hunter2"))
    assert "hunter2" not in str(raised.value)


def test_a_secret_that_lacks_a_key_is_named_with_it() -> None:
    with pytest.raises(NoTargetError, match=r"api-key: .* has no dbname"):
        target_of_secret("api-key", holding("api-key", SECRET.replace("dbname", "database")))


def test_a_ca_bundle_that_is_not_here_is_asked_for_beside_a_secret_alone(
    secrets: "SecretsManagerClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_TLS_CA", "/nowhere/database-ca.pem")
    with pytest.raises(NoTargetError, match=r"/nowhere/database-ca\.pem, .* set DATABASE_TLS_CA"):
        target_of_secret("the-secret", secrets)


@pytest.mark.parametrize(
    "words",
    [
        ["explain"],
        ["preview", "--as-of", "noon"],
        ["preview", "--as-of", "0001-01-01"],
        ["unreached", "--date", "9999-12-31"],
        [],
    ],
)
def test_what_can_not_be_read_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(words)
    assert "usage: python -m ops" in capsys.readouterr().err
