"""What pages tell of the whole register, computed once until a write in a room could change it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self, TypeVar

from django.core.cache import caches
from django.http import HttpRequest

from comity.audit.queries import latest_in

T = TypeVar("T")


@dataclass(slots=True)
class Kept:
    """One reading of the marks that each write leaves; made anew for every page."""

    marks: dict[str, str] = field(default_factory=latest_in)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """With the marks that were read for the request already, if they were."""
        marks: dict[str, str] | None = getattr(request, "marks", None)
        return cls() if marks is None else cls(marks)

    def get(self, name: str, rooms: tuple[str, ...], compute: Callable[[], T]) -> T:
        """What `compute` gave since the last write in one of the rooms, or gives now.

        Must be something that pickles. Nothing is kept of a register without a trail.
        """
        marked = [self.marks.get(room, "")[:20] for room in rooms]
        if not any(marked):
            return compute()
        key, kept = f"{name}:{':'.join(marked)}".replace(" ", "-"), caches["pictures"]
        found: T | None = kept.get(key)
        if found is None:
            found = compute()
            kept.set(key, found)
        return found
