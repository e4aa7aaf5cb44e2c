"""Finding the failed jobs of one task."""

from django.db import migrations, models

from common.gentle_migrations import AddIndexGently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('jobs', '0003_job_queue'),
    ]

    operations = [
        AddIndexGently(
            model_name='job',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['task'], name='job_failed_task'),
        ),
    ]
