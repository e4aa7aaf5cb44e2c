"""A data folder and a database that exist only while something is measured."""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
_UNSET = re.compile(r"^#([A-Z_0-9]+)=$", re.M)
_TWEETS = Path("shared", "data", "tweets", "tweets.txt")


@dataclass(frozen=True, slots=True)
class Scratch:
    """`database` is the name people know it by; `environment` is what a process needs to work here."""

    database: str
    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, **more: str) -> str:
        """Run a Python program of this repository here; returns what it printed. Raises RuntimeError."""
        done = subprocess.run(  # noqa: S603  (our own programs)
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        """Tables and static files, as bin/run makes them."""
        self.run("manage.py", "migrate", "-v0")
        self.run("manage.py", "collectstatic", "--noinput", "-v0")


@contextmanager
def scratch(database: str = "SQLite", server: str = "") -> Iterator[Scratch]:
    """An empty place; “PostgreSQL” needs the address of a server on which databases may be made.

    Raises RuntimeError, with a sentence, when no database can be made there.
    """
    folder = Path(tempfile.mkdtemp(prefix="twitter-clone-scratch-"))
    try:
        (folder / "tmp").mkdir()
        with _database(database, folder, server) as url:
            yield Scratch(database, folder, _environment(folder, url))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tweets_file(folder: Path) -> tuple[Path, str]:
    """The 3,000 real tweets where they are found, else as many made up ones; and which of them it is."""
    for place in ROOT.parents:
        if (place / _TWEETS).is_file():
            return place / _TWEETS, "real tweets"
    path = folder / "tweets.txt"
    path.write_text("\n".join(_made_up(3000)) + "\n", encoding="utf-8")
    return path, "made up tweets"


def _environment(folder: Path, url: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    # What a file .env says of the real site's services must not be true here.
    nothing = dict.fromkeys(_UNSET.findall((ROOT / ".env.example").read_text(encoding="utf-8")), "")
    return (
        kept
        | nothing
        | {
            "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_URL": "http://localhost:8000",
            "SINGLE_PROCESS": "yes",
            "STATIC_ROOT": str(folder / "static"),
            "TMPDIR": str(folder / "tmp"),
            "LOG_LEVEL": "WARNING",
            "LOG_FORMAT": "json",
            "LOG_REQUESTS": "no",
            "RATE_LIMITS": "off",
            "PYTHONPATH": str(ROOT),
        }
    )


@contextmanager
def _database(name: str, folder: Path, server: str) -> Iterator[str]:
    """The address of an empty database; it goes when we are done."""
    if name == "SQLite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    ours = f"scratch_{secrets.token_hex(4)}"
    with _connected(server) as connection:
        try:
            connection.execute(f'CREATE DATABASE "{ours}"')
        except psycopg.Error as error:
            raise RuntimeError(f"No database could be made for this on the server: {error}") from None
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{ours}"))
        finally:
            connection.execute(f'DROP DATABASE "{ours}" WITH (FORCE)')


def _connected(server: str) -> "psycopg.Connection[tuple[Any, ...]]":
    try:
        return psycopg.connect(server, autocommit=True)
    except psycopg.Error as error:
        raise RuntimeError(f"The database server cannot be reached: {error}") from None


def _made_up(number: int) -> Sequence[str]:
    words = "morning bread harbour window slow train bright small garden letter evening rain".split()
    return [
        f"{words[n % 12].capitalize()} and {words[n // 12 % 12]}, number {n}"
        + (f" #{words[n * 7 % 12]}" if n % 5 == 0 else "")
        + (" @anonymous" if n % 4 == 0 else "")
        + (" https://example.org/a" if n % 9 == 0 else "")
        for n in range(number)
    ]
