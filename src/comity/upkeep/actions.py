"""Upkeep that changes something: migrations and static files."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from comity.upkeep.queries import unapplied_migrations


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
    return missing


def collect_static() -> None:
    """Puts the static files, compressed and named by their content, where the server finds them."""
    call_command("collectstatic", interactive=False, verbosity=0)
