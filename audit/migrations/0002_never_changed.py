"""The database itself refuses to rewrite what staff did, whoever asks.

SQLite lets rows go; the next migration sees to that.
"""

from django.db import migrations

_POSTGRESQL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'What staff did is neither rewritten nor forgotten.'; END $$;
CREATE TRIGGER audit_never_changed BEFORE UPDATE OR DELETE ON audit_auditentry
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
_SQLITE = """
CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit_auditentry
BEGIN SELECT RAISE(ABORT, 'What staff did is not rewritten.'); END;
"""


def refuse_changes(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL if is_postgresql else _SQLITE)


def allow_changes(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER audit_never_changed ON audit_auditentry")
            cursor.execute("DROP FUNCTION audit_refuse()")
        else:
            cursor.execute("DROP TRIGGER audit_never_changed")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
