"""The index beside the entries. The database keeps it in step with them by itself.

On SQLite by triggers: a later migration that makes `search_entry` anew, as SQLite does to change
a column, drops them and has to lay them again with `lay`.
"""

from django.db import migrations

WORDS = ("title_terms", "body_terms", "facets")


def _inside(table, columns, values):
    names = ", ".join(("rowid", *columns))
    told = ", ".join(f"{values}.{name}" for name in ("id", *columns))
    return f"INSERT INTO {table} ({names}) VALUES ({told});"


def _outside(table, columns):
    names = ", ".join((table, "rowid", *columns))
    told = ", ".join(("'delete'", *(f"old.{name}" for name in ("id", *columns))))
    return f"INSERT INTO {table} ({names}) VALUES ({told});"


def _triggers(table, columns):
    differs = " OR ".join(f"new.{name} <> old.{name}" for name in columns)
    filled = "<> '' OR ".join(f"%s.{name} " for name in columns) + "<> ''"
    when = {age: filled.replace("%s", age) for age in ("new", "old")}
    on = "ON search_entry FOR EACH ROW WHEN"
    return (
        f"CREATE TRIGGER {table}_in AFTER INSERT {on} {when['new']} "
        f"BEGIN {_inside(table, columns, 'new')} END",
        f"CREATE TRIGGER {table}_out AFTER DELETE {on} {when['old']} "
        f"BEGIN {_outside(table, columns)} END",
        f"CREATE TRIGGER {table}_anew AFTER UPDATE OF {', '.join(columns)} {on} {differs} "
        f"BEGIN {_outside(table, columns)} {_inside(table, columns, 'new')} END",
    )


def _table(table, columns, *options):
    told = ", ".join(
        (*columns, "content = 'search_entry'", "content_rowid = 'id'",
         "tokenize = 'unicode61 remove_diacritics 0'", *options)
    )  # fmt: skip
    return f"CREATE VIRTUAL TABLE {table} USING fts5 ({told})"


SQLITE = (
    _table("search_words", WORDS, "detail = column", "columnsize = 0"),
    _table("search_names", ("trigrams",)),
    *_triggers("search_words", WORDS),
    *_triggers("search_names", ("trigrams",)),
)

POSTGRESQL = (
    """ALTER TABLE search_entry
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_terms), 'A')
        || setweight(to_tsvector('simple'::regconfig, body_terms), 'B')
    ) STORED,
    ADD COLUMN likeness tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, trigrams)
    ) STORED""",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    "CREATE INDEX search_entry_likeness ON search_entry USING gin (likeness)",
    "CREATE INDEX search_entry_facets ON search_entry USING gin (string_to_array(facets, ' '))",
)


def lay(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN words, DROP COLUMN likeness")
        schema_editor.execute("DROP INDEX search_entry_facets")
        return
    for table in ("search_words", "search_names"):
        for act in ("in", "out", "anew"):
            schema_editor.execute(f"DROP TRIGGER {table}_{act}")
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(lay, take_up)]
