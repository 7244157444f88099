"""What a cold start imports, counted in a new Python process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.link import COMPLETE, request

ROOT = Path(__file__).parents[3]
NOT_FOR_A_REDIRECT = {
    "aws_lambda_powertools",
    "aws_xray_sdk",
    "boto3",
    "botocore",
    "jinja2",
    "logging",
    "pydantic",
}
FIRST_REDIRECT = """
from absence_redirect.handler import handler
response = handler(json.loads(sys.argv[1]), SimpleNamespace(aws_request_id="cold"))
assert response["statusCode"] == 302, response
"""
BARE_HANDLER = """
import pymysql
from aws_lambda_powertools import Logger
Logger(service="bare").info("request answered")
"""
BEFORE = "import json, sys\nfrom types import SimpleNamespace"
AFTER = "print(json.dumps(sorted(sys.modules)))"


def modules_after(code: str) -> set[str]:
    environment = COMPLETE | {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'functions'}:{ROOT / 'layers' / 'common' / 'python'}",
    }
    program = f"{BEFORE}\n{code}\n{AFTER}"
    command = [sys.executable, "-c", program, json.dumps(request(cookies=[]))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 (our own words)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_first_redirect_imports_no_more_than_a_bare_handler_with_driver_and_logger() -> None:
    redirect = modules_after(FIRST_REDIRECT)
    assert not NOT_FOR_A_REDIRECT & redirect
    assert len(redirect) <= len(modules_after(BARE_HANDLER))
