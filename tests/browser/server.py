"""A real server for the browser: what bin/run starts, on a free port and in a folder thrown away."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 180  # a busy machine is no defect
_STOP_SECONDS = 30


@dataclass
class Server:
    """`url` without a slash at its end; `scene` is what tests/browser/scene.py printed."""

    url: str
    folder: Path
    scene: dict = field(default_factory=dict)

    def cookies_of(self, person: str) -> list[dict]:
        """The cookie with which that person of the scene is signed in."""
        return [{"name": "session", "value": self.scene["sessions"][person], "url": self.url}]


class RunningServer:
    """`with RunningServer(folder) as server:` – pages, pictures and the worker, ended at the end.

    `scene` names the module that fills the data folder before the start; `options` go to bin/run's command;
    `settings` is another module of them than people use; `command` what serves, instead of bin/run's.
    """

    def __init__(
        self,
        folder: Path,
        scene: str = "",
        options: tuple[str, ...] = (),
        settings: str = "twitter_clone.settings.base",
        command: tuple[str, ...] = ("-m", "twitter_clone.serve"),
        **variables: str,
    ) -> None:
        self._folder = folder
        self._scene = scene
        self._options = options
        self._settings = settings
        self._command = command
        self._variables = variables
        self._port = _free_port()

    def __enter__(self) -> Server:
        server = Server(f"http://localhost:{self._port}", self._folder)
        environment = _environment(server, self._port) | {"DJANGO_SETTINGS_MODULE": self._settings}
        self._environment = environment | self._variables
        if self._scene:
            server.scene = _play(self._scene, self._environment)
        self.start()
        try:
            self.wait(server)
        except BaseException:
            self.__exit__()
            raise
        return server

    def start(self) -> None:
        """Also again, after it was stopped."""
        self._log = open(self._folder / "server.log", "a")  # noqa: SIM115  (closed with the process)
        self._process = subprocess.Popen(
            [sys.executable, *(part.format(port=self._port) for part in self._command), *self._options],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def work(self) -> None:
        """Do what waits, where the command has no worker."""
        work = [sys.executable, "manage.py", "run_worker", "--until-empty"]
        subprocess.run(work, cwd=ROOT, env=self._environment, check=True, timeout=_START_SECONDS)

    def kill(self) -> None:
        """As when the power fails: nobody is told anything."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    def __exit__(self, *trouble: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def wait(self, server: Server) -> None:
        end = time.monotonic() + _START_SECONDS
        while not _answers(server.url + "/readyz"):
            if self._process.poll() is not None or time.monotonic() > end:
                said = (self._folder / "server.log").read_text()
                raise RuntimeError(f"The server for the browser tests did not start. It said:\n{said}")
            time.sleep(0.1)


def _environment(server: Server, port: int) -> dict[str, str]:
    """Only what we say: neither the settings of the tests nor a maintainer's own variables or .env count."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": server.url,
        "SITE_NAME": "Twitter Clone",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DATA_DIR": str(server.folder),
        "DATABASE_URL": f"sqlite:///{server.folder / 'db.sqlite3'}",
        "SQLITE_SYNCHRONOUS": "NORMAL",
        "EMAIL_HOST": "",
        "DEBUG": "no",
        "SECRET_KEY": "a key for browser tests, long enough to satisfy every check of fifty",
        "LOG_LEVEL": "WARNING",
        "SINGLE_PROCESS": "yes",
    }


def _play(module: str, environment: dict[str, str]) -> dict:
    play = [sys.executable, "manage.py", "shell", "-c", f"from {module} import main; main()"]
    played = subprocess.run(
        play, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_START_SECONDS
    )
    if played.returncode:
        raise RuntimeError(f"The data for the browser tests could not be made:\n{played.stderr}")
    return json.loads(played.stdout.splitlines()[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
