"""What pages tell of the whole register, computed once until a write in a room could change it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.cache import caches
from django.http import HttpRequest

from comity.audit.queries import latest_in
from comity.territories.models import Territory

T = TypeVar("T")


@dataclass(slots=True)
class KeptReady:
    """One reading of the marks that each write leaves; made anew for every page."""

    marks: dict[str, str] = field(default_factory=latest_in)
    _places: dict[int, Territory] | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "KeptReady":
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

    def territories(self) -> dict[int, Territory]:
        """Every territory by its id; the same records for all pages, so not to be changed."""
        mark = self.marks.get("territories", "")
        if self._places is None:
            self._places = _territories.get(mark) or Territory.objects.in_bulk()
            if mark and mark not in _territories:
                _territories.clear()
                _territories[mark] = self._places
        return self._places


#: The newest territories, by the mark of the write after which they were read.
_territories: dict[str, dict[int, Territory]] = {}
