"""A data folder and a database that exist only while something is measured."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
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


def databases() -> list[str]:
    """SQLite always, PostgreSQL when a variable says where one is."""
    return ["SQLite", "PostgreSQL"] if _server() else ["SQLite"]


@contextmanager
def scratch(database: str = "SQLite") -> Iterator[Scratch]:
    folder = Path(tempfile.mkdtemp(prefix="twitter-clone-bench-"))
    try:
        with _database(database, folder) as url:
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
    return kept | {
        "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base",
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": "http://localhost:8000",
        "SINGLE_PROCESS": "yes",
        "LOG_LEVEL": "WARNING",
        "RATE_LIMITS": "off",
        "PYTHONPATH": str(ROOT),
    }


def _server() -> str:
    return os.environ.get("BENCH_DATABASE_URL") or os.environ.get("TEST_DATABASE_URL") or ""


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; it goes when we are done."""
    if name == "SQLite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    ours = f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{ours}"')
        try:
            yield urlunsplit(urlsplit(_server())._replace(path=f"/{ours}"))
        finally:
            connection.execute(f'DROP DATABASE "{ours}" WITH (FORCE)')


def _made_up(number: int) -> Sequence[str]:
    words = "morning bread harbour window slow train bright small garden letter evening rain".split()
    return [
        f"{words[n % 12].capitalize()} and {words[n // 12 % 12]}, number {n}"
        + (f" #{words[n * 7 % 12]}" if n % 5 == 0 else "")
        + (" @anonymous" if n % 4 == 0 else "")
        + (" https://example.org/a" if n % 9 == 0 else "")
        for n in range(number)
    ]
