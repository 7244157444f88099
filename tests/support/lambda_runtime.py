"""Starts and calls a function as the Lambda runtime does."""

import importlib
from collections.abc import Callable
from typing import Any

ACCOUNT = "123456789012"
REGION = "eu-west-2"


class Context:
    """The part of the Lambda context that the functions and their logger read."""

    function_name = "under-test"
    memory_limit_in_mb = 256
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:under-test"
    aws_request_id = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    def __init__(self, *, remaining_seconds: float = 60) -> None:
        self._remaining_seconds = remaining_seconds

    def get_remaining_time_in_millis(self) -> int:
        return round(self._remaining_seconds * 1000)


type Handler = Callable[[dict[str, Any], Context], Any]


def a_cold_start(function: str) -> Handler:
    """Load the handler again, so that it reads the present environment."""
    handler: Handler = importlib.reload(importlib.import_module(f"{function}.handler")).handler
    return handler
