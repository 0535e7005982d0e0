"""Addresses of records for pages that name hundreds of them."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address(view: str, pk: int) -> str:
    """What `reverse(view, args=[pk])` gives, found once for all records."""
    before, after = _around(view, get_script_prefix(), get_urlconf())
    return f"{before}{pk}{after}"


@lru_cache
def _around(view: str, _prefix: str, _urlconf: str | None) -> tuple[str, str]:
    before, _zero, after = reverse(view, args=[0]).rpartition("0")
    return before, after
