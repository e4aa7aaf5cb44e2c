"""A server that nobody configured: where its data lives, its keys, and the file .env."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]

# Variable, file in the data folder, length in bytes. Of 32 random bytes nearly all are a good push key.
_KEYS = {"SECRET_KEY": ("secret_key", 64), "VAPID_PRIVATE_KEY": ("push_key", 32)}
_LOCK_FILE = "server.lock"


class CannotStart(Exception):
    """The server cannot run like this; the message says what to do."""


def read_env_file(path: Path = ROOT / ".env") -> None:
    """Take NAME=value lines from the file; what the environment already says wins.

    Empty values count as not written, so a copy of .env.example changes nothing.
    Raises CannotStart on a line that is no assignment.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for number, raw in enumerate(lines, start=1):
        line = raw.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name, value = name.strip(), _unquoted(value.strip())
        if not equals or not name.isidentifier():
            raise CannotStart(f"Line {number} of {path} is not NAME=value: {raw}")
        if value:
            os.environ.setdefault(name, value)


def fill_in_defaults() -> None:
    """Let the environment name the data folder, the public address and the hosts; needs no Django yet."""
    port = os.environ.get("PORT") or "8000"
    os.environ["DATA_DIR"] = str(data_folder())
    site = os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    hosts = dict.fromkeys([_host_of(site), "localhost", "127.0.0.1", "[::1]"])
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(hosts))


def stand_beside_server() -> None:
    """For commands: where bin/run has served from the data folder, its address, defaults and key hold too."""
    read_env_file()
    lock = data_folder() / _LOCK_FILE
    if lock.is_file():
        site = lock.read_text(encoding="utf-8").strip()
        if site and "SITE_URL" not in os.environ:
            os.environ["SITE_URL"] = site
            os.environ.setdefault("PLAIN_HTTP", "yes")  # a server ran here under that address
        fill_in_defaults()
        use_kept_keys()


def use_kept_keys() -> None:
    """Take the keys from the data folder, unless others are given."""
    for name, (file, _) in _KEYS.items():
        if name not in os.environ and (data_folder() / file).is_file():
            os.environ[name] = (data_folder() / file).read_text().strip()


def make_keys() -> None:
    """Make each key once and keep it where only this user can read it; a given key is left alone."""
    for name, (file, length) in _KEYS.items():
        if name not in os.environ and not (data_folder() / file).is_file():
            _keep(data_folder() / file, secrets.token_urlsafe(length))


def _keep(path: Path, secret: str) -> None:
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def open_data_folder() -> IO[str]:
    """Make the data folder and lock it for this server; the lock ends with the process, however it ends.

    Raises CannotStart when the folder cannot be written to, or another server uses it.
    """
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        lock = open(folder / _LOCK_FILE, "a")  # noqa: SIM115  (open as long as the process lives)
    except OSError as error:
        raise CannotStart(
            f"The data folder {folder} cannot be written to ({error.strerror})."
            " Make it writable, or name another one: DATA_DIR=/some/folder bin/run"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotStart(
            f"Another server is using the data folder {folder}."
            " Stop it first, or name another folder: DATA_DIR=/some/folder bin/run"
        ) from None
    lock.truncate(0)
    lock.write(os.environ["SITE_URL"])  # commands beside the server ask for it
    lock.flush()
    return lock


def data_folder() -> Path:
    """The folder of database, pictures and secret key."""
    return (ROOT / (os.environ.get("DATA_DIR") or "data")).resolve()


def _host_of(site: str) -> str:
    try:
        return urlsplit(site).hostname or "localhost"
    except ValueError:  # the settings refuse such an address with a sentence
        return "localhost"


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value
