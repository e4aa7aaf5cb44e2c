from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_index_of_erasing'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='is_automated',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='user',
            name='avatar_description',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='user',
            name='header_description',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
    ]
