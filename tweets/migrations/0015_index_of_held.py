from django.db import migrations, models

from common.gentle_migrations import AddIndexGently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tweets", "0014_held_for_review")]

    operations = [
        AddIndexGently(
            model_name="tweet",
            index=models.Index(
                condition=models.Q(("held_at__isnull", False)), fields=["-id"], name="tweet_held"
            ),
        ),
    ]
