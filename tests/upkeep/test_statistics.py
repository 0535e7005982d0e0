"""The database knows how its tables are filled, by which it chooses its ways."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from comity.upkeep import working
from comity.upkeep.actions import gather_statistics
from comity.upkeep.working import look_around
from tests.factories import a_region

pytestmark = pytest.mark.django_db


def known(table: str) -> int:
    """How many rows the database believes a table to have; -1 if it never looked."""
    asked = (
        "SELECT reltuples::int FROM pg_class WHERE relname = %s"
        if connection.vendor == "postgresql"
        else "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        found = cursor.fetchone()
    return int(found[0]) if found else -1


def test_it_knows_how_many_rows_a_table_has() -> None:
    for number in range(12):
        a_region(f"BY-{number}")
    gather_statistics()
    assert known("territories_territory") == 13


def test_the_worker_looks_once_a_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.COMITY_REMIND_HOUR = 0
    looked: list[datetime] = []
    now = timezone.now()
    monkeypatch.setattr(working, "gather_statistics", lambda: looked.append(timezone.now()))
    for moment in (now, now, now + timedelta(days=1)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        look_around()
    assert looked == [now, now + timedelta(days=1)]
