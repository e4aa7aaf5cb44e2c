"""Another server, on this machine, for what we ask of others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Elsewhere(ThreadingHTTPServer):
    """Another server, on this machine: a path has an answer, and every request is remembered."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self._host = host
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.heard: list[BaseHTTPRequestHandler] = []

    def url(self, path: str = "/", host: str = "") -> str:
        return f"http://{host or self._host}:{self.server_port}{path}"

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content_Type": "text/html", **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer


@contextmanager
def serving(host: str) -> Iterator[Elsewhere]:
    """It answers at that address of this machine, as long as the block lasts."""
    server = Elsewhere(host)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        self.server.heard.append(self)
        with suppress(OSError):  # they hung up on us, which is what some tests wait for
            self.server.answers[self.path](self)

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *args: object) -> None:
        pass
