"""The table of the contract that only the link reads: who is logged in to the portal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from db.source.contract import CollegeTable, text, wall_clock, whole_number


@dataclass
class Session(CollegeTable):
    """Who is logged in to the portal, for the link in the text."""

    table: ClassVar = "portal_sessions"
    key: ClassVar = ("token_sha256",)
    token_sha256: Annotated[
        str,
        text(
            "CHAR(64) CHARACTER SET ascii COLLATE ascii_bin",
            "SHA-256 of the session cookie, 64 hexadecimal digits, small or capital",
        ),
    ]
    guardian_id: Annotated[int, whole_number()]
    expires_at: Annotated[datetime, wall_clock("a session without one does not count")]
    revoked_at: Annotated[
        datetime | None, wall_clock("empty or a zero date until the session is ended early")
    ] = None
