"""The full-text index beside the documents of tweets and people."""

from django.db import migrations

from search.migrations._full_text import full_text


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [full_text("tweet", "person")]
