"""SQLite refuses to forget what staff did, too, as PostgreSQL does since the migration before.

Django remakes a table of SQLite to change its columns, and triggers go with the old one: whoever does that to
audit_auditentry makes these two anew.
"""

from django.db import migrations

NEVER_FORGOTTEN = """
CREATE TRIGGER audit_never_forgotten BEFORE DELETE ON audit_auditentry
BEGIN SELECT RAISE(ABORT, 'What staff did is not forgotten.'); END;
"""


def refuse_forgetting(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(NEVER_FORGOTTEN)


def allow_forgetting(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_never_forgotten")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("audit", "0002_never_changed")]

    operations = [migrations.RunPython(refuse_forgetting, allow_forgetting)]
