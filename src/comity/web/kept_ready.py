"""What pages tell of the whole register, with the territories that most of them name."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from comity.audit.kept import Kept
from comity.territories.models import Territory


@dataclass(slots=True)
class KeptReady(Kept):
    """One reading of the marks that each write leaves; made anew for every page."""

    _places: dict[int, Territory] | None = None

    def territories(self) -> dict[int, Territory]:
        """Every territory by its id; the same records for all pages, so not to be changed."""
        known = self._known()
        return self._know(Territory.objects.in_bulk()) if known is None else known

    def territories_that(self, fit: Q) -> list[int]:
        """Ids of the territories that fit, in tree order; one query, which reads all if need be."""
        every = Territory.objects.order_by("path")
        if self._known() is not None:
            return list(every.filter(fit).values_list("pk", flat=True))
        places = list(every.annotate(fits=ExpressionWrapper(fit, output_field=BooleanField())))
        ids = [place.pk for place in places if place.__dict__.pop("fits")]
        self._know({place.pk: place for place in places})
        return ids

    def _known(self) -> dict[int, Territory] | None:
        if self._places is None:
            self._places = _territories.get(self.marks.get("territories", ""))
        return self._places

    def _know(self, places: dict[int, Territory]) -> dict[int, Territory]:
        self._places = places
        if mark := self.marks.get("territories", ""):
            _territories.clear()
            _territories[mark] = places
        return places


#: The newest territories, by the mark of the write after which they were read.
_territories: dict[str, dict[int, Territory]] = {}
