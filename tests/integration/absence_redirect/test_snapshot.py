"""Environments that start from one snapshot of the loaded function: here, forks of one process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from absence_texts.database import Credentials, Database
from tests.support.college import College
from tests.support.link import COMPLETE, record_page, request
from tests.support.loopback_server import Handler, listening
from tests.support.portal_sessions import log_in

ROOT = Path(__file__).parents[3]
LAMBDAS_TOKEN = "lambda-token"  # noqa: S105 (a test's token)
KEYS = {"AccessKeyId": "ASIATODAY", "SecretAccessKey": "key", "Token": "session"}
LOADED = """
import json, os, random, sys
from types import SimpleNamespace
opened = []
sys.addaudithook(lambda event, _: opened.append(event) if event.startswith("socket.") else None)
from absence_redirect.handler import handler
assert opened == [], opened
print(json.dumps("jinja2" in sys.modules), flush=True)
"""
RESTORED = """
for _ in range(2):
    if os.fork() == 0:
        random.seed(1)  # A fork is given a seed of its own; a snapshot is not.
        answer = handler(json.loads(sys.argv[1]), SimpleNamespace(aws_request_id="restored"))
        print(json.dumps(answer), flush=True)
        os._exit(0)
    os.wait()
"""


def play(program: str, **variables: str) -> list[Any]:
    """Run the program as Lambda would, without keys in its environment; return its JSON lines."""
    paths = (ROOT / "functions", ROOT / "layers" / "common" / "python")
    environment = COMPLETE | variables | {"PATH": os.environ["PATH"], "AWS_REGION": "eu-west-2"}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, paths))
    command = [sys.executable, "-c", program, json.dumps(request())]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 (our own words)
    return [json.loads(line) for line in done.stdout.splitlines()]


@contextmanager
def lambda_and_secrets_manager(secret: str) -> Iterator[dict[str, str]]:
    """Give out keys to who shows Lambda's token, and the secret to who shows the keys."""

    class Answering(Handler):
        def do_GET(self) -> None:
            self._answer(KEYS, is_allowed=self.headers["Authorization"] == LAMBDAS_TOKEN)

        def do_POST(self) -> None:
            signed_by = f"AWS4-HMAC-SHA256 Credential={KEYS['AccessKeyId']}/"
            self._answer(
                {"SecretString": secret},
                is_allowed=self.headers["Authorization"].startswith(signed_by)
                and self.headers["X-Amz-Security-Token"] == KEYS["Token"],
            )

        def _answer(self, answer: dict[str, str], *, is_allowed: bool) -> None:
            body = json.dumps(answer if is_allowed else {}).encode()
            self.answer(200 if is_allowed else 403, body)

    with listening(Answering) as address:
        yield {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{address}/2021-04-23/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": LAMBDAS_TOKEN,
            "AWS_ENDPOINT_URL": address,
        }


def test_each_finds_its_keys_the_secret_and_a_connection_of_its_own(
    database: Database, credentials: Credentials
) -> None:
    college = College(database)
    _, guardian = college.student_with_guardian(reference="STE00000001")
    log_in(college, guardian, expires="2999-01-01 00:00")
    with lambda_and_secrets_manager(json.dumps(asdict(credentials))) as variables:
        _, *lines = play(LOADED + RESTORED, **variables)
    locations = [line["headers"]["Location"] for line in lines if "headers" in line]
    assert locations == [record_page("STE00000001")] * 2


def test_no_two_give_out_the_same_reference() -> None:
    nowhere = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1/",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": LAMBDAS_TOKEN,
    }
    _, *lines = play(LOADED + RESTORED, **nowhere)
    references = [line["reference"] for line in lines if "reference" in line]
    assert len(references) == len(set(references)) == 2


@pytest.mark.parametrize(
    ("initialization", "is_ready"), [("snap-start", True), ("on-demand", False)]
)
def test_the_snapshot_alone_holds_the_pages_ready(initialization: str, *, is_ready: bool) -> None:
    assert play(LOADED, AWS_LAMBDA_INITIALIZATION_TYPE=initialization) == [is_ready]
