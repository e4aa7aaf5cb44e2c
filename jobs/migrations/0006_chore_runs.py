from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0005_job_sent_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChoreRun',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('done_at', models.DateTimeField(null=True)),
                ('went', models.BigIntegerField(default=0)),
                ('seconds', models.FloatField(default=0)),
                ('looked_at', models.DateTimeField(null=True)),
                ('would_go', models.BigIntegerField(default=0)),
                ('place', models.CharField(blank=True, default='', max_length=100)),
            ],
        ),
    ]
