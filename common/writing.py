"""Writing what is written often: by SQL that stands written once, and past the cursors of Django.

Django takes ten times as long to write the statement for one row as a database to do it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import AutoField, Field, Model
from django.db.models.expressions import DatabaseDefault

Row = TypeVar("Row", bound=Model)

_FEW = 8  # rows; with more Django's own writing is a small part


def change(model: type[Model], sql: str, *values: Any) -> int:
    """Run a statement written by hand that changes rows of this model. Returns how many."""
    database: Any = connections[router.db_for_write(model)]
    changed: int = database.change(sql, values)
    return changed


def count(model: type[Model], an_id: int, changes: Mapping[str, int], **noted: Any) -> bool:
    """Add to counters in a row, in SQL, so that no writer loses another's; none goes below nothing. What is
    `noted` beside it is written as it is. Tells whether there is such a row.
    """
    added = {column: number for column, number in changes.items() if number}
    if not added and not noted:
        return False
    database: Any = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in noted]
    values = [
        field.get_db_prep_save(value, database) for field, value in zip(fields, noted.values(), strict=True)
    ]
    sql = _counting(model._meta.db_table, tuple(added), tuple(noted), database.vendor)
    changed: int = database.change(sql, [*added.values(), *values, an_id])
    return changed > 0


@cache
def _counting(table: str, added: tuple[str, ...], noted: tuple[str, ...], vendor: str) -> str:
    most = "MAX" if vendor == "sqlite" else "GREATEST"
    sums = (f"{column} = {most}({column} + %s, 0)" for column in added)
    return f"UPDATE {table} SET {', '.join([*sums, *(f'{column} = %s' for column in noted)])} WHERE id = %s"  # noqa: S608


class Inserts(Generic[Row]):
    """Writes whole rows of one model, of plain values. With `ignores_conflicts` a row that is there already
    stays as it is; with `replaces` these columns of the one with the same primary key are written anew.
    """

    def __init__(
        self, model: type[Row], *, ignores_conflicts: bool = False, replaces: Sequence[str] = ()
    ) -> None:
        self._model, self._ignores_conflicts, self._replaces = model, ignores_conflicts, replaces
        meta = model._meta
        self._written: dict[tuple[str, int], str] = {}
        self._tells_ids = isinstance(meta.pk, AutoField) and not ignores_conflicts
        self._fields: list[Field[Any, Any]] = [
            field for field in meta.local_concrete_fields if not isinstance(field, AutoField)
        ]

    def write(self, rows: Sequence[Row]) -> None:
        """All of them, in one statement if they are few. They know their ids afterwards, where the database
        tells them.
        """
        if len(rows) > _FEW:
            self._model._base_manager.bulk_create(
                rows,
                ignore_conflicts=self._ignores_conflicts,
                update_conflicts=bool(self._replaces),
                update_fields=self._replaces or None,
                unique_fields=["pk"] if self._replaces else None,
            )
        elif rows:
            self._write(rows, connections[router.db_for_write(self._model)])

    def _write(self, rows: Sequence[Row], database: Any) -> None:
        values = [
            field.get_db_prep_save(_value(row, field), database) for row in rows for field in self._fields
        ]
        sql = self._sql(len(rows), database)
        if self._tells_ids and database.features.can_return_rows_from_bulk_insert:
            for row, (an_id,) in zip(rows, database.ask(f"{sql} RETURNING id", values), strict=True):
                row.pk = an_id
        else:
            database.change(sql, values)
        for row in rows:
            row._state.adding, row._state.db = False, database.alias

    def _sql(self, number: int, database: Any) -> str:
        known = self._written.get((database.vendor, number))
        if known is None:
            columns = ", ".join(database.ops.quote_name(field.column) for field in self._fields)
            row = f"({', '.join(['%s'] * len(self._fields))})"
            known = f"INSERT INTO {self._model._meta.db_table} ({columns}) VALUES {', '.join([row] * number)}"  # noqa: S608
            known += self._on_conflict(database)
            self._written[database.vendor, number] = known
        return known

    def _on_conflict(self, database: Any) -> str:
        if self._ignores_conflicts:
            return " ON CONFLICT DO NOTHING"
        if not self._replaces:
            return ""
        columns = [database.ops.quote_name(self._column(name)) for name in ("pk", *self._replaces)]
        anew = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns[1:])
        return f" ON CONFLICT ({columns[0]}) DO UPDATE SET {anew}"

    def _column(self, name: str) -> str:
        field: Any = self._model._meta.pk if name == "pk" else self._model._meta.get_field(name)
        return str(field.column)


def _value(row: Model, field: Field[Any, Any]) -> Any:
    """Where the database would have chosen one, the row knows now which."""
    value: Any = field.pre_save(row, add=True)
    if isinstance(value, DatabaseDefault):
        default: Any = value
        value = default.expression.value
        setattr(row, field.attname, value)
    return value
