from django.db import migrations, models

from common.gentle_migrations import AddIndexGently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0012_staff_decisions")]

    operations = [
        AddIndexGently(
            model_name="user",
            index=models.Index(
                condition=models.Q(("erases_at__isnull", False)), fields=["erases_at"], name="user_erases_at"
            ),
        ),
    ]
