"""What the check refuses in a migration, and what it lets through."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.db import migrations, models
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models import F, Q, Value
from django.db.models.functions import Now, Random

from common.gentle_migrations import AddIndexGently
from twitter_clone.management.commands import check_migrations
from twitter_clone.migrating.checking import Trouble, find_troubles
from twitter_clone.migrating.excuses import EXCUSED
from twitter_clone.migrating.rules import Step, troubles

NAME_AND_AGE = [
    ("id", models.BigAutoField(primary_key=True)),
    ("name", models.CharField(max_length=20)),
    ("age", models.IntegerField()),
    ("mood", models.CharField(max_length=20, db_default="")),
    ("nickname", models.CharField(max_length=20, null=True)),
    ("born", models.DateTimeField(db_index=True)),
]
ONE_NAME = models.UniqueConstraint(fields=["name"], name="one_name")
GROWN_UP = models.CheckConstraint(condition=Q(age__gte=18), name="grown_up")
PEOPLE = migrations.CreateModel("Person", NAME_AND_AGE, options={"constraints": [ONE_NAME, GROWN_UP]})
CLOCKS = migrations.CreateModel("Clock", NAME_AND_AGE)
Boolean, Char, Integer = models.BooleanField, models.CharField, models.IntegerField
TO_PERSON = {"to": "jobs.person", "on_delete": models.CASCADE}


def said_of(operation, *, atomic=True, made_here=()) -> str:
    state = ProjectState()
    for making in (PEOPLE, CLOCKS):
        making.state_forwards("jobs", state)
    migration = Migration("0002_change", "jobs")
    migration.atomic = atomic
    return "; ".join(troubles(Step(migration, operation, state, frozenset(made_here))))


def added(field, model="person", **more):
    return said_of(migrations.AddField(model, "new", field), **more)


def altered(name, field, model="person"):
    return said_of(migrations.AlterField(model, name, field))


@pytest.mark.parametrize(
    "field",
    [
        Boolean(db_default=False),
        Boolean(default=True, db_default=True),
        Char(max_length=5, null=True),
        Char(max_length=5, db_default=Value("x")),
        models.DateTimeField(db_default=Now()),
        models.ForeignKey(null=True, db_index=False, **TO_PERSON),
        models.ManyToManyField("jobs.person"),
    ],
)
def test_a_column_that_the_former_version_need_not_know_may_be_added(field):
    assert added(field) == ""


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (Boolean(default=False), "writes rows without it"),
        (Char(max_length=5, default="", blank=True), "writes rows without it"),
        (models.FloatField(db_default=Random()), "may differ from row to row"),
        (Integer(null=True, unique=True), "builds an index"),
        (Integer(null=True, db_index=True), "builds an index"),
        (models.ForeignKey(null=True, **TO_PERSON), "builds an index"),
        (models.ForeignKey(db_default=1, db_index=False, **TO_PERSON), "has a foreign key"),
        (
            models.GeneratedField(expression=F("age") * 2, output_field=Integer(), db_persist=True),
            "every row anew",
        ),
    ],
)
def test_other_columns_are_refused(field, reason):
    assert reason in added(field)


def test_a_table_that_the_same_migration_makes_may_be_given_anything():
    new = {"made_here": ["jobs.person"]}
    assert added(Boolean(default=False), **new) == ""
    assert said_of(migrations.AddIndex("Person", models.Index("age", name="by_age")), **new) == ""
    assert said_of(migrations.AddConstraint("Person", ONE_NAME), **new) == ""
    assert said_of(PEOPLE) == ""


def test_a_small_table_may_be_locked_and_never_breaks_the_former_version():
    assert added(Integer(null=True, db_index=True), "clock") == ""
    assert said_of(migrations.AddIndex("Clock", models.Index("age", name="by_age"))) == ""
    assert "writes rows without it" in added(Boolean(default=False), "clock")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("name", Char(max_length=30)),
        ("name", models.TextField()),
        ("name", Char(max_length=20, choices=[("a", "A")], help_text="Short")),
        ("name", Char(max_length=20, null=True)),
        ("name", Char(max_length=20, db_default="")),
        ("born", models.DateTimeField()),
    ],
)
def test_a_column_may_grow_wider_and_freer(name, field):
    assert altered(name, field) == ""


@pytest.mark.parametrize(
    ("name", "field", "reason"),
    [
        ("name", Char(max_length=10), "of another type"),
        ("name", Char(max_length=20, db_collation="C"), "of another type"),
        ("age", models.BigIntegerField(), "of another type"),
        ("nickname", Char(max_length=20), "may write none"),
        ("mood", Char(max_length=20), "takes away the default"),
        ("age", Integer(unique=True), "builds an index"),
        ("age", Integer(db_column="years"), "old name"),
        ("age", models.ForeignKey(db_column="age", db_index=False, **TO_PERSON), "has a foreign key"),
    ],
)
def test_narrower_or_other_columns_are_refused(name, field, reason):
    assert reason in altered(name, field)


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (migrations.RemoveField("person", "age"), "stop using it first"),
        (migrations.DeleteModel("Person"), "stop using it first"),
        (migrations.RenameField("person", "age", "years"), "old name"),
        (migrations.RenameModel("Person", "Human"), "old name"),
        (migrations.AlterModelTable("person", "human"), "old name"),
        (migrations.AddIndex("person", models.Index("age", name="by_age")), "AddIndexGently"),
        (
            migrations.AddConstraint("person", models.UniqueConstraint("age", name="one_age")),
            "builds an index",
        ),
        (migrations.AddConstraint("person", GROWN_UP), "looks at every row"),
        (migrations.AddConstraint("clock", GROWN_UP), "must keep to it"),
        (migrations.RemoveConstraint("person", "one_name"), "may rely on it"),
        (migrations.RunPython(migrations.RunPython.noop), "atomic = False"),
        (migrations.RunSQL("SELECT 1"), "does not read"),
        (AddIndexConcurrently("person", models.Index("age", name="by_age")), "nothing this check knows"),
    ],
)
def test_what_locks_or_breaks_is_refused(operation, reason):
    assert reason in said_of(operation)


@pytest.mark.parametrize(
    "operation",
    [
        AddIndexGently("person", models.Index("age", name="by_age")),
        migrations.RemoveIndex("person", "by_age"),
        migrations.RemoveConstraint("person", "grown_up"),
        migrations.AlterModelOptions("person", {"ordering": ["id"]}),
        migrations.RunPython(migrations.RunPython.noop),
    ],
)
def test_what_may_be_done_while_people_write(operation):
    assert said_of(operation, atomic=False) == ""


def test_a_column_is_forgotten_first_and_removed_a_release_later():
    def forgotten(name):
        return migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("person", name)])

    assert said_of(forgotten("nickname")) == ""
    assert said_of(forgotten("mood")) == ""
    assert "new rows still need" in said_of(forgotten("age"))
    dropped = migrations.SeparateDatabaseAndState([migrations.RemoveField("person", "age")])
    assert "stop using it first" in said_of(dropped)


def test_our_own_migrations_pass_and_every_excuse_is_needed():
    assert find_troubles(EXCUSED) == ([], [])


def test_without_the_excuses_the_check_finds_what_they_excuse():
    found, _ = find_troubles({})
    assert {trouble.migration for trouble in found} == set(EXCUSED)
    index = Trouble(
        "tweets.0008_index_by_language",
        "Create index tweet_in_language on F(language), OrderBy(F(id), descending=True) on model tweet",
        "builds an index while nobody can write: AddIndexGently, in a migration of its own, does not",
    )
    assert index in found


def test_the_command_names_what_is_wrong_and_where_excuses_stand(monkeypatch, capsys):
    call_command("check_migrations")
    assert "or is excused" in capsys.readouterr().out
    few = dict(EXCUSED) | {"jobs.0001_jobs_and_clocks": "none"}
    del few["tweets.0008_index_by_language"]
    monkeypatch.setattr(check_migrations, "EXCUSED", few)
    with pytest.raises(CommandError) as refused:
        call_command("check_migrations")
    first, second, last = str(refused.value).splitlines()
    assert first.startswith("tweets.0008_index_by_language: Create index tweet_in_language")
    assert second == "jobs.0001_jobs_and_clocks is excused, and needs no excuse any more."
    assert last == "Excuses stand in twitter_clone/migrating/excuses.py."
