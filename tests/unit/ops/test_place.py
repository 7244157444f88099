"""Which service the tool works on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.stub import Stubber

from absence_texts.database import Credentials
from ops.__main__ import make_parser
from ops.place import NoPlaceError, local_place, place_of_function, place_of_secret

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

SECRET = json.dumps({"host": "db", "port": 3306, "username": "u", "password": "p", "dbname": "n"})
CREDENTIALS = Credentials.from_secret(SECRET)


@pytest.fixture
def secrets() -> "SecretsManagerClient":
    client = boto3.client("secretsmanager")
    stubber = Stubber(client)
    stubber.add_response("get_secret_value", {"SecretString": SECRET}, {"SecretId": "the-secret"})
    stubber.activate()
    return client


def test_the_local_stack_is_read_from_its_file(tmp_path: Path) -> None:
    database = {"host": "db", "port": 3306, "user": "u", "password": "p", "name": "n"}
    stack = tmp_path / "stack.json"
    stack.write_text(json.dumps({"database": database, "clock_offset_seconds": 3600}))
    place = local_place(stack)
    assert place.credentials == CREDENTIALS
    assert place.settings.clock_offset_seconds == 3600


def test_without_a_local_stack_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoPlaceError, match="make up"):
        local_place(tmp_path / "stack.json")


def test_a_deployed_function_names_its_settings_and_its_secret(
    secrets: "SecretsManagerClient",
) -> None:
    functions = boto3.client("lambda")
    variables = {"STAGE": "live", "DATABASE_SECRET_ID": "the-secret", "ABSENT_MARK": "N"}
    with Stubber(functions) as stubber:
        response = {"Environment": {"Variables": variables}}
        stubber.add_response("get_function_configuration", response, {"FunctionName": "detect"})
        place = place_of_function("detect", functions, secrets)
    assert (place.credentials, place.settings.absent_mark) == (CREDENTIALS, "N")


def test_a_secret_alone_is_enough_for_a_college_with_the_default_settings(
    secrets: "SecretsManagerClient",
) -> None:
    place = place_of_secret("the-secret", secrets)
    assert (place.credentials, place.settings.absent_mark) == (CREDENTIALS, "O")


@pytest.mark.parametrize("words", [["explain"], ["preview", "--as-of", "noon"], []])
def test_what_can_not_be_read_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(words)
    assert "usage: python -m ops" in capsys.readouterr().err
