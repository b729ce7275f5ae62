"""A server on the loopback address whose answers a test writes down."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tracker.config import FetchConfig

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of "localhost", signed by itself, with its key: made for these tests and trusted by nobody."""
SETTINGS = FetchConfig(delay_seconds=0.0, timeout_seconds=0.5, total_seconds=1.5, allow_private=True)

Answer = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


class Site:
    """The server's answers by path, and the requests it got."""

    def __init__(self, port: int, scheme: str) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port, self.url = port, f"{scheme}://localhost:{port}"

    def page(
        self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> str:
        """Answer ``path`` so, and say its address."""
        data = body if isinstance(body, bytes) else body.encode()
        told = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        self.answers[path] = (status, {name: value for name, value in told.items() if value}, data)
        return self.url + path

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Answer ``path`` with a redirect."""
        return self.page(path, b"", status=status, Location=location)

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextlib.contextmanager
def serving(*, tls: bool = False) -> Iterator[Site]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            answer = site.answers.get(self.path.partition("?")[0], (404, {"Content-Length": "0"}, b""))
            with contextlib.suppress(OSError):
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass  # a client that goes away early is what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
