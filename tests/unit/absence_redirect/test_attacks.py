"""A request that was tampered with leads to no other site and reveals nothing."""

from typing import Any
from urllib.parse import quote

import pytest

from absence_redirect.destination import Session
from tests.support.link import (
    LOGIN_AND_BACK,
    SELECT,
    TOKEN,
    a_session,
    a_student,
    follow,
    record_page,
    request,
)

CONFIGURED = {LOGIN_AND_BACK, SELECT, record_page("STE00000001")}
ONE = a_session(a_student(1))
TWO = a_session(a_student(1), a_student(2))
SELECT_PATH = "/recordabsencelink.aspx/select"
ELSEWHERE = "evil.example"
PAYLOADS = [
    f"https://{ELSEWHERE}/",
    f"//{ELSEWHERE}",
    f"/\\{ELSEWHERE}",
    f"/%2f%2f{ELSEWHERE}",
    f"https://communications.college.example@{ELSEWHERE}/",
    f"x\r\nLocation: https://{ELSEWHERE}/",
    f"x%0d%0aSet-Cookie:%20{ELSEWHERE}=1",
    f"javascript:location='{ELSEWHERE}'",
    f"<script src=//{ELSEWHERE}></script>",
    f"' OR 1=1 -- {ELSEWHERE}",
    f"'; DROP TABLE portal_sessions; -- {ELSEWHERE}",
    f"{{{{ 7 * 7 }}}}{ELSEWHERE}",
    f"%(sha256)s%s{ELSEWHERE}",
    f"\x00{ELSEWHERE}",
    f"STE00000002&student={ELSEWHERE}",
]
HEADERS = ("host", "x-forwarded-host", "x-forwarded-proto", "referer", "origin", "x-original-url",
           "x-rewrite-url", "forwarded", "user-agent", "cookie", "accept-language")  # fmt: skip


def tampered(payload: str) -> dict[str, dict[str, Any]]:
    """Put a payload into each part of a request that can hold one."""
    query = f"ReturnUrl={payload}&student={payload}&from={payload}&next={quote(payload)}"
    requests = {
        "path": request(payload),
        "end of the path": request(f"/recordabsencelink.aspx{payload}"),
        "select": request(f"{SELECT_PATH}/{payload}"),
        "query": request(query=query),
        "select's query": request(SELECT_PATH, query=query),
        "method": request(method=payload),
        "session cookie": request(cookies=[f"portal_session={payload}"]),
        "second cookie": request(cookies=[f"portal_session={TOKEN}", f"portal_session={payload}"]),
        "other cookie": request(cookies=[f"portal_session={TOKEN}", payload]),
        "body": request() | {"body": payload},
    }
    requests |= {name: request(headers={name: payload}) for name in HEADERS}
    host = request()
    host["requestContext"] |= {"domainName": payload, "stage": payload}
    return requests | {"context": host}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("part", tampered(""))
@pytest.mark.parametrize("session", [None, ONE, TWO], ids=["nobody", "one", "two"])
def test_nothing_of_a_request_comes_back(payload: str, part: str, session: Session | None) -> None:
    response = follow(tampered(payload)[part], session)
    assert response["headers"].get("Location", SELECT) in CONFIGURED
    assert ELSEWHERE not in str(response)
    assert not any({"\r", "\n"} & set(value) for value in response["headers"].values())


@pytest.mark.parametrize("forged", [TOKEN[:-1], TOKEN + "0", TOKEN.lower(), "k" * 8192, "", "0"])
def test_a_forged_or_truncated_cookie_is_not_logged_in(forged: str) -> None:
    response = follow(request(cookies=[f"portal_session={forged}"]), TWO)
    assert response["headers"]["Location"] == LOGIN_AND_BACK


@pytest.mark.parametrize("path", ["/a", SELECT_PATH])
def test_another_familys_student_can_be_neither_named_nor_reached(path: str) -> None:
    asked = request(path, query="student=STE00000009")
    assert "STE00000009" not in str(follow(asked, TWO))
    assert "STE00000009" not in str(follow(asked, ONE))


def test_a_reference_that_the_database_should_not_hold_is_encoded() -> None:
    student = a_student()
    bad = type(student)(first_name="A", reference=f"x&y=//{ELSEWHERE}\r\nSet-Cookie: a=b")
    location = follow(request(), a_session(bad))["headers"]["Location"]
    assert location == record_page(f"x%26y%3D%2F%2F{ELSEWHERE}%0D%0ASet-Cookie%3A+a%3Db")
