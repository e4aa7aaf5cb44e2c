from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0006_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='notificationpolicy',
            name='for_limited_accounts',
            field=models.CharField(choices=[('accept', 'Accept'), ('filter', 'Filter'), ('drop', 'Drop')], db_default='drop', default='drop', max_length=6),
        ),
    ]
