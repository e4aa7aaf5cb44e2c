"""`manage.py loadtest`: how many people this machine carries, and what gives way first."""

import json
import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from twitter_clone.loadtest import report
from twitter_clone.loadtest.running import Options, measure
from twitter_clone.loadtest.servers import DidNotStart

_FEWEST, _MOST = 50, 10_000_000


class Command(BaseCommand):
    help = (
        "Make a network of people in a database of its own, start a server on it, and let more and more"
        " people read, search, like, follow and tweet until it is too much. Takes some minutes and all of"
        " this machine; nothing of the real site is touched. Where the site is on PostgreSQL, a second"
        " database is made on the same server, and dropped."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=10_000, help="in the network that is made (10000)")
        parser.add_argument("--seconds", type=int, default=20, help="for each step (20)")
        parser.add_argument("--p95", type=int, default=250, metavar="MS", help="what people bear (250)")
        parser.add_argument(
            "--server",
            choices=["run", "gunicorn"],
            help="bin/run, or gunicorn, streams and a worker; what suits the database if not said",
        )
        parser.add_argument("--sqlite", action="store_true", help="SQLite, whatever the site uses")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
        parser.add_argument("--compare", type=Path, metavar="FILE", help="show what differs from that run")

    def handle(self, *args: Any, **options: Any) -> None:
        earlier = _read(options["compare"])
        chosen = _options(options)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it tidies up as after Ctrl+C
        try:
            found = measure(chosen, self._say)
        except KeyboardInterrupt:
            raise CommandError("Stopped; everything that was made is gone.", returncode=130) from None
        except (DidNotStart, RuntimeError) as error:
            raise CommandError(str(error)) from error
        self._say("")
        self._say(report.verdict(found))
        if earlier:
            self._say(f"\nAgainst {options['compare']}:")
            for line in report.differences(earlier, found):
                self._say(line)
        if options["json"]:
            text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
            options["json"].write_text(text, encoding="utf-8")
            self._say(f"All figures are in {options['json']}.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _options(options: dict[str, Any]) -> Options:
    for name, least, most in (("people", _FEWEST, _MOST), ("seconds", 2, 3600), ("p95", 1, 60_000)):
        if not least <= options[name] <= most:
            raise CommandError(f"--{name} is {options[name]}; write a number from {least} to {most}.")
    file = options["json"]
    if file and not file.resolve().parent.is_dir():
        raise CommandError(f"--json: there is no folder {file.resolve().parent}.")
    postgresql = "" if options["sqlite"] else _postgresql()
    server = options["server"] or ("gunicorn" if postgresql else "run")
    if server == "gunicorn" and not postgresql:
        raise CommandError("--server gunicorn is measured on PostgreSQL: set DATABASE_URL to one.")
    processes = 1 if server == "run" else int(os.environ.get("WEB_CONCURRENCY") or "2")
    return Options(
        people=options["people"],
        seconds=options["seconds"],
        p95_ms=options["p95"],
        server=server,
        postgresql=postgresql,
        web_processes=processes,
    )


def _postgresql() -> str:
    """The address of this site's PostgreSQL, empty on SQLite."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite"):
        return ""
    return os.environ["DATABASE_URL"].strip()


def _read(file: Path | None) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"--compare: {file} cannot be read ({error.strerror}).") from None
    except ValueError:
        found = None
    if not isinstance(found, dict) or "carries" not in found:
        raise CommandError(f"--compare: {file} is not what --json of an earlier run wrote.")
    return found
