"""Every tweet written before there were replies begins a conversation of its own."""

from django.db import migrations
from django.db.models import F

_BATCH = 20_000  # rows in one statement: others write in between


def fill(apps, schema_editor):
    tweets = apps.get_model("tweets", "Tweet").objects.using(schema_editor.connection.alias)
    without = tweets.filter(conversation_id=0).order_by("id").values_list("id", flat=True)
    while ids := list(without[:_BATCH]):
        tweets.filter(conversation_id=0, id__gte=ids[0], id__lte=ids[-1]).update(conversation_id=F("id"))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tweets", "0003_social_network")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
