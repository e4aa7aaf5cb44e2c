"""Real PostgreSQL servers, started by tests: a primary, replicas that follow it, a pooler in front."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.serving import free_port

_PATIENCE_SECONDS = 60.0
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
_CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
shared_buffers = 24MB
max_connections = 60
max_wal_senders = 6
hot_standby = on
wal_retrieve_retry_interval = 100ms
log_statement = all
log_line_prefix = ''
"""


def binaries() -> Path | None:
    """Where the server's programs are: Debian keeps them out of the way."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    whole = [
        path
        for path in found
        if all((path / name).exists() for name in ("initdb", "pg_ctl", "pg_basebackup"))
    ]
    return whole[-1] if whole else None


def missing_pooler() -> str:
    """As `missing`, for a pooler and a server behind it."""
    return missing() or (
        "" if shutil.which("pgbouncer", path=_PATH) else "no pooler is installed (Debian: pgbouncer)"
    )


def missing() -> str:
    """Why no server is started here; nothing when it is."""
    if os.environ.get("TEST_DATABASE_URL"):
        return "servers of one's own, tried once, beside SQLite"
    if binaries() is None:
        return "no PostgreSQL server is installed (Debian: postgresql)"
    return (
        "" if os.geteuid() or _owner() else "PostgreSQL refuses to run as root, and there is no user postgres"
    )


def _owner() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def as_owner() -> dict[str, object]:
    """How a program is started that refuses to run as root."""
    owner = None if os.geteuid() else _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def folder() -> Path:
    """Not below pytest's own, which nobody but us may enter."""
    made = Path(tempfile.mkdtemp(prefix="tc-pg-", dir="/tmp"))
    if owner := (None if os.geteuid() else _owner()):
        os.chown(made, owner.pw_uid, owner.pw_gid)
    return made


@dataclass
class Server:
    """One PostgreSQL server in a folder of its own, without passwords, on a free port of this machine."""

    place: Path = field(default_factory=folder)
    port: int = field(default_factory=free_port)
    database: str = "postgres"

    def make(self) -> "Server":
        self._run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        )
        with open(self.data / "postgresql.conf", "a") as file:
            file.write(f"{_CONFIGURATION}\nport = {self.port}\n")
        return self.start()

    def follow(self, primary: "Server") -> "Server":
        """Become a replica of that server, by streaming replication."""
        source = f"host=127.0.0.1 port={primary.port} user=postgres"
        self._run("pg_basebackup", "-d", source, "-D", self.data, "-R", "-c", "fast", "--no-sync")
        with open(self.data / "postgresql.conf", "a") as file:
            file.write(f"port = {self.port}\n")
        self.database = primary.database
        return self.start()

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{self.database}"

    def start(self) -> "Server":
        wait = ("-w", "-t", str(int(_PATIENCE_SECONDS)))
        self._run("pg_ctl", "start", "-D", self.data, "-l", self.place / "log", "-s", *wait)
        return self

    def begin_anew(self) -> None:
        """Whoever asks from here on finds another database, as it was when all were one."""
        name = f"copy_{secrets.token_hex(4)}"
        self.database = "template1"
        self.ask(f"CREATE DATABASE {name} TEMPLATE postgres")
        self.database = name

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` as in a crash: clients are cut off and nothing is tidied up."""
        self._run("pg_ctl", "stop", "-D", self.data, "-s", "-w", "-m", mode, check=False)

    def ask(self, sql: str) -> object:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def pause(self) -> None:
        """What arrives is kept but not shown: lag, without a slow network."""
        self.ask("SELECT pg_wal_replay_pause()")
        until(lambda: self.ask("SELECT pg_get_wal_replay_pause_state()") == "paused")

    def resume(self) -> None:
        self.ask("SELECT pg_wal_replay_resume()")

    def hang(self) -> None:
        """Every process stands still: connections stay, nothing is answered any more."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
        for pid in [first, *(pid for pid, parent in pairs if parent == first)]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def has_all_of(self, primary: "Server") -> bool:
        written = primary.ask("SELECT pg_current_wal_lsn()")
        return bool(self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn"))

    def statements(self) -> str:
        """All that it was asked since it was made."""
        return (self.place / "log").read_text(errors="replace")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)

    def _run(self, program: str, *arguments: object, check: bool = True) -> None:
        found = binaries()
        assert found
        # The server inherits these: an open pipe would keep us waiting for its end.
        with open(self.place / f"{program}.said", "w+") as said:
            done = subprocess.run(
                [str(found / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self.place, **as_owner(),
            )  # fmt: skip
            said.seek(0)
            assert not check or done.returncode == 0, said.read()


@dataclass
class Pooler:
    """PgBouncer in transaction mode: each transaction has whichever session of the server is free."""

    server: Server
    place: Path = field(default_factory=folder)
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{self.server.database}"

    def start(self, **options: str) -> "Pooler":
        settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": str(self.port),
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": "transaction",
            "admin_users": "postgres",
            **options,
        }
        lines = [f"{name} = {value}" for name, value in settings.items()]
        database = f"* = host=127.0.0.1 port={self.server.port} user=postgres"
        (self.place / "pooler.ini").write_text(
            "\n".join(["[databases]", database, "[pgbouncer]", *lines, ""])
        )
        (self.place / "pooler.ini").chmod(0o644)
        program = shutil.which("pgbouncer", path=_PATH)
        with open(self.place / "log", "w") as log:
            self._process = subprocess.Popen(
                [str(program), str(self.place / "pooler.ini")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **as_owner(),
            )  # fmt: skip
        until(self._answers)
        return self

    def said(self) -> str:
        return (self.place / "log").read_text(errors="replace")

    def remove(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)
        shutil.rmtree(self.place, ignore_errors=True)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.said()
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def until(is_so, seconds: float = _PATIENCE_SECONDS) -> None:
    """Wait for it, however busy the machine is."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came so far"
        time.sleep(0.05)
