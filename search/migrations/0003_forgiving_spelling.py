"""Spellings of tags, beside their full-text index; and those of people's names, which the clock adds."""

import django.db.models.deletion
from django.db import migrations, models

from search.migrations._full_text import full_text


def index_people_anew(apps, schema_editor):
    """An unfinished walk is gone on with every minute (see search/actions/walk)."""
    if apps.get_model("search", "PersonDocument").objects.exists():
        apps.get_model("search", "Progress").objects.get_or_create(walk="person anew")


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
        ("tweets", "0005_hashtag_is_unlisted"),
    ]

    operations = [
        migrations.CreateModel(
            name="TagDocument",
            fields=[
                ("tag", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="tweets.hashtag")),
                ("words", models.TextField()),
            ],
        ),
        full_text("tag"),
        migrations.RunPython(index_people_anew, migrations.RunPython.noop),
    ]
