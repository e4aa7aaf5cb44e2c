"""An earlier version still reads and writes while the tables are those of this one.

Its models are made from its migrations: how the tables were behind those that no earlier version outlives.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tests.architecture.house import APPS

# App -> the last migration that broke the version before it. Elsewhere the very first version still works.
BROKE = {"tweets": "0002_feed_blocks_in_blocks"}


def former_models() -> list[type[models.Model]]:
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in APPS}
    first = [
        next(node for node in sorted(loader.disk_migrations) if node[0] == app)
        for app in sorted(ours & loader.migrated_apps)
    ]
    nodes = [(app, BROKE.get(app, name)) for app, name in first]
    state = loader.project_state(nodes)
    return [model for model in state.apps.get_models() if model._meta.app_label in ours]


FORMER = former_models()


def label(model: type[models.Model]) -> str:
    return model._meta.label


def row_of(model: type[models.Model]) -> models.Model:
    """One that says something for every column that the former version writes itself."""
    written = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field.db_default is models.NOT_PROVIDED
    ]
    return model(**{field.attname: value_for(field, number) for number, field in enumerate(written, 1)})


def value_for(field: models.Field, number: int) -> Any:
    """Numbers differ, for nobody follows themselves."""
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        return []
    if isinstance(field, models.ForeignKey | models.IntegerField | models.FloatField):
        return number
    return "" if field.blank else "x"


def test_there_is_something_to_try():
    assert {"accounts.User", "tweets.Tweet", "jobs.Job"} <= set(map(label, FORMER))
    columns = {
        field.column
        for model in FORMER
        if label(model) == "accounts.User"
        for field in model._meta.concrete_fields
    }
    assert "username" in columns
    assert "reads_language" not in columns, "these are no former models"


@pytest.mark.django_db
@pytest.mark.parametrize("model", FORMER, ids=label)
def test_it_reads_and_writes(model):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        model.objects.bulk_create([row_of(model)])
        assert list(model.objects.all()[:1])
        transaction.set_rollback(True)  # nobody looks whether what it points at is there
