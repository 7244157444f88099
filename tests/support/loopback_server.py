"""An HTTP server on loopback, in a thread of the test's process."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread

HOST = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    def read_body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing, so that a test's output stays readable."""


@contextmanager
def listening(handler: type[Handler]) -> Iterator[str]:
    """Serve on a free port, and yield the address."""
    server = ThreadingHTTPServer((HOST, 0), handler)
    with serving(server):
        yield f"http://{HOST}:{server.server_port}"


@contextmanager
def serving(server: HTTPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
