"""Writes the log: JSON lines with the fields that the other functions' lines have.

Powertools' Logger would make this function's imports a third slower. A line holds ids, and never a
name, a cookie or an address with its query.
"""

import json
import sys
from datetime import UTC, datetime
from types import TracebackType

SERVICE = "absence_redirect"
# A college's view may offer an id as a type that JSON lacks.
_encode = json.JSONEncoder(default=str).encode


def write(level: str, message: str, **facts: object) -> None:
    """Write one line to standard output."""
    line = {
        "level": level,
        "message": message,
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "service": SERVICE,
    }
    sys.stdout.write(_encode(line | facts) + "\n")
    sys.stdout.flush()


def facts_of(error: BaseException) -> dict[str, str]:
    """Return what went wrong and where, without the error's message, which may quote a value."""
    first = error.args[0] if error.args else None
    code = first if isinstance(first, int) else getattr(error, "code", "")
    return {
        "error": type(error).__qualname__,
        "code": str(code),
        "where": " < ".join(_frames(error.__traceback__)),
    }


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_qualname}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return frames[::-1]
