"""The connections of this process, so that those to a replica that hangs can be cut.

A server that hangs (stopped, swapping, behind a network that swallows everything) keeps its connections and
never answers. Nothing in the protocol ends such waiting: a time limit of the statement is the server's own.
"""

import contextlib
import os
import select
import socket
import threading
from typing import Any
from weakref import WeakSet

import psycopg

_adding = threading.Lock()
_lines: dict[str, WeakSet[Any]] = {}


def cut(alias: str) -> int:
    """Let every thread that waits for this server fail at once, as if the server had hung up.

    Returns how many connections that were, idle ones too, which would hang the next request.
    """
    with _adding:
        lines = list(_lines.get(alias, ()))
    number = 0
    for line in lines:
        with contextlib.suppress(OSError, psycopg.Error):  # closed meanwhile
            number += _cut(line)
    return number


def _cut(line: Any) -> bool:
    """Through a number of our own, and only if the line's number still was its own once we had ours."""
    its = line.fileno()
    with socket.socket(fileno=os.dup(its)) as ours:
        if line.closed or line.fileno() != its:
            return False
        ours.shutdown(socket.SHUT_RDWR)
    return True


def is_quiet(line: Any) -> bool:
    """Whether nothing has come since the last answer: a server that goes says so, or hangs up."""
    if line.closed:
        return False
    poll = select.poll()
    poll.register(line.fileno(), select.POLLIN)
    return not poll.poll(0)


def note(alias: str, line: Any) -> None:
    """Remember a connection for as long as anybody holds it."""
    with _adding:
        _lines.setdefault(alias, WeakSet()).add(line)
