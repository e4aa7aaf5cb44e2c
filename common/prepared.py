"""Queries whose SQL is written once and asked often.

Django takes up to ten times as long to write the SQL of a page of tweets as the database takes to
answer it. A `Prepared` lets the ORM write it the first time, with stand-ins where values belong, and
later exchanges the values alone. So the rules stay querysets, each in its one place: what is asked is
the SQL that the ORM wrote from them.
"""

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, router
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
_MARK = re.compile("%%|%s")
_TRUTH = {0: False, 1: True, None: None}


class Prepared:
    """`build` makes a queryset out of keyword values: ids, texts, moments, None, and lists of ids or texts.

    It is called with stand-ins, once for each shape of values: None or not, and how long lists are. So it
    must pass values on as they are, and take everything that changes from them: the time of day is a
    value, too. Raises RuntimeError at the first call otherwise.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._model: type[Model] | None = None  # nobody knows before it is asked
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
        database: Any = connections[router.db_for_read(self._model) if self._model else DEFAULT_DB_ALIAS]
        filled = [_filled(value) if isinstance(value, list) else value for value in values.values()]
        shape = (database.vendor, *values, *map(_shape, filled))
        written = self._written.get(shape)
        if written is None:
            written = _write(self._build, dict(zip(values, filled, strict=True)))
            self._written[shape], self._model = written, written.model
            return self._asked(values)
        return written, written.ask(database, filled)


@dataclass(frozen=True, slots=True)
class _Written:
    """`places` says where each parameter of the SQL comes from: the values first, then what is `fixed`."""

    model: type[Model]
    sql: str
    columns: tuple[str, ...]
    fixed: tuple[Any, ...]
    places: tuple[int, ...]
    changes: tuple[tuple[int, Callable[[Any], Any]], ...]  # of which column, into what
    selected: Sequence[Any]  # as Django's compiler has them: the columns,
    loaded: dict[str, Any]  # and which of them belong to which model

    def ask(self, database: Any, values: Sequence[Values]) -> list[tuple[Any, ...]]:
        known = [*_adapted(values, database), *self.fixed]
        rows: list[tuple[Any, ...]] = database.ask(self.sql, [known[place] for place in self.places])
        if not (self.changes and rows):
            return rows
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, change in self.changes:
            columns[place] = map(change, columns[place])
        return list(zip(*columns, strict=True))


def _write(build: Callable[..., QuerySet[Any, Any]], values: dict[str, Values]) -> _Written:
    """Twice with different stand-ins: what differs is a value, what stays is fixed, and written into the
    SQL where it can be: the database then knows how many rows are public, or which index has only these.
    """
    (sql, one, compiler), (other_sql, other, _) = (_compiled(build, values, which) for which in (0, 1))
    database = connections[cast(str, compiler.using)]
    stand_ins = _adapted(_stand_ins(values, 0).values(), database)
    words = [_literal(mine) if mine == its else None for mine, its in zip(one, other, strict=True)]
    fixed = tuple(
        mine for mine, its, word in zip(one, other, words, strict=True) if mine == its and word is None
    )
    number, places = itertools.count(len(stand_ins)), []
    for mine, its, word in zip(one, other, words, strict=True):
        if word is None:
            places.append(next(number) if mine == its else stand_ins.index(mine) if mine in stand_ins else -1)
    if sql != other_sql or set(places) != set(range(len(stand_ins) + len(fixed))):
        raise RuntimeError("This query cannot be prepared: it depends on more than the values it is given.")
    selected = [expression for expression, _, _ in compiler.select]
    loaded = compiler.klass_info or {}
    own = [selected[place] for place in loaded.get("select_fields", ())]
    columns = tuple(column.target.attname for column in own if isinstance(column, Col))
    changes = tuple(_changes(compiler.get_converters(selected), database))
    model = cast(type[Model], compiler.query.model)
    return _Written(model, _with(words, sql), columns, fixed, tuple(places), changes, compiler.select, loaded)


def _literal(value: Any) -> str | None:
    """A number or a text as it stands in SQL that is still to be filled with values, else None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, int):
        return str(int(value))
    return "'{}'".format(value.replace("'", "''").replace("%", "%%"))


def _with(words: Sequence[str | None], sql: str) -> str:
    """The SQL with these words in place of its marks, where there are any."""
    following = iter(words)
    return _MARK.sub(lambda found: next(following) or found[0] if found[0] == "%s" else found[0], sql)


def _changes(converters: dict[int, Any], database: Any) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """What Django does to columns: on SQLite it makes truth of 0 and 1, moments of text."""
    to_truth = getattr(database.ops, "convert_booleanfield_value", None)
    for place, (functions, expression) in converters.items():
        for function in functions:
            known = partial(_converted, function, expression)
            yield place, _TRUTH.__getitem__ if function == to_truth else known


def _converted(function: Callable[..., Any], expression: Any, value: Any) -> Any:
    return function(value, expression, connection)


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


def _shape(value: Values) -> object:
    """A list is never empty, and its length no truth: a list of one would be taken for None."""
    return -len(value) if isinstance(value, list) else value is None


def _filled(values: list[Any]) -> list[Any]:
    """Up to the next power of two, by repeating the last."""
    return [*values, *[values[-1]] * ((1 << (len(values) - 1).bit_length()) - len(values))]


def _adapted(values: Iterable[Values], database: Any) -> list[Any]:
    """The single values in their order, as the database has them; None needs no place."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found += value
        elif isinstance(value, datetime):
            found.append(database.ops.adapt_datetimefield_value(value))
        elif value is not None:
            found.append(value)
    return found
