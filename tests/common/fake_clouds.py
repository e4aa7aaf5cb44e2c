"""The two outside places for pictures, small: just enough of their HTTP, with their checks of signatures."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

CLOUD, KEY, SECRET, BUCKET = "trial", "a-key", "a-secret", "bucket"
_DELIVERED = f"/{CLOUD}/image/upload/v1/"  # what everybody sees, there


@dataclass
class Stored:
    content: bytes
    facts: dict[str, str] = field(default_factory=dict)


class Cloud(ThreadingHTTPServer):
    """A server on a port of its own; `files` is what it holds, `requests` what it was asked."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.files: dict[str, Stored] = {}
        self.requests: list[str] = []
        self.broken = False  # answers every request with 500

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Cloud
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def take(self) -> bytes:
        self.server.requests.append(f"{self.command} {urlsplit(self.path).path}")
        if self.headers.get("Expect") == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


class CloudinaryHandler(_Handler):
    """`/v1_1/<cloud>/<resource>/upload|destroy|download`, and public pictures at their address; they are
    known by public id alone.
    """

    def do_POST(self) -> None:
        parts, file = _parts(self.headers, self.take())
        _, version, cloud, resource, deed = urlsplit(self.path).path.split("/")
        if self.server.broken:
            return self.fail(500, "We are having a bad day.")
        if (version, cloud) != ("v1_1", CLOUD):
            return self.fail(404, "Unknown cloud.")
        if not _is_signed(parts):
            return self.fail(401, "Invalid signature.")
        name = f"{resource}/{parts['type']}/{parts['public_id']}"
        if deed == "destroy":
            gone = self.server.files.pop(name, None)
            return self.tell({"result": "ok" if gone else "not found"})
        self.server.files[name] = Stored(file, parts)
        return self.tell({"public_id": parts["public_id"], "bytes": len(file)})

    def do_GET(self) -> None:
        self.take()
        address = urlsplit(self.path)
        if address.path.startswith(_DELIVERED):
            public_id = address.path.removeprefix(_DELIVERED).rpartition(".")[0]
            stored = self.server.files.get(f"image/upload/{public_id}")
            return self.answer(200, stored.content) if stored else self.answer(404)
        asked = dict(parse_qsl(address.query))
        _, _, _, resource, deed = address.path.split("/")
        if deed != "download" or not _is_signed(asked):
            return self.fail(401, "Invalid signature.")
        stored = self.server.files.get(f"{resource}/{asked['type']}/{asked['public_id']}")
        return self.answer(200, stored.content) if stored else self.fail(404, "Resource not found")

    def tell(self, answer: object, status: int = 200) -> None:
        self.answer(status, json.dumps(answer).encode(), Content_Type="application/json")

    def fail(self, status: int, message: str) -> None:
        self.tell({"error": {"message": message}}, status)


class S3Handler(_Handler):
    """Objects of one bucket, addressed by path; a request without a signature of our key is refused."""

    def do_PUT(self) -> None:
        content = _unchunked(self.headers, self.take())
        if self.refused():
            return
        self.server.files[self.key()] = Stored(content, {k.lower(): v for k, v in self.headers.items()})
        self.answer(200, ETag=f'"{hashlib.md5(content).hexdigest()}"')

    def do_GET(self) -> None:
        self.take()
        if self.refused():
            return
        stored = self.server.files.get(self.key())
        if stored is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>")
            return
        etag = f'"{hashlib.md5(stored.content).hexdigest()}"'
        self.answer(200, stored.content, ETag=etag, Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.take()
        if self.refused():
            return
        self.server.files.pop(self.key(), None)
        self.answer(204)

    def key(self) -> str:
        return urlsplit(self.path).path.removeprefix(f"/{BUCKET}/")

    def refused(self) -> bool:
        if self.server.broken:
            self.answer(500, b"<Error><Code>InternalError</Code><Message>bad day</Message></Error>")
            return True
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self.answer(403, b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
            return True
        return False


@contextmanager
def running(handler: type[BaseHTTPRequestHandler]) -> Iterator[Cloud]:
    cloud = Cloud(handler)
    thread = threading.Thread(target=cloud.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield cloud
    finally:
        cloud.shutdown()
        thread.join()
        cloud.server_close()


def _parts(headers: object, body: bytes) -> tuple[dict[str, str], bytes]:
    """The fields of a form and its file, whichever way it was sent."""
    content_type = headers["Content-Type"]
    if not content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode())), b""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    fields, file = {}, b""
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if name == "file":
            file = part.get_payload(decode=True)
        else:
            fields[name] = part.get_payload(decode=True).decode()
    return fields, file


def _is_signed(fields: dict[str, str]) -> bool:
    """SHA-1 over the sorted fields and the secret, as Cloudinary's manual describes it."""
    signed = {
        k: v
        for k, v in fields.items()
        if k not in {"signature", "api_key", "file", "resource_type", "cloud_name"}
    }
    text = "&".join(f"{name}={value}".replace("&", "%26") for name, value in sorted(signed.items()) if value)
    expected = hashlib.sha1(text.encode() + SECRET.encode()).hexdigest()
    return fields.get("signature") == expected and fields.get("api_key") == KEY


def _unchunked(headers: object, body: bytes) -> bytes:
    """Newer clients send a body in signed pieces, each with its length in front."""
    if "aws-chunked" not in (headers.get("Content-Encoding") or ""):
        return body
    content, rest = b"", body
    while (found := re.match(rb"([0-9a-f]+)[^\r]*\r\n", rest)) and (size := int(found[1], 16)):
        content += rest[found.end() : found.end() + size]
        rest = rest[found.end() + size + 2 :]
    return content
