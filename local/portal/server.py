"""The stand-in's server: login, record an absence, and the reverse-proxy rule for the link."""

from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from absence_texts.database import Row
from absence_texts.identifiers import GuardianId
from local.loopback import HOST
from local.portal import pages, proxy
from local.portal.guardian_search import search
from local.portal.sessions import Sessions

COOKIE = "portal_session"
KNOWN = "portal_known"
"""The cookie by which the login page knows a visitor whose session cookie is Strict."""
OWNER = "portal_phone_of"
"""The cookie that holds the guardian on whose phone of the demo a link was tapped."""
LINK = "/recordabsencelink.aspx"
LOGIN = "/login.aspx"
LOGOUT = "/logout.aspx"
PHONE = "/phone"
RECORD = "/recordabsence.aspx"
RETURN = "ReturnUrl"
STUDENT = "student"
WORDS = "words"
GUARDIAN = "guardian"
_NO_SESSION = [f"{name}=; Path=/; Max-Age=0" for name in (COOKIE, KNOWN)]


def phone_address(portal_address: str, guardian_id: GuardianId) -> str:
    """Return where a link of the demo leads: to the link itself, from this guardian's phone."""
    return f"{portal_address}{PHONE}?{urlencode({GUARDIAN: guardian_id})}"


@dataclass(frozen=True)
class Portal:
    """What the pages depend on."""

    address: str
    api_address: str
    sessions: Sessions

    def may_return_to(self, target: str) -> bool:
        """Say whether this is an address of the portal, which serves the link too."""
        # Browsers read a backslash as a slash, and a line break would end the header.
        if "\\" in target or not target.isprintable():
            return False
        parts = urlsplit(target)
        if not parts.netloc:
            return not parts.scheme and target.startswith("/") and not target.startswith("//")
        return f"{parts.scheme}://{parts.netloc}" == self.address


class PortalServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, portal: Portal) -> None:
        super().__init__((HOST, urlsplit(portal.address).port or 0), PortalRequest)
        self.portal = portal


class PortalRequest(BaseHTTPRequestHandler):
    server: PortalServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if proxy.passes_on(path):
            self._pass_on()
        elif path == LOGIN:
            self._login_page()
        elif path == LOGOUT:
            self._log_out()
        elif path == PHONE:
            self._tap_link()
        elif path == RECORD:
            self._record_page()
        else:
            self._page(pages.plain("Not found", "There is no such page."), HTTPStatus.NOT_FOUND)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        guardian_id = form.get(GUARDIAN, [""])[0]
        token = self._sessions.log_in(int(guardian_id)) if guardian_id.isdecimal() else None
        back = self._parameter(RETURN) or LOGIN
        if token is None or not self.server.portal.may_return_to(back):
            refusal = pages.plain("Not possible", "No such guardian, or no page of this portal.")
            self._page(refusal, HTTPStatus.BAD_REQUEST)
        else:
            self._redirect(back, *_session_cookies(token, is_strict="strict" in form))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing: an address may hold a student's reference."""

    @property
    def _sessions(self) -> Sessions:
        return self.server.portal.sessions

    def _login_page(self) -> None:
        back = self._parameter(RETURN)
        if self._guardian(KNOWN) and self.server.portal.may_return_to(back):
            self._redirect(back)
        else:
            words = self._parameter(WORDS)
            found = search(self._sessions.guardians(), words, owner=self._cookie(OWNER))
            self._page(pages.login(found, words=words, back=back))

    def _tap_link(self) -> None:
        """Let this browser be the phone of a guardian, where no other guardian is logged in."""
        owner, guardian = self._parameter(GUARDIAN), self._guardian(COOKIE)
        if not owner.isdecimal():
            self._page(pages.plain("Not found", "Name a guardian."), HTTPStatus.NOT_FOUND)
            return
        cookies = [f"{OWNER}={owner}; Path=/; HttpOnly; SameSite=Lax"]
        if guardian and str(guardian["guardian_id"]) != owner:
            cookies += _NO_SESSION
        self._redirect(LINK, *(("Set-Cookie", cookie) for cookie in cookies))

    def _log_out(self) -> None:
        back = self._parameter(RETURN) or LOGIN
        if not self.server.portal.may_return_to(back):
            refusal = pages.plain("Not possible", "This is no page of this portal.")
            self._page(refusal, HTTPStatus.BAD_REQUEST)
            return
        self._sessions.log_out(self._cookie(COOKIE) or self._cookie(KNOWN))
        self._redirect(back, *(("Set-Cookie", cookie) for cookie in _NO_SESSION))

    def _record_page(self) -> None:
        guardian = self._guardian(COOKIE)
        if guardian is None:
            self._redirect(f"{LOGIN}?{urlencode({RETURN: self.path})}")
            return
        student = self._sessions.linked_student(guardian, self._parameter(STUDENT))
        if student is None:
            refusal = pages.plain("Not found", "You have no such student linked.")
            self._page(refusal, HTTPStatus.NOT_FOUND)
        else:
            self._page(pages.record(student, guardian))

    def _guardian(self, cookie_name: str) -> Row | None:
        token = self._cookie(cookie_name)
        return self._sessions.guardian(token) if token else None

    def _cookie(self, name: str) -> str:
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(name)
        return cookie.value if cookie else ""

    def _parameter(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def _pass_on(self) -> None:
        headers = {name.title(): value for name, value in self.headers.items()}
        portal = self.server.portal
        answer = proxy.ask(portal.api_address, self.command, self.path, headers)
        self._answer(answer.status, answer.body, *answer.headers)

    def _page(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, page.encode(), ("Content-Type", "text/html; charset=utf-8"))

    def _redirect(self, target: str, *headers: tuple[str, str]) -> None:
        self._answer(HTTPStatus.FOUND, b"", ("Location", target), *headers)

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _session_cookies(token: str, *, is_strict: bool) -> list[tuple[str, str]]:
    rest = f"={token}; Path=/; HttpOnly; SameSite="
    if is_strict:
        return [("Set-Cookie", f"{COOKIE}{rest}Strict"), ("Set-Cookie", f"{KNOWN}{rest}Lax")]
    return [("Set-Cookie", f"{COOKIE}{rest}Lax")]
