"""What may stand at SITE_URL: a plain server, one with a certificate, a mail server; all on this machine."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.common.elsewhere import Elsewhere


@contextmanager
def secured(folder: Path, *, days: int) -> Iterator[tuple[Elsewhere, ssl.SSLContext]]:
    """A server with a certificate that ends in so many days, and a context that trusts it."""
    key, certificate = _certificate(days)
    pem = folder / "server.pem"
    pem.write_bytes(key + certificate)
    server = Elsewhere()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trusting = ssl.create_default_context(cadata=certificate.decode())
    with _serving(server):
        yield server, trusting


def _certificate(days: int) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, made.public_bytes(serialization.Encoding.PEM)


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP to take a mail; `replies` says what it answers to a command instead of “250 yes”."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Letter)
        self.replies: dict[str, str] = {
            "DATA": "354 go on",
            "QUIT": "221 bye",
            "EHLO": "250-here\r\n250 AUTH PLAIN",
        }
        self.taken: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Letter(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode():
            command = line.split()[0].upper()
            self._say(self.server.replies.get(command, "250 yes"))
            if command == "DATA" and "354" in self.server.replies["DATA"]:
                self.server.taken.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
                self._say("250 taken")
            if command == "QUIT":
                return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with _serving(server):
        yield server


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class Always(dict):
    """The same answer on every path."""

    def __init__(self, answer: Callable) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, path: str) -> Callable:
        return self._answer
