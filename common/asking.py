"""What our databases can do beside Django's: be asked without a cursor of Django's, as is done most often."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.asyncio import async_unsafe

Rows = list[tuple[Any, ...]]
Values = Sequence[Any] | Mapping[str, Any]  # for `%s`, or for `%(name)s`


class Asking(BaseDatabaseWrapper):
    """A cursor of Django's passes through a dozen calls, which take longer than SQLite to find a few rows.

    What is raised is what Django raises, and whoever counts or times queries knows of these, too.
    """

    def ask(self, sql: str, values: Values) -> Rows:
        """All rows that answer."""
        rows: Rows = self._run(_rows, sql, values)
        return rows

    def change(self, sql: str, values: Values) -> int:
        """How many rows the statement changed."""
        number: int = self._run(_number, sql, values)
        return number

    def sent(self, sql: str, values: Values) -> Any:
        """A cursor of the database's own driver, which has run the statement."""
        raise NotImplementedError

    @async_unsafe
    def _run(self, take: Callable[[Any], Any], sql: str, values: Values) -> Any:
        if self.queries_logged:  # Django can tell what its own cursors sent, with the values
            with self.cursor() as cursor:
                cursor.execute(sql, values)
                return take(cursor)
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        execute: Callable[..., Any] = partial(self._send, take)
        for wrapper in reversed(self.execute_wrappers):
            execute = partial(wrapper, execute)
        return execute(sql, values, False, {"connection": self, "cursor": None})

    def _send(
        self,
        take: Callable[[Any], Any],
        sql: str,
        values: Values,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        with self.wrap_database_errors:
            return take(self.sent(sql, values))


def _rows(cursor: Any) -> Any:
    return cursor.fetchall()


def _number(cursor: Any) -> Any:
    return cursor.rowcount
