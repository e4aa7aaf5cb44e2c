"""The site on given databases, as larger hosts run it, and people who use it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from tests.serving import ROOT, RunningServer, environment

_CSRF = "c" * 32


class Site:
    """Processes of gunicorn and workers that share databases and a data folder."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.variables = {
            "SECRET_KEY": "a key for tests, long enough to satisfy every check of fifty",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://localhost:8000",
            "WEB_CONCURRENCY": "1",
            "WEB_THREADS": "4",
            "STATIC_ROOT": str(folder / "static"),
            **variables,
        }
        self.keys: dict[str, dict[str, str]] = {}
        self._web: list[RunningServer] = []
        self._workers: list[subprocess.Popen[bytes]] = []

    def elsewhere(self, **variables: str) -> "Site":
        """The same people and files on other databases, which are copies of ours."""
        other = Site(self.folder, **{**self.variables, **variables})
        other.keys = self.keys
        return other

    def prepare(self, people: Sequence[str]) -> None:
        """Tables and people."""
        self.keys |= json.loads(self.run("-m", "tests.postgres.people", *people).splitlines()[-1])

    def run(self, *arguments: str) -> str:
        """A program of ours, to its end; returns what it printed."""
        program = self.begin(*arguments)
        said, complained = program.communicate(timeout=120)
        assert program.returncode == 0, complained
        return said

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """A program of ours, while the test goes on."""
        settings = {"DJANGO_SETTINGS_MODULE": "twitter_clone.settings.base", "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(self.folder, 0, **self.variables, **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def serve(self, first_page: str = "/", **variables: str) -> RunningServer:
        """One more process that makes pages."""
        command = [str(Path(sys.executable).parent / "gunicorn"), "twitter_clone.wsgi"]
        server = RunningServer(self.folder, command, {**self.variables, **variables}, first_page=first_page)
        self._web.append(server)
        return server.start()

    def work(self) -> subprocess.Popen[bytes]:
        """One more process that does jobs."""
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT, env=environment(self.folder, 0, **self.variables), start_new_session=True,
        )  # fmt: skip
        self._workers.append(worker)
        return worker

    def person(self, server: RunningServer, name: str = "") -> "Browser":
        return Browser(server.port, self.keys[name]["session"] if name else "")

    def app(self, server: RunningServer, name: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.keys[name]['token']}"}
        return httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=headers, timeout=30)

    def close(self) -> None:
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.wait(30)
        for server in self._web:
            os.killpg(
                server.process.pid, signal.SIGKILL
            )  # connections that are kept alive are not waited for
            server.stop()


class Browser(httpx.Client):
    """Keeps cookies, sends forms. With no session it is a visitor's."""

    def __init__(self, port: int, session: str = "") -> None:
        cookies = {"csrf": _CSRF, **({"session": session} if session else {})}
        super().__init__(base_url=f"http://127.0.0.1:{port}", cookies=cookies, timeout=30)

    def elsewhere(self, server: RunningServer) -> "Browser":
        """The same browser, sent to another process."""
        other = Browser(server.port)
        other.cookies = self.cookies
        return other

    def submit(self, path: str, **fields: str) -> httpx.Response:
        return self.post(path, data={"csrfmiddlewaretoken": _CSRF, **fields})

    def tweet(self, text: str) -> httpx.Response:
        return self.submit("/create/", text=text)
