"""Upkeep that changes something: migrations and static files."""

from django.core.management import call_command

from comity.upkeep.queries import unapplied_migrations


def migrate_database() -> int:
    """Applies what is missing and returns how many migrations that were."""
    missing = unapplied_migrations()
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    return missing


def collect_static() -> None:
    """Puts the static files, compressed and named by their content, where the server finds them."""
    call_command("collectstatic", interactive=False, verbosity=0)
