"""The full-text index beside the documents: FTS5 tables that follow by triggers, or a tsvector column."""

from django.db import migrations

# The tokenizer takes what stands between spaces; : is part of the marks we put beside people's words.
_FTS5 = """
CREATE VIRTUAL TABLE search_{kind}words USING fts5(
    words, content='search_{kind}document', content_rowid='{kind}_id', tokenize="ascii tokenchars ':_'");
CREATE TRIGGER search_{kind}_added AFTER INSERT ON search_{kind}document BEGIN
    INSERT INTO search_{kind}words(rowid, words) VALUES (new.{kind}_id, new.words);
END;
CREATE TRIGGER search_{kind}_gone AFTER DELETE ON search_{kind}document BEGIN
    INSERT INTO search_{kind}words(search_{kind}words, rowid, words) VALUES ('delete', old.{kind}_id, old.words);
END;
CREATE TRIGGER search_{kind}_changed AFTER UPDATE ON search_{kind}document BEGIN
    INSERT INTO search_{kind}words(search_{kind}words, rowid, words) VALUES ('delete', old.{kind}_id, old.words);
    INSERT INTO search_{kind}words(rowid, words) VALUES (new.{kind}_id, new.words);
END;
"""
_TSVECTOR = """
ALTER TABLE search_{kind}document ADD COLUMN vector tsvector GENERATED ALWAYS AS (words::tsvector) STORED;
CREATE INDEX search_{kind}_vector ON search_{kind}document USING gin (vector) WITH (fastupdate = off);
"""
_NO_FTS5 = """
DROP TRIGGER search_{kind}_added;
DROP TRIGGER search_{kind}_gone;
DROP TRIGGER search_{kind}_changed;
DROP TABLE search_{kind}words;
"""
_NO_TSVECTOR = "ALTER TABLE search_{kind}document DROP COLUMN vector;"


def full_text(*kinds):
    """The operation that makes the index of these kinds of documents."""

    def make(apps, schema_editor):
        _run(schema_editor, kinds, _TSVECTOR, _FTS5)

    def drop(apps, schema_editor):
        _run(schema_editor, kinds, _NO_TSVECTOR, _NO_FTS5)

    return migrations.RunPython(make, drop)


def _run(schema_editor, kinds, on_postgresql, on_sqlite):
    for kind in kinds:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(on_postgresql.format(kind=kind))
        else:
            for statement in _statements(on_sqlite.format(kind=kind)):
                schema_editor.execute(statement)


def _statements(script):
    """SQLite takes one at a time; the bodies of triggers hold semicolons too."""
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        is_trigger = "CREATE TRIGGER" in statement
        if line == "END;" or (not is_trigger and line.endswith(";")):
            yield statement.strip().rstrip(";") if not is_trigger else statement
            statement = ""
