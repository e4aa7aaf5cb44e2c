"""The server of connections that stay open: web sockets of pages, streams of apps. Started by bin/stream.

It is the server of bin/run without a worker. It could answer everything, but the proxy in front sends it
only what stays open; docs/running.md has examples.
"""

import os
import signal
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from common import ending
from twitter_clone import env, local
from twitter_clone.serve import Server, allow_many_files, config, listen, say


def main() -> None:
    """Serve until a signal says stop. Exits with a sentence if it cannot."""
    try:
        local.read_env_file()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
        listener = listen(os.environ.get("HOST") or "127.0.0.1", env.number("STREAM_PORT", 8001))
        django.setup()
    except (local.CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))
    allow_many_files()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _heard)  # uvicorn hears it first, and raises it again at its end
    host, port = listener.getsockname()[:2]
    server = Server(config(), lambda: say(f"Streams of {settings.SITE_URL} on {host}:{port}"))
    server.run(sockets=[listener])
    if not server.started:
        sys.exit("The server could not start; the lines above say why.")
    ending.end()
    # A page that outlived its grace would hold up the end of the process.
    sys.stdout.flush()
    os._exit(0)


def _heard(number: int, frame: object) -> None:
    """The signal did its work: uvicorn has stopped."""


if __name__ == "__main__":
    main()
