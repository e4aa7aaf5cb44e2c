"""The bridge and the connections in front of it, with small WSGI applications and a real socket."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from twitter_clone import bridge, connections
from twitter_clone.bridge import Bridge
from twitter_clone.connections import PatientProtocol

MAX_BYTES = 600_000


class Line:
    """A raw connection, for what an HTTP library would never send."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)

    def send(self, raw: bytes) -> "Line":
        self.socket.sendall(raw)
        return self

    def read(self) -> bytes:
        """Everything until the server closes the line."""
        answer = b""
        while part := self.socket.recv(65536):
            answer += part
        return answer


@contextmanager
def serving(application: Callable, **limits: int) -> Iterator[int]:
    """A real uvicorn in a thread; gives its port."""
    limits = {"threads": 2, "waiting": 2, "max_bytes": MAX_BYTES, **limits}
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Bridge(application, **limits),
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        interface="asgi3",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        thread.join()


def ask(port: int, method: str = "GET", path: str = "/", **request: object) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, **request)
    response = connection.getresponse()
    response.content = response.read()
    return response


def echo(environ: dict, start_response: Callable) -> list[bytes]:
    """Says back what it was asked, and keeps the variables for the test."""
    echo.environ = environ
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def test_the_variables_of_a_request():
    with serving(echo) as port:
        ask(
            port,
            "POST",
            "/caf%C3%A9/a%2Fb?q=%20x",
            body=b"hello",
            headers={"X-One": "1", "X_One": "2", "Content-Type": "text/x", "Cookie": "a=b", "Proxy": "evil"},
        )
    environ = echo.environ
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/café/a/b"
    assert environ["QUERY_STRING"] == "q=%20x"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/x", "5")
    assert (environ["HTTP_X_ONE"], environ["HTTP_COOKIE"]) == ("1", "a=b")
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", str(port))
    assert environ["wsgi.url_scheme"] == "http"
    assert "HTTP_PROXY" not in environ
    assert "HTTP_CONTENT_LENGTH" not in environ


def test_repeated_headers_are_joined():
    with serving(echo) as port:
        head = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        Line(port).send(head + b"A: 1\r\nA: 2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n").read()
    assert (echo.environ["HTTP_A"], echo.environ["HTTP_COOKIE"]) == ("1,2", "a=1; b=2")


@pytest.mark.parametrize("size", [0, 1, 100_000, 500_000])
def test_a_body_arrives_whole(size):
    body = bytes(number % 251 for number in range(size))
    with serving(echo) as port:
        assert ask(port, "POST", body=body).content == body
        assert ask(port, "POST", body=iter([body[: size // 2], body[size // 2 :]])).content == body
    assert echo.environ["CONTENT_LENGTH"] == str(size)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_long_is_not_handed_over(chunked):
    body = b"x" * (MAX_BYTES + 1)
    with serving(echo) as port:
        response = ask(port, "POST", body=iter([body]) if chunked else body)
    assert response.content == b""
    assert int(echo.environ["CONTENT_LENGTH"]) > MAX_BYTES


def test_the_head_alone_is_answered_without_a_body():
    with serving(whole("body")) as port:
        response = ask(port, "HEAD")
        assert response.headers["Content-Length"] == "4"
        assert Line(port).send(b"HEAD / HTTP/1.0\r\n\r\n").read().endswith(b"\r\n\r\n")


def test_a_short_answer_gets_a_length():
    def short(environ, start_response):
        start_response("200 OK", [])
        return iter([b"a", b"bc"])

    with serving(short) as port:
        response = ask(port)
    assert (response.content, response.headers["Content-Length"]) == (b"abc", "3")


def test_not_modified_has_no_length():
    def unchanged(environ, start_response):
        start_response("304 Not Modified", [("Content-Length", "10")])
        return [b""]

    with serving(unchanged) as port:
        response = ask(port)
    assert (response.status, response.headers["Content-Length"]) == (304, None)


def whole(text: str) -> Callable:
    def application(environ, start_response):
        start_response("200 OK", [("Content-Length", str(len(text)))])
        return [text.encode()]

    return application


class Stream:
    """A long answer that notes how much of it was made, and that it was closed."""

    def __init__(self, parts: int, size: int = 100_000) -> None:
        self.parts, self.size = parts, size
        self.made = 0
        self.closed = threading.Event()

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Length", str(self.parts * self.size))])
        return self

    def __iter__(self):
        for _ in range(self.parts):
            self.made += 1
            yield b"x" * self.size

    def close(self):
        self.closed.set()


def test_a_long_answer_is_made_as_fast_as_it_is_read():
    stream = Stream(parts=300)
    with serving(stream, threads=1) as port:
        line = Line(port).send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.5)
        assert stream.made < 200
        other = Line(port).send(b"GET / HTTP/1.0\r\n\r\n")  # the only thread is free meanwhile
        assert other.socket.recv(15) == b"HTTP/1.1 200 OK"
        assert not stream.closed.is_set()
        line.socket.close()
        assert stream.closed.wait(5)


def test_a_long_answer_arrives_whole_and_is_closed():
    stream = Stream(parts=30)
    with serving(stream) as port:
        assert len(ask(port).content) == 3_000_000
        assert stream.closed.wait(5)


def test_too_many_at_once_are_told_to_come_back():
    gate = threading.Event()

    def slow(environ, start_response):
        gate.wait(10)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    answers = []
    with serving(slow, threads=1, waiting=2) as port:
        askers = [threading.Thread(target=lambda: answers.append(ask(port))) for _ in range(3)]
        for asker in askers:
            asker.start()
        time.sleep(0.3)
        refused = ask(port)
        gate.set()
        for asker in askers:
            asker.join()
        assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
        assert [answer.status for answer in answers] == [200, 200, 200]
        assert ask(port).status == 200


def test_an_application_that_breaks_is_a_500_and_a_line_in_the_log(caplog):
    def broken(environ, start_response):
        raise ValueError("no")

    with serving(broken) as port:
        assert ask(port).status == 500
    assert "ValueError: no" in caplog.text


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA : 1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 40_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 40_000,
    ],
)
def test_what_is_no_proper_request_is_refused_and_the_line_closed(raw):
    with serving(echo) as port:
        answer = Line(port).send(raw).read()
    assert answer[:12] in {b"HTTP/1.1 400", b"HTTP/1.1 431"}
    assert answer.count(b"HTTP/1.1") == 1


def test_who_never_comes_to_the_point_is_let_go(monkeypatch):
    monkeypatch.setattr(connections, "_HEAD_SECONDS", 0.3)
    with serving(whole("ok")) as port:
        silent = Line(port)
        half = Line(port).send(b"GET / HTTP/1.1\r\nHos")
        second = Line(port).send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in second.socket.recv(1000)
        second.send(b"GET / HT")
        for line in (silent, half, second):
            assert line.read().startswith(b"HTTP/1.1 408")


def test_who_sends_a_body_drop_by_drop_is_let_go(monkeypatch):
    monkeypatch.setattr(bridge, "_RECEIVE_GRACE_SECONDS", 0.3)
    with serving(echo) as port:
        line = Line(port).send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
        assert line.read().startswith(b"HTTP/1.1 408")


def test_connections_above_the_limit_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(connections, "_MOST_CONNECTIONS", 3)
    with serving(whole("ok")) as port:
        lines = [Line(port) for _ in range(3)]
        time.sleep(0.1)
        assert Line(port).read().startswith(b"HTTP/1.1 503")
        for line in lines:
            assert b"200 OK" in line.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").socket.recv(1000)


def test_an_upgrade_nobody_offers_is_answered_as_a_plain_request():
    raw = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with serving(whole("ok")) as port:
        assert b"200 OK" in Line(port).send(raw).socket.recv(1000)
