import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import SimpleTestCase
from django.utils import translation

from tests.registers import migrated_once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is the same whatever the register stands on: `-m "not apart"` leaves it out."""
    for item in items:
        if not _reaches_the_register(item):
            item.add_marker(pytest.mark.apart)


def _reaches_the_register(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgresql"):
        return True
    if {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
        return True
    of = getattr(item, "cls", None)
    return isinstance(of, type) and issubclass(of, SimpleTestCase)


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the tables and nothing in them, made once for all workers: copy it."""
    own = tmp_path_factory.getbasetemp()
    return migrated_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(autouse=True)
def _own_data_folder(settings: Any, tmp_path: Path) -> None:
    """Files of a test go to its own folder; static files come straight from the packages."""
    settings.COMITY_DATA = tmp_path / "data"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [quick, *settings.PASSWORD_HASHERS]
    # records that a test makes without an action leave no trace, by which kept pages would know
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "pages": dummy}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _nothing_kept_ready() -> None:
    caches["pictures"].clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield
