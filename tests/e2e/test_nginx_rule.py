"""The rule for nginx that a college copies, in a real nginx, while the API's address changes."""

import re
import socket
import socketserver
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from infra.repository import ROOT
from local.loopback import free_port
from local.portal.proxy import Answer, ask
from local.processes import start, stop_all
from local.programs import program
from local.waiting import wait_until
from tests.support.loopback_server import Handler, serving

API = "api.college.example"
FIRST, SECOND = "127.0.0.1", "127.0.0.2"
COOKIE = "portal_session=abc; other=1"
(RULE,) = re.findall(r"(?s)```nginx\n(.+?)```", (ROOT / "docs" / "portal-contract.md").read_text())


class _Dns(socketserver.BaseRequestHandler):
    """Answers every question with the API's present address, to be asked again at once."""

    address = FIRST

    request: tuple[bytes, socket.socket]

    def handle(self) -> None:
        question, reply = self.request
        name_and_type = question[12 : question.index(b"\0", 12) + 5]
        header = question[:2] + b"\x81\x80" + b"\0\x01\0\x01\0\0\0\0"
        answer = b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04" + socket.inet_aton(self.address)
        reply.sendto(header + name_and_type + answer, self.client_address)


class _Api(Handler):
    def do_GET(self) -> None:
        host, cookie = self.headers["Host"], self.headers["Cookie"]
        seen = f"{self.connection.getsockname()[0]} {host} {self.path} {cookie}"
        self.answer(302, seen.encode(), Location="https://portal.example/login.aspx")


@contextmanager
def _threaded(server: socketserver.UDPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Portal:
    """The nginx of a portal, in front of an API that listens at two addresses."""

    def __init__(self, address: str, api_port: int, close: ExitStack) -> None:
        self._address = address
        self._api_port = api_port
        self._close = close

    def api_listens_at(self, address: str) -> ExitStack:
        """Let the API's name lead to this address; return what stops the API there."""
        _Dns.address = address
        api = ExitStack()
        api.enter_context(serving(ThreadingHTTPServer((address, self._api_port), _Api)))
        self._close.push(api)
        return api

    def get(self, path: str) -> Answer:
        return ask(self._address, "GET", path, {"Cookie": COOKIE})


@pytest.fixture
def portal(run_files: Path) -> Iterator[Portal]:
    port, api_port = free_port(), free_port()
    directory = run_files / f"nginx-{port}"
    (directory / "temp").mkdir(parents=True)
    with ExitStack() as close:
        dns = socketserver.UDPServer((FIRST, 0), _Dns)
        close.enter_context(_threaded(dns))
        close.callback(stop_all, directory)
        configuration = directory / "nginx.conf"
        configuration.write_text(_configuration(port, api_port, dns.server_address[1]))
        start(
            (program("nginx"), "-p", directory, "-c", configuration, "-e", directory / "errors"),
            name="nginx",
            directory=directory,
            environment={},
        )
        _wait_for(port)
        yield Portal(f"http://{FIRST}:{port}", api_port, close)


def _configuration(port: int, api_port: int, dns_port: int) -> str:
    """Return the copied rule; what it asks and whom it passes on to are this machine's."""
    rule = (
        RULE.replace("10.0.0.2 valid=30s", f"{FIRST}:{dns_port} valid=1s ipv6=off")
        .replace("API-ID.execute-api.eu-west-2.amazonaws.com", f"{API}:{api_port}")
        .replace("https://", "http://")
    )
    paths = "".join(
        f"{name}_temp_path temp/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        "daemon off; pid nginx.pid; events {} http { access_log off;"
        f"{paths} server {{ listen {FIRST}:{port}; location / {{ return 404; }}\n{rule}\n}} }}"
    )


def _wait_for(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as client:
            return client.connect_ex((FIRST, port)) == 0

    wait_until(answers, seconds=10, every=0.05, otherwise=lambda: TimeoutError("nginx"))


def test_the_rule_passes_the_path_the_query_and_the_cookie_on_unchanged(portal: Portal) -> None:
    portal.api_listens_at(FIRST)
    path = "/recordabsencelink.aspx/select?a=1&b=%20x"
    answer = portal.get(path)
    assert (answer.status, dict(answer.headers)["Location"]) == (
        302,
        "https://portal.example/login.aspx",
    )
    seen = answer.body.decode().split(" ", 3)
    assert (seen[0], seen[1].partition(":")[0], seen[2], seen[3]) == (FIRST, API, path, COOKIE)


def test_an_address_of_the_api_that_changes_is_followed_without_a_restart(portal: Portal) -> None:
    first = portal.api_listens_at(FIRST)
    assert portal.get("/a").body.decode().startswith(FIRST)
    first.close()
    portal.api_listens_at(SECOND)
    wait_until(
        lambda: portal.get("/a").body.decode().startswith(SECOND),
        seconds=10,
        every=0.1,
        otherwise=lambda: TimeoutError("nginx keeps the address that it found first"),
    )


def test_no_other_path_is_passed_on(portal: Portal) -> None:
    portal.api_listens_at(FIRST)
    assert portal.get("/grades.aspx").status == 404
