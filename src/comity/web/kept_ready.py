"""What pages tell of the whole register, with the territories that most of them name."""

from dataclasses import dataclass

from comity.audit.kept import Kept
from comity.territories.models import Territory


@dataclass(slots=True)
class KeptReady(Kept):
    """One reading of the marks that each write leaves; made anew for every page."""

    _places: dict[int, Territory] | None = None

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
