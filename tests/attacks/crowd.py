"""Many hands at the same moment: real threads, each with a connection of its own."""

import threading
from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.db import connection

from common.errors import HouseError

Deed = Callable[[], object]


def at_once(*deeds: Deed, times: int = 1) -> list[Exception]:
    """Do all of this at the same moment; returns what went wrong, but for the house's own refusals."""
    todo = [deed for deed in deeds for _ in range(times)]
    together = threading.Barrier(len(todo), timeout=20)
    broken: list[Exception] = []

    def run(deed: Deed) -> None:
        try:
            connection.ensure_connection()
            together.wait()
            deed()
        except HouseError:
            pass
        except Exception as error:  # noqa: BLE001  reported to the test
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def counters_agree() -> bool:
    """What `manage.py repair_counts --dry-run` says about all counters."""
    out = StringIO()
    call_command("repair_counts", "--dry-run", stdout=out)
    return "wrong" not in out.getvalue()
