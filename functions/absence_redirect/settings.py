"""The settings of the link, validated when they load.

They are a dataclass, because pydantic would take a cold start longer than the whole function.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from absence_redirect.addresses import check_address
from absence_redirect.colour import READABLE, contrast
from absence_texts.clock import Clock

_STAGES = ("local", "pilot", "live")
_ADDRESSES = (
    *("login_address", "logout_address", "link_address"),
    *("record_absence_address", "logo_address"),
)
_PATTERNS = {
    "database_secret_id": r".+",
    "source_schema": r"[A-Za-z0-9_$]+",
    # https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1
    "session_cookie_name": r"[A-Za-z0-9!#$%&'*+.^_`|~-]+",
    "return_parameter": r"[A-Za-z0-9_.-]+",
    "record_absence_parameter": r"[A-Za-z0-9_.-]+",
    "college_name": r".*\S.*",
    "attendance_line": r"\+?[0-9][0-9 ]+",
    "attendance_hours": r".*\S.*",
    "attendance_relay": r"\+?[0-9][0-9 ]+",
    "attendance_email": r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
    "accent_colour": r"#[0-9a-f]{6}",
}


class SettingError(ValueError):
    """A setting is missing or wrong; the message begins with its environment variable."""


@dataclass(frozen=True, kw_only=True)
class AbsenceRedirectSettings:
    stage: str
    """local, pilot or live."""
    database_secret_id: str
    """The secret that holds host, port, username, password and dbname."""
    login_address: str
    """The portal's login page."""
    logout_address: str
    """The portal's logout, which returns to the address that `return_parameter` gives."""
    link_address: str
    """The public address of /recordabsencelink.aspx, where a login returns to."""
    record_absence_address: str
    """The portal's record-an-absence page."""
    college_name: str
    attendance_line: str
    """The number to ring, as people read it: 01772 000000."""
    attendance_hours: str | None = None
    """When the line is answered: Monday to Friday, 8am to 4pm."""
    attendance_relay: str | None = None
    """The number for text relay: 18001 01772 000000."""
    attendance_email: str | None = None
    """An address that staff read as soon as they answer the line."""
    source_schema: str | None = None
    """The schema of the college's tables, if it is not the secret's dbname."""
    database_tls_ca: str | None = None
    """Path of the CA bundle that the server's certificate is verified against."""
    college_time_zone: str = "Europe/London"
    clock_offset_seconds: int = 0
    """Shifts the clock, so that the local stage can play a college day at any hour."""
    session_cookie_name: str = "portal_session"
    return_parameter: str = "ReturnUrl"
    """The login page's parameter for the address to return to."""
    record_absence_parameter: str = "student"
    """The record-an-absence page's parameter for the student's reference."""
    logo_address: str | None = None
    """A picture above the college's name."""
    accent_colour: str = "#0b4f6c"
    """The college's colour, `#rrggbb`, dark enough for white words on it."""

    def __post_init__(self) -> None:
        if self.stage not in _STAGES:
            raise _refusal("stage", f"must be one of {', '.join(_STAGES)}")
        for name, pattern in _PATTERNS.items():
            value = getattr(self, name)
            if value is not None and not re.fullmatch(pattern, value):
                raise _refusal(name, f"must match {pattern}")
        for name in _ADDRESSES:
            self._check_address(name)
        self._check_clock()
        if contrast(self.accent_colour, "#ffffff") < READABLE:
            raise _refusal("accent_colour", "must be darker: white words on it are hard to read")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "AbsenceRedirectSettings":
        """Read the variable named after each field, in capitals.

        Raises SettingError, naming the variable.
        """
        given: dict[str, Any] = {}
        for field in fields(cls):
            variable = field.name.upper()
            if variable in environment:
                given[field.name] = environment[variable]
            elif field.default is MISSING:
                raise _refusal(field.name, "is missing")
        if "clock_offset_seconds" in given:
            given["clock_offset_seconds"] = _seconds(given["clock_offset_seconds"])
        return cls(**given)

    def environment(self) -> dict[str, str]:
        """Return the environment variables that make these settings again."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name.upper(): str(value) for name, value in values.items() if value is not None}

    @cached_property
    def clock(self) -> Clock:
        offset = timedelta(seconds=self.clock_offset_seconds)
        return Clock(ZoneInfo(self.college_time_zone), offset)

    def _check_address(self, name: str) -> None:
        address = getattr(self, name)
        try:
            if address is not None:
                check_address(address, https_only=self.stage != "local")
        except ValueError as error:
            raise _refusal(name, str(error)) from error
        if name == "link_address" and ("?" in address or address.endswith("/")):
            raise _refusal(name, "must end with its path: /select is put after it")

    def _check_clock(self) -> None:
        if self.clock_offset_seconds and self.stage != "local":
            raise _refusal("clock_offset_seconds", f"is for the local stage, not {self.stage}")
        try:
            ZoneInfo(self.college_time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise _refusal("college_time_zone", "must be a name such as Europe/London") from error


def _refusal(name: str, reason: str) -> SettingError:
    return SettingError(f"{name.upper()} {reason}")


def _seconds(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise _refusal("clock_offset_seconds", "must be a whole number") from error
