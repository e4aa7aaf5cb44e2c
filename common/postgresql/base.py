"""PostgreSQL as Django has it, with statements that the server keeps, and lines that can be cut."""

from typing import Any, Self

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

from common.postgresql import lines


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        line = super().get_new_connection(conn_params)
        lines.note(self.alias, line)
        return line

    def prepared_cursor(self) -> CursorWrapper:
        """Its values travel beside the SQL, and the server keeps the statement: it is planned a few times,
        not for every request. Behind a pooler of transactions nothing can be kept; see settings/databases.
        """
        if self.queries_logged:  # Django can tell what its own cursors sent, with the values
            return self.cursor()
        self.close_if_health_check_failed()
        self.ensure_connection()
        cursor: CursorWrapper = self._prepare_cursor(_Kept(self.connection))  # type: ignore[attr-defined]
        return cursor

    def cut_lines(self) -> int:
        """Let everybody in this process who waits for this server fail at once; how many lines that were."""
        return lines.cut(self.alias)


class _Kept(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, prepare=True)
