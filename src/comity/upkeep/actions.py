"""Upkeep that changes something: migrations, statistics of the database, static files."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from comity.upkeep.queries import unapplied_migrations

#: Entries of an index that are looked at; SQLite's documentation advises 100 to 1000.
LOOKED_AT = 1000


class Migrate(migrate.Command):
    """Django's own, which tells of each migration that was applied."""

    def __init__(self, told: Callable[[], object]) -> None:
        super().__init__()
        self.told = told

    def migration_progress_callback(
        self, action: str, migration: Any | None = None, fake: bool = False
    ) -> None:
        if action == "apply_success":
            self.told()
        super().migration_progress_callback(action, migration, fake)


def migrate_database(told: Callable[[], object] = lambda: None) -> int:
    """Applies what is missing, telling of each, and returns how many migrations that were."""
    missing = unapplied_migrations()
    if missing:
        call_command(Migrate(told), interactive=False, verbosity=0)
        gather_statistics()
    return missing


def gather_statistics() -> None:
    """Lets the database look at how its tables are filled, by which it chooses its ways.

    SQLite never does it by itself, and forgets what it knew of a table that a migration makes
    anew. Of large indexes it looks at a part, so it takes no longer for a million measures.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        cursor.execute("ANALYZE")


def collect_static() -> None:
    """Puts the static files, compressed and named by their content, where the server finds them."""
    call_command("collectstatic", interactive=False, verbosity=0)
