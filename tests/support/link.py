"""Visits to the link: settings, requests as API Gateway sends them, and responses."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from absence_redirect.destination import LinkedStudent, Session
from absence_redirect.link import Link
from absence_redirect.pages import Pages
from absence_redirect.responses import Response
from absence_redirect.settings import AbsenceRedirectSettings

PORTAL = "https://communications.college.example"
LINK = f"{PORTAL}/recordabsencelink.aspx"
SELECT = f"{LINK}/select"
LOGIN_AND_BACK = (
    f"{PORTAL}/login.aspx?ReturnUrl="
    "https%3A%2F%2Fcommunications.college.example%2Frecordabsencelink.aspx%3Ffrom%3Dlogin"
)
TOKEN = "k3-Vd7_8aZ"  # noqa: S105 (a test's cookie)
COMPLETE = {
    "STAGE": "live",
    "DATABASE_SECRET_ID": "absence-texts/live/database",
    "LOGIN_ADDRESS": f"{PORTAL}/login.aspx",
    "LOGOUT_ADDRESS": f"{PORTAL}/logout.aspx",
    "LINK_ADDRESS": LINK,
    "RECORD_ABSENCE_ADDRESS": f"{PORTAL}/recordabsence.aspx",
    "COLLEGE_NAME": "Sample College",
    "ATTENDANCE_LINE": "01632 960000",
}
_EVENTS = Path(__file__).parent / "events"
_REQUEST = (_EVENTS / "http_api_v2.json").read_text()


def link_settings(**variables: str) -> AbsenceRedirectSettings:
    return AbsenceRedirectSettings.from_environment(COMPLETE | variables)


_SETTINGS = link_settings()
_PAGES = Pages(_SETTINGS)


def request(
    path: str = "/recordabsencelink.aspx",
    *,
    method: str = "GET",
    query: str = "",
    cookies: list[str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(_REQUEST)
    event |= {"rawPath": path, "rawQueryString": query}
    event["requestContext"]["http"] |= {"method": method, "path": path}
    event["headers"] |= headers or {}
    event["cookies"] = [f"portal_session={TOKEN}"] if cookies is None else cookies
    return event


def record_page(reference: str) -> str:
    return f"{PORTAL}/recordabsence.aspx?student={reference}"


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def a_student(number: int = 1) -> LinkedStudent:
    return LinkedStudent(first_name=f"First{number}", reference=f"STE0000000{number}")


def a_session(*students: LinkedStudent, guardian_is_active: bool = True) -> Session:
    return Session(guardian_id=7, guardian_is_active=guardian_is_active, students=students)


def follow(event: Mapping[str, Any], session: Session | None = None) -> Response:
    """Answer a request to a portal in which TOKEN is the token of this session only."""

    def find(sha256s: Collection[str], _now: datetime, **_asked: bool) -> Session | None:
        return session if sha256(TOKEN) in sha256s else None

    return Link(_SETTINGS, _PAGES, find).answer(event, "a-request")
