from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relationships', '0007_filters_hold_tweets'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='wordfilter',
            name='filter_action_known',
        ),
        migrations.AlterField(
            model_name='wordfilter',
            name='action',
            field=models.CharField(choices=[('warn', 'Warn'), ('blur', 'Blur'), ('hide', 'Hide')], default='warn', max_length=4),
        ),
        migrations.AddConstraint(
            model_name='wordfilter',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['warn', 'blur', 'hide'])), name='filter_action_known'),
        ),
    ]
