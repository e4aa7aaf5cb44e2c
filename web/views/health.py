"""Two questions machines ask: is the process alive, and could it serve people."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseTrouble
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from common.replicas.watch import watch


class NotReady(Exception):
    """A part that is missing; the message is for operators and holds no secrets."""


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, tables and cache are there, else 503 with each part's state.

    Replicas and Redis are told of, but not asked for: without replicas the primary does their work, and
    without Redis the site goes on. To send nobody here would make a small outage a large one.
    """
    parts = {name: _state(check) for name, check in _CHECKS.items()}
    needed = parts.keys() - ({"cache"} if settings.REDIS_URL else set())
    ready = all(parts[name] == "ok" for name in needed)
    if settings.REDIS_URL:
        parts["redis"] = parts.pop("cache")
    if settings.REPLICAS:
        parts["replicas"] = watch().report()
    response = JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    if not ready:
        response["Retry-After"] = "5"
    return response


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as missing:
        return str(missing)
    except (DatabaseTrouble, OSError) as trouble:
        return f"does not answer ({type(trouble).__name__})"
    return "ok"


def _check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


_migrated = False  # once true it stays so: a running process cannot lose its tables


def _check_migrations() -> None:
    global _migrated
    if _migrated:
        return
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        raise NotReady(f"{len(pending)} migrations are pending; run manage.py migrate")
    _migrated = True


def _check_cache() -> None:
    key, value = f"readyz:{secrets.token_hex(4)}", secrets.token_hex(8)
    cache.set(key, value, timeout=5)
    found = cache.get(key)
    cache.delete(key)
    if found != value:
        raise NotReady("does not keep what it is given")


_CHECKS = {"database": _check_database, "migrations": _check_migrations, "cache": _check_cache}
