"""Counting the jobs of one queue without reading those of others."""

from django.db import migrations, models

from common.gentle_migrations import AddIndexGently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('jobs', '0002_job_request_id'),
    ]

    operations = [
        AddIndexGently(
            model_name='job',
            index=models.Index(fields=['queue', 'state', 'run_at'], name='job_queue'),
        ),
    ]
