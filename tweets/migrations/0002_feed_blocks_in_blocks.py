# The counts are made anew by the clock within minutes, so the old table simply goes.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tweets', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(
            name='FeedBlock',
        ),
        migrations.CreateModel(
            name='FeedBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField(db_index=True)),
                ('count', models.IntegerField()),
                ('is_large', models.BooleanField(default=False)),
                ('large', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='tweets.feedblock')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('is_large', 'first_id'), name='one_block_begins_at_an_id')],
            },
        ),
    ]
