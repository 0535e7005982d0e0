"""Django on a register in a folder of its own, and changing from one such register to another."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from benchmarks.results import Telling

FOLDER = Path(__file__).parent.parent / ".cache" / "benchmarks"


def begin() -> None:
    """Sets Django up once; `use` then says on which register."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.settings"
    os.environ["COMITY_DEMO"] = "1"
    os.environ["COMITY_DATA"] = tempfile.mkdtemp(prefix="comity-benchmarks-")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    call_command("collectstatic", interactive=False, verbosity=0)
    import comity.wsgi  # noqa: F401  # collects garbage as a server does


def generated(measures: int, telling: Telling) -> Path:
    """The register of so many measures, which is made if it is not kept from another time.

    It is shared: whoever writes takes a copy.
    """
    from benchmarks.filling import fill
    from benchmarks.generated import Size
    from comity.upkeep.actions import migrate_database

    database = FOLDER / f"register-{measures}.sqlite3"
    if database.exists():
        use(database)
        migrate_database()
        return database
    being_made = FOLDER / f"being-made-{measures}.sqlite3"
    forget(being_made)
    use(being_made)
    fill(Size.of(measures), telling.begin(f"Making a register of {measures:,} measures", measures))
    settled(being_made)
    return being_made.rename(database)


def settled(database: Path) -> None:
    """Everything written so far stands in the one file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def copied(database: Path) -> Path:
    """A copy to write to; `forget` it in the end."""
    use(database)
    settled(database)
    copy = database.with_name(f"copy-of-{database.name}")
    forget(copy)
    return Path(shutil.copyfile(database, copy))


def use(database: Path) -> None:
    """From now on everything is asked of the register in this SQLite file; migrated if new."""
    from django.core.cache import caches
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    database.parent.mkdir(parents=True, exist_ok=True)
    connection.settings_dict["NAME"] = str(database)
    caches["pictures"].key_prefix = database.name
    if not database.exists():
        call_command("migrate", verbosity=0)


def forget(database: Path) -> None:
    """Removes a register that is not needed any more."""
    from django.db import connection

    if connection.settings_dict["NAME"] == str(database):
        connection.close()
    for ending in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{database}{ending}").unlink()
