"""A page that shows the phones and their texts, with working links to the link's real pages."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from absence_texts.identifiers import GuardianId
from absence_texts.settings import MessageSettings
from db.source.tables import Guardian
from local.college.sample_college import SampleCollege
from local.loopback import HOST
from local.phones import Text, texts
from local.portal.server import phone_address
from local.running_stack import RunningStack

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


@dataclass(frozen=True, kw_only=True)
class Phone:
    guardian: Guardian
    students: list[str]
    texts: list[Text]
    link: str
    """Where the link in the texts leads when it is tapped on this phone."""


@dataclass
class PhonesPage:
    """Serves the page on a free port until it is closed."""

    stack: RunningStack
    college: SampleCollege

    def render(self) -> str:
        return _TEMPLATES.get_template("phones.html").render(
            phones=self._phones(),
            link_in_text=MessageSettings(stage="local").message_link,
            now=self.stack.clock.now().wall_clock,
        )

    def _phones(self) -> list[Phone]:
        received: dict[str, list[Text]] = defaultdict(list)
        for text in texts(self.stack.ministack_address):
            received[text.mobile].append(text)
        guardians = self.college.guardians_by_mobile()
        return [
            self._phone(guardians[mobile], of_one) for mobile, of_one in sorted(received.items())
        ]

    def _phone(self, guardian: Guardian, received: list[Text]) -> Phone:
        guardian_id = GuardianId(guardian.guardian_id)
        return Phone(
            guardian=guardian,
            students=self.college.students_of(guardian_id),
            texts=received,
            link=phone_address(self.stack.portal_address, guardian_id),
        )

    @cached_property
    def server(self) -> ThreadingHTTPServer:
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = page.render().encode()
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the terminal for the demo."""

        return ThreadingHTTPServer((HOST, 0), Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server.server_port}/"

    def serve_until_interrupted(self) -> None:
        """Serve until Ctrl-C."""
        with self.server, suppress(KeyboardInterrupt):
            self.server.serve_forever()
