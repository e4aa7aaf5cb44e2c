"""Whoever joined before is found by name too."""

from django.db import migrations

from accounts.names import words_of

_BATCH = 2000  # people in one statement: others write in between


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    word = apps.get_model("accounts", "NameWord")
    people = apps.get_model("accounts", "User").objects.using(alias).order_by("id")
    last = 0
    while batch := list(people.filter(id__gt=last).values_list("id", "username", "display_name")[:_BATCH]):
        rows = [word(person_id=an_id, word=one) for an_id, *names in batch for one in words_of(*names)]
        word.objects.using(alias).bulk_create(rows, ignore_conflicts=True)
        last = batch[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0005_name_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
