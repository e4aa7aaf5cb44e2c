"""The table of jobs and the clocks of periodic work."""


import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(help_text='The name of the function, as jobs.registry knows it.', max_length=200)),
                ('args', models.JSONField(default=list)),
                ('kwargs', models.JSONField(default=dict)),
                ('queue', models.CharField(default='default', max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('dead', 'Dead')], default='waiting', max_length=10)),
                ('run_at', models.DateTimeField(default=django.utils.timezone.now, help_text='Not before this moment.')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='Counted when a worker takes the job.')),
                ('held_by', models.CharField(blank=True, max_length=100)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.TextField(blank=True)),
                ('unique_key', models.CharField(blank=True, help_text='While this job lives there is no second.', max_length=200, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'run_at', 'id'], name='job_due'), models.Index(fields=['state', 'lease_until'], name='job_abandoned')],
            },
        ),
    ]
