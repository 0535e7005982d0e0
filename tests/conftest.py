import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import SimpleTestCase
from django.utils import translation

from tests.registers import made_once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is the same whatever the register stands on: `-m "not apart"` leaves it out."""
    for item in items:
        if not _reaches_the_register(item):
            item.add_marker(pytest.mark.apart)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Leaves what is marked so unmeasured, with all that it sets up.

    The `no_cover` of pytest-cov stops only one of the two measurements of an xdist worker.
    """
    measuring = sys.gettrace()
    if item.get_closest_marker("unmeasured"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


def _reaches_the_register(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgresql"):
        return True
    if {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
        return True
    of = getattr(item, "cls", None)
    return isinstance(of, type) and issubclass(of, SimpleTestCase)


@pytest.fixture(scope="session")
def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of one run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def empty_register(of_all_workers: Path) -> Path:
    """A data folder with the tables and nothing in them: copy it."""
    return made_once(of_all_workers, "empty register", "migrate")


@pytest.fixture(scope="session")
def example_register(of_all_workers: Path) -> Path:
    """A data folder with the example in it: copy it."""
    return made_once(of_all_workers, "example register", "demo", "--no-serve")


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
    settings.LETTERS_ARE_EXAMPLES = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _nothing_kept_ready() -> None:
    caches["pictures"].clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield
