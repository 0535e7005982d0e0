from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def in_parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in their order, so many at a time: a statement takes only so many values."""
    return (items[start : start + size] for start in range(0, len(items), size))
