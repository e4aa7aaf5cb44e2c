"""Queries whose SQL is written once and asked often.

Django takes up to ten times as long to write the SQL of a page of tweets as the database takes to
answer it. A `Prepared` lets the ORM write it the first time, with stand-ins where values belong, and
later exchanges the values alone. So the rules stay querysets, each in its one place: what is asked is
the SQL that the ORM wrote from them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from django.db import connection, connections, router
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.expressions import Col
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Value = int | str | datetime | None
Values = Value | list[int] | list[str]

# No row has such an id, no moment of ours is so early; the second set tells stand-ins from what is fixed.
_NUMBERS = (-(10**15), -2 * 10**15)
_MOMENTS = (datetime(1901, 1, 1, tzinfo=UTC), datetime(1902, 1, 1, tzinfo=UTC))
_TEXTS = ("\x01one", "\x01two")


class Prepared:
    """`build` makes a queryset out of keyword values: ids, texts, moments, None, and lists of ids or texts.

    It is called with stand-ins, once for each shape of values: None or not, and how long lists are. So it
    must pass values on as they are, and take everything that changes from them: the time of day is a
    value, too. Raises RuntimeError at the first call otherwise.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._written: dict[Hashable, _Written] = {}

    def rows(self, **values: Values) -> list[tuple[Any, ...]]:
        """One query. Lists are filled up to a few lengths by repeating, so that few shapes exist."""
        return self._asked(values)[1]

    def instances(self, model: type[Row], **values: Values) -> list[Row]:
        """One query of a queryset without `values_list`: `only` and `select_related` say what is loaded."""
        written, rows = self._asked(values)
        alias = router.db_for_read(model)
        own = len(written.columns)
        found = [model.from_db(alias, written.columns, row[:own]) for row in rows]
        others = get_related_populators(written.loaded, written.selected, alias)  # type: ignore[call-arg]
        for populator in others:
            for row, instance in zip(rows, found, strict=True):
                populator.populate(row, instance)
        return found

    def _asked(self, values: dict[str, Values]) -> tuple["_Written", list[tuple[Any, ...]]]:
        filled = {
            name: _filled(value) if isinstance(value, list) else value for name, value in values.items()
        }
        shape = (connection.vendor, *map(_shape, filled.values()))
        written = self._written.get(shape)
        if written is None:
            written = self._written[shape] = _write(self._build, filled)
        flat = list(_flat(filled.values()))
        return written, written.ask([_adapted(value) for value in flat])


@dataclass(frozen=True, slots=True)
class _Written:
    """`places` says which of the values each parameter is; `fixed` holds those that are none."""

    model: type[Model]
    sql: str
    columns: tuple[str, ...]
    fixed: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    converters: dict[int, Any]
    selected: Sequence[Any]  # as Django's compiler has them: the columns,
    loaded: dict[str, Any]  # and which of them belong to which model

    def ask(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        parameters = list(self.fixed)
        for place, number in self.places:
            parameters[place] = values[number]
        with _cursor(connections[router.db_for_read(self.model)]) as cursor:
            cursor.execute(self.sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """What Django does to SQLite's columns: truth from 0 and 1, moments from text."""
        changed = list(row)
        for place, (functions, expression) in self.converters.items():
            for function in functions:
                changed[place] = function(changed[place], expression, connection)
        return tuple(changed)


def _cursor(database: Any) -> CursorWrapper:
    """Django's own, and on PostgreSQL one for statements that the server keeps (common/postgresql)."""
    cursor: CursorWrapper = (
        database.prepared_cursor() if database.vendor == "postgresql" else database.cursor()
    )
    return cursor


def _write(build: Callable[..., QuerySet[Any, Any]], values: dict[str, Values]) -> _Written:
    """Twice with different stand-ins: what differs is a value, what stays is fixed."""
    (sql, one, compiler), (other_sql, other, _) = (_compiled(build, values, which) for which in (0, 1))
    stand_ins = [_adapted(value) for value in _flat(_stand_ins(values, 0).values())]
    changing = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    try:
        places = tuple((place, stand_ins.index(one[place])) for place in changing)
    except ValueError:
        places = ()
    if sql != other_sql or {number for _, number in places} != set(range(len(stand_ins))):
        raise RuntimeError("This query cannot be prepared: it depends on more than the values it is given.")
    selected = [expression for expression, _, _ in compiler.select]
    loaded = compiler.klass_info or {}
    own = [selected[place] for place in loaded.get("select_fields", ())]
    columns = tuple(column.target.attname for column in own if isinstance(column, Col))
    converters = compiler.get_converters(selected)
    model = cast(type[Model], compiler.query.model)
    return _Written(model, sql, columns, tuple(one), places, converters, compiler.select, loaded)


def _compiled(
    build: Callable[..., QuerySet[Any, Any]], values: dict[str, Values], which: int
) -> tuple[str, Sequence[Any], SQLCompiler]:
    rows = build(**_stand_ins(values, which))
    compiler = rows.query.get_compiler(using=rows.db)
    sql, parameters = compiler.as_sql()
    return sql, parameters, compiler


def _stand_ins(values: dict[str, Values], which: int) -> dict[str, Values]:
    """The same shape, with every value a different one that cannot be real."""
    number = iter(range(10**6))

    def stand_in(value: Values) -> Values:
        if isinstance(value, list):
            return [stand_in(one) for one in value]  # type: ignore[return-value]
        if isinstance(value, datetime):
            return _MOMENTS[which] + timedelta(seconds=next(number))
        if isinstance(value, str):
            return f"{_TEXTS[which]}{next(number)}"
        return None if value is None else _NUMBERS[which] - next(number)

    return {name: stand_in(value) for name, value in values.items()}


def _flat(values: Iterable[Values]) -> Iterable[Value]:
    """The single values in the order of the keywords; None needs no place."""
    for value in values:
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _shape(value: Values) -> object:
    """A length is no truth: a list of one would be taken for None."""
    return f"{len(value)} of them" if isinstance(value, list) else value is None


def _filled(values: list[Any]) -> list[Any]:
    """Up to the next power of two, by repeating the last."""
    return [*values, *[values[-1]] * ((1 << (len(values) - 1).bit_length()) - len(values))]


def _adapted(value: Value) -> object:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
