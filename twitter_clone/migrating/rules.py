"""What a migration would do to a site in use: lock a large table, or break the version that still runs.

Both count for PostgreSQL, where several machines are upgraded one after the other. docs/upgrading.md has the
other way for each refusal.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations import operations as django
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models import GeneratedField, UniqueConstraint, Value
from django.db.models.fields import NOT_PROVIDED
from django.db.models.functions import Now

from common.gentle_migrations import AddIndexGently

# Tables that stay small: a lock on them is over before anybody notices.
SMALL_TABLES = {
    "analytics.trend": "some ten thousand tags at most",
    "jobs.clock": "a row for each periodic task",
    "search.progress": "a row for each walk",
}
_INDEX = "builds an index while nobody can write: AddIndexGently, in a migration of its own, does not"
_EVERY_ROW = "looks at every row while nobody can write"
_FORMER_WRITES = "the version that still runs writes rows without it: give it db_default, or let it be null"
_FORMER_ASKS = "the version that still runs asks for it: stop using it first, remove it a release later"
_RENAMED = (
    "the version that still runs asks for the old name: add the new one beside it, remove the old one later"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: in which migration it stands, and how the tables are before it."""

    migration: Migration
    operation: Any
    before: ProjectState
    made_here: frozenset[str]  # models whose tables this very migration makes: empty, and unknown to others

    def label(self, name: str) -> str:
        return f"{self.migration.app_label}.{name.lower()}"

    def is_new(self, name: str) -> bool:
        return self.label(name) in self.made_here

    def is_small(self, name: str) -> bool:
        return self.label(name) in SMALL_TABLES

    def field_before(self, model: str, name: str) -> Any:
        return self.before.models[self.migration.app_label, model.lower()].fields[name]


def troubles(step: Step) -> list[str]:
    """Why this operation should not meet a site in use; nothing when it may."""
    kind = type(step.operation)
    if kind in _HARMLESS:
        return []
    judge = _JUDGES.get(kind)
    return list(judge(step)) if judge else ["is nothing this check knows: teach it, or excuse the migration"]


def _add_field(step: Step) -> Iterator[str]:
    operation = step.operation
    if step.is_new(operation.model_name) or operation.field.many_to_many:
        return
    field, is_small = operation.field, step.is_small(operation.model_name)
    if isinstance(field, GeneratedField):
        yield "writes every row anew"
        return
    if not field.null and not _has_db_default(field):
        yield _FORMER_WRITES
    if is_small:
        return
    if _has_db_default(field) and not _is_the_same_for_all(field.db_default):
        yield "has a default that may differ from row to row, so every row is written anew"
    if field.unique or field.db_index:
        yield _INDEX
    # A foreign key in a new column without a default finds nothing to look at, and PostgreSQL knows it.
    if _is_bound(field) and _has_db_default(field):
        yield f"has a foreign key, which {_EVERY_ROW}"


def _alter_field(step: Step) -> Iterator[str]:
    operation = step.operation
    if step.is_new(operation.model_name):
        return
    old, new = step.field_before(operation.model_name, operation.name), operation.field
    is_small = step.is_small(operation.model_name)
    if old.many_to_many and new.many_to_many:
        return
    if old.db_column != new.db_column:
        yield _RENAMED
    if old.null and not new.null:
        yield f"{_EVERY_ROW}, and the version that still runs may write none"
    if _has_db_default(old) and not _has_db_default(new):
        yield "takes away the default that the version that still runs may rely on"
    if not is_small and not _is_widened(old, new):
        yield "is of another type, so every row is looked at or written anew while nobody can read"
    if not is_small and ((new.unique and not old.unique) or (new.db_index and not old.db_index)):
        yield _INDEX
    if not is_small and _is_bound(new) and (not _is_bound(old) or _target(old) != _target(new)):
        yield f"has a foreign key, which {_EVERY_ROW}"


def _remove_field(step: Step) -> Iterator[str]:
    if not step.is_new(step.operation.model_name):
        yield _FORMER_ASKS


def _rename_field(step: Step) -> Iterator[str]:
    if not step.is_new(step.operation.model_name):
        yield _RENAMED


def _delete_model(step: Step) -> Iterator[str]:
    if not step.is_new(step.operation.name):
        yield _FORMER_ASKS


def _rename_model(step: Step) -> Iterator[str]:
    if not step.is_new(getattr(step.operation, "old_name", "") or step.operation.name):
        yield _RENAMED


def _add_index(step: Step) -> Iterator[str]:
    if not step.is_new(step.operation.model_name) and not step.is_small(step.operation.model_name):
        yield _INDEX


def _add_constraint(step: Step) -> Iterator[str]:
    name, constraint = step.operation.model_name, step.operation.constraint
    if step.is_new(name):
        return
    yield "the version that still runs must keep to it, too: excuse it when it does"
    if not step.is_small(name):
        yield _INDEX if isinstance(constraint, UniqueConstraint) else _EVERY_ROW


def _remove_constraint(step: Step) -> Iterator[str]:
    name = step.operation.model_name
    if step.is_new(name):
        return
    model = step.before.models[step.migration.app_label, name.lower()]
    if isinstance(model.get_constraint_by_name(step.operation.name), UniqueConstraint):
        yield "the version that still runs may rely on it when it writes a row or finds it there"


def _run_python(step: Step) -> Iterator[str]:
    own = step.operation.atomic
    if step.migration.atomic if own is None else own:
        yield "holds what it changes until it is through: set atomic = False, and go in batches"


def _run_sql(step: Step) -> Iterator[str]:
    yield "is SQL, which this check does not read"


def _separate(step: Step) -> Iterator[str]:
    """What is done to the database counts; what is only forgotten must not be missed by new rows."""
    for operation in step.operation.database_operations:
        yield from troubles(Step(step.migration, operation, step.before, step.made_here))
    done = {type(operation) for operation in step.operation.database_operations}
    for operation in step.operation.state_operations:
        if isinstance(operation, django.RemoveField) and django.RemoveField not in done:
            field = step.field_before(operation.model_name, operation.name)
            if not field.null and not _has_db_default(field) and not field.many_to_many:
                yield "forgets a column that new rows still need: give it db_default or let it be null first"


def _has_db_default(field: Any) -> bool:
    return field.db_default is not NOT_PROVIDED


def _is_the_same_for_all(default: Any) -> bool:
    return not hasattr(default, "resolve_expression") or isinstance(default, Value | Now)


def _is_bound(field: Any) -> bool:
    return bool(field.remote_field and getattr(field, "db_constraint", False))


def _target(field: Any) -> str:
    return str(field.remote_field.model).lower()


def _is_widened(old: Any, new: Any) -> bool:
    """Whether PostgreSQL takes the new type without looking at a row."""
    if old.remote_field or new.remote_field:
        return bool(old.remote_field and new.remote_field)  # another target is told of as a foreign key
    before, after = (field.db_parameters(connection=_postgresql()) for field in (old, new))
    if before.get("collation") != after.get("collation"):
        return False
    if before["type"] == after["type"]:
        return True
    lengths = [getattr(field, "max_length", None) for field in (old, new)]
    are_texts = all(str(found["type"]).startswith(("varchar", "text")) for found in (before, after))
    return are_texts and (lengths[1] is None or (lengths[0] is not None and lengths[0] <= lengths[1]))


@cache
def _postgresql() -> DatabaseWrapper:
    """What names types, whatever database is used here; it is never connected."""
    return DatabaseWrapper({"NAME": "", "OPTIONS": {}, "TIME_ZONE": None}, alias="types")


_HARMLESS = {
    django.CreateModel,
    django.AlterModelManagers,
    django.AlterModelOptions,
    django.AlterModelTableComment,
    django.AlterConstraint,
    django.RemoveIndex,
    django.RenameIndex,
    AddIndexGently,
    postgres.RemoveIndexConcurrently,
    postgres.AddConstraintNotValid,
    postgres.ValidateConstraint,
}
_JUDGES: dict[type, Callable[[Step], Iterator[str]]] = {
    django.AddField: _add_field,
    django.AlterField: _alter_field,
    django.RemoveField: _remove_field,
    django.RenameField: _rename_field,
    django.DeleteModel: _delete_model,
    django.RenameModel: _rename_model,
    django.AlterModelTable: _rename_model,
    django.AddIndex: _add_index,
    django.AddConstraint: _add_constraint,
    django.RemoveConstraint: _remove_constraint,
    django.RunPython: _run_python,
    django.RunSQL: _run_sql,
    django.SeparateDatabaseAndState: _separate,
}
