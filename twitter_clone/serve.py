"""The whole server as one command: pages in this process, jobs in a child, both ended by one signal.

`python -m twitter_clone.serve`, started by bin/run. Options: --demo fills an empty server.
"""

import argparse
import contextlib
import ctypes
import gc
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

import django
import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import get_resolver
from django.utils import autoreload

from common import ending
from jobs.keeper import Keeper
from twitter_clone import checks, env, local
from twitter_clone.connections import PatientProtocol, PatientSocket
from twitter_clone.preparing import prepare_database, prepare_static_files

_GRACE_SECONDS = 20  # for requests in flight and the job in hand when we are told to stop
_KEEP_ALIVE_SECONDS = 20
_FILES = 16_384
_SOCKET_MESSAGE_BYTES = 8192
_PING_SECONDS = 40.0  # proxies forget a line that is silent for a minute


_M_ARENA_MAX = -8  # malloc.h


def main() -> None:
    """Prepare what is missing, then serve until a signal says stop. Exits with a sentence if it cannot."""
    arguments = _arguments()
    try:
        local.read_env_file()
        local.fill_in_defaults()
        os.environ["SINGLE_PROCESS"] = "yes"
        _keep_small()
        gc.disable()  # of what is loaded nothing will be freed, and a fifth of the time is looking for it
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
        if env.flag("DEBUG"):
            autoreload.run_with_reloader(_serve_in_thread, demo=arguments.demo)
        else:
            _serve(demo=arguments.demo)
    except (local.CannotStart, ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:  # while preparing; there is nothing to end yet
        sys.exit(130)


def _keep_small() -> None:
    """Let all threads share two heaps, here and in the worker: glibc gives each of them one of its own."""
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # heard by processes that are started from here
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


class Server(uvicorn.Server):
    """uvicorn, which tells when it is listening, and lets open connections know first when it stops."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Streams would never end by themselves, and only the application can tell them. uvicorn does so last.
        await self.lifespan.shutdown()
        await super().shutdown(sockets)


def _serve(*, demo: bool) -> None:
    lock = local.open_data_folder()
    local.make_keys()
    local.use_kept_keys()
    listener = listen(os.environ.get("HOST") or "127.0.0.1", env.number("PORT", 8000))
    django.setup()
    if checks.lacks_mail():
        say(checks.NOBODY_CAN_JOIN)
    if prepare_database():
        say("Made the database tables.")
    if not env.flag("DEBUG") and prepare_static_files():
        say("Collected the static files.")
    if demo:
        _make_demo()
    call_command("setup_code", "--at-start")
    _ = get_resolver().url_patterns  # loads all pages, so that the first visitor need not wait for them
    gc.freeze()
    gc.enable()
    _run(listener)
    lock.close()


def _make_demo() -> None:
    """In a process of its own: drawing its pictures takes memory that this one would never give back."""
    if subprocess.call([sys.executable, "manage.py", "make_demo"], cwd=local.ROOT):
        raise local.CannotStart("The demo could not be made; the reason stands above.")


def _serve_in_thread(*, demo: bool) -> None:
    """The reloader keeps the main thread for itself; what stops us here must end the process."""
    try:
        _serve(demo=demo)
    except (local.CannotStart, ImproperlyConfigured, CommandError) as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)


def _run(listener: socket.socket) -> None:
    # The worker need not wait for the disk: what a power cut takes of its work, it takes together with the
    # note that it was done, so it is done again; and what a page promised, the page has waited for.
    keeper = Keeper(["run_worker", "--with-parent"], "The worker", SQLITE_SYNCHRONOUS="NORMAL")

    def listening() -> None:
        keeper.start()
        _greet(listener)

    allow_many_files()
    for number in (signal.SIGINT, signal.SIGTERM):
        if threading.current_thread() is threading.main_thread():
            signal.signal(number, _heard)  # uvicorn hears it first, and raises it again at its end
    server = Server(config(), listening)
    server.run(sockets=[listener])
    keeper.stop()
    ending.end()
    if not server.started:
        raise local.CannotStart("The server could not start; the lines above say why.")
    # A page that outlived its grace would hold up the end of the process.
    if any(thread.name.startswith("page") for thread in threading.enumerate()):
        sys.stdout.flush()
        os._exit(0)


def config() -> uvicorn.Config:
    """How uvicorn serves us, in bin/run and in bin/stream."""
    return uvicorn.Config(
        "twitter_clone.asgi:application",
        http=PatientProtocol,
        ws=PatientSocket,
        ws_max_size=_SOCKET_MESSAGE_BYTES,
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PING_SECONDS,
        ws_per_message_deflate=False,  # it would cost more memory for each socket than all the rest
        lifespan="on",
        log_config=None,
        log_level="error",  # what strangers send wrongly is answered, not logged
        access_log=False,
        proxy_headers=False,  # common.middleware.ClientAddress counts the hops
        server_header=False,
        backlog=1024,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def listen(host: str, port: int) -> socket.socket:
    """Take the port before the slow part of the start. Raises CannotStart when it is taken."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise CannotListen(host, port, error) from error
    return listener


class CannotListen(local.CannotStart):
    """The address is taken, not ours or not allowed."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(
            f"Cannot listen on {host}, port {port} ({error.strerror})."
            f" Stop the program that uses it, or choose another port: PORT={port + 1} bin/run"
        )


def _greet(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    place = f"[{host}]" if ":" in host else host
    say(
        f"\n  {settings.SITE_NAME} is running at {settings.SITE_URL}\n"
        f"  (listening on {place}:{port}, data in {local.data_folder()}; Ctrl+C ends it)\n"
    )


def say(sentence: str) -> None:
    """To the person who started us."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def allow_many_files() -> None:
    """Every connection is an open file, and many systems allow only 1,024 unless asked."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _heard(number: int, frame: object) -> None:
    """The signal did its work: uvicorn has stopped, and we end in our own order."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Run the whole server.")
    parser.add_argument("--demo", action="store_true", help="fill an empty server with people and tweets")
    return parser.parse_args()


if __name__ == "__main__":
    main()
