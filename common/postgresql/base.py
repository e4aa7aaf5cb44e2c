"""PostgreSQL as Django has it, with statements that the server keeps, and lines that can be cut."""

import re
from collections.abc import Mapping
from functools import lru_cache
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from common.asking import Asking, Values
from common.postgresql import lines

_MARK = re.compile(r"%%|%s|%\((\w+)\)s")
_FRESH_SECONDS = 5.0  # since the last request on this line


class DatabaseWrapper(Asking, base.DatabaseWrapper):
    """One connection."""

    health_check_enabled: bool  # these two are Django's
    health_check_done: bool
    _checked_at = float("-inf")
    _kept: "psycopg.RawCursor[Any] | None" = None  # for one statement at a time, whose rows are taken at once

    def close_if_health_check_failed(self) -> None:
        """Django asks the server before each request whether it is still there. Of one that answered a moment
        ago it is enough that it has not hung up since, which the line tells without asking. A pooler keeps
        the line though the server behind it is another.
        """
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            before, self._checked_at = self._checked_at, monotonic()
            is_fresh = self._checked_at - before < _FRESH_SECONDS and not self._is_pooled
            self.health_check_done = is_fresh and lines.is_quiet(self.connection)
        super().close_if_health_check_failed()

    @property
    def _is_pooled(self) -> bool:
        return self.settings_dict["OPTIONS"].get("prepare_threshold", 0) is None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        line = super().get_new_connection(conn_params)
        lines.note(self.alias, line)
        return line

    def sent(self, sql: str, values: Values) -> Any:
        """The values travel beside the SQL, and the server keeps the statement: it is planned a few times,
        not for every request. Behind a pooler of transactions nothing can be kept; see settings/databases.
        """
        numbered, names = _numbered(sql)
        sequence = [values[name] for name in names] if isinstance(values, Mapping) else values
        if self._kept is None or self._kept.connection is not self.connection:
            self._kept = psycopg.RawCursor(self.connection)
        return self._kept.execute(numbered, sequence, prepare=True)

    def cut_lines(self) -> int:
        """Let everybody in this process who waits for this server fail at once; how many lines that were."""
        return lines.cut(self.alias)


@lru_cache(maxsize=500)
def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with PostgreSQL's own marks, and the names of its values in order, if they have any.

    The driver would read long statements anew each time, for longer than the server takes to answer.
    """
    names: list[str] = []

    def mark(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[1] is None or found[1] not in names:
            names.append(found[1] or "")
        return f"${names.index(found[1]) + 1 if found[1] else len(names)}"

    numbered = _MARK.sub(mark, sql)
    return numbered, tuple(names)
