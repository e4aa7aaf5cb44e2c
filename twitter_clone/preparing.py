"""What a server needs before it answers: tables and static files, each made only when something changed."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from twitter_clone.local import ROOT, CannotStart
from twitter_clone.tables import make_tables

_DATABASE_SECONDS = 30.0  # for a database server that starts at the same time as we do


def prepare_database() -> bool:
    """Bring the tables up to date. Returns whether there was anything to do.

    An empty SQLite file gets those that are on record. Migrations run in a process of their own: they take
    memory that this one would never give back. Raises CannotStart when the database does not answer within
    half a minute, or when that process fails.
    """
    _await_database()
    connection = connections[DEFAULT_DB_ALIAS]
    were_made = make_tables(connection)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return were_made
    if subprocess.call([sys.executable, "manage.py", "migrate", "--noinput", "-v0"], cwd=ROOT):
        raise CannotStart("The tables could not be made or changed; the reason stands above.")
    return True


def prepare_static_files() -> bool:
    """Collect, hash and compress the static files unless all is as it was. Returns whether it was not."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(root.name + ".made-from")
    wanted = _fingerprint()
    if (root / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def _await_database() -> None:
    end = time.monotonic() + _DATABASE_SECONDS
    while True:
        try:
            connections[DEFAULT_DB_ALIAS].ensure_connection()
        except OperationalError as error:
            if time.monotonic() > end:
                raise CannotStart(f"The database does not answer: {str(error).strip()}") from error
            time.sleep(0.5)
        else:
            return


def _fingerprint() -> str:
    """Changes with every file that ends up among the static files, and with what makes them."""
    digest = hashlib.sha256()
    for name in ("Django", "whitenoise", "django-allauth"):
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(repr(settings.STORAGES["staticfiles"]).encode())
    for path in _sources():
        found = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for config in apps.get_app_configs():
        if Path(config.path).parent == ROOT:
            yield from sorted(path for path in Path(config.path, "static").rglob("*") if path.is_file())
    yield ROOT / "web" / "bundles.py"
