"""A page that shows the phones and their texts, with working links to the link's real pages."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from absence_texts.settings import MessageSettings
from local.loopback import HOST
from local.phones import Text, texts
from local.running_stack import RunningStack

_LINK_PATH = "/recordabsencelink.aspx"
_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


@dataclass
class PhonesPage:
    """Serves the page on a free port until it is closed."""

    stack: RunningStack
    names: Mapping[str, str]
    """The guardian's name for each mobile."""

    def render(self) -> str:
        phones: dict[str, list[Text]] = defaultdict(list)
        for text in texts(self.stack.ministack_address):
            phones[text.mobile].append(text)
        return _TEMPLATES.get_template("phones.html").render(
            phones=sorted(phones.items()),
            names=self.names,
            link_in_text=MessageSettings(stage="local").message_link,
            link=self.stack.portal_address + _LINK_PATH,
            now=self.stack.clock.now().wall_clock,
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
