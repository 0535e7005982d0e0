from collections.abc import Callable

import pytest

from comity.accounts.rules import Reader
from comity.audit.actions import Installation
from comity.search.indexing import reindex
from comity.search.queries import Filters, search

Titles = Callable[..., list[str]]


@pytest.fixture
def found() -> Titles:
    """The titles of what is met, in their order, after the index was built."""

    def titles(words: str, user: Reader | None = None, **filters: object) -> list[str]:
        reindex()
        return [
            hit.name.text for hit in search(user or Installation(), words, Filters(**filters)).met
        ]

    return titles
