"""One row for each record that can be found, and the terms by which.

Triggers of SQLite, or generated columns of PostgreSQL, keep the index in step with these rows: see
the first migration. `index.py` asks it.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.agreements.models import Agreement
from comity.lib.visibility import Visibility
from comity.programmes.models import Programme


class Kind(models.TextChoices):
    """What can be found; the further down, the earlier among what was found."""

    MEASURE = "measure", _("measure")
    PROGRAMME = "programme", _("programme")
    AGREEMENT = "agreement", _("agreement")
    ORGANISATION = "organisation", _("organisation")
    TERRITORY = "territory", _("territory")


KINDS = tuple(Kind)
NAMES = (Kind.ORGANISATION, Kind.TERRITORY)
#: Ids of entries say what they are of: so many for each kind.
ROOM = 10**12


def entry_id(kind: Kind, record_id: int) -> int:
    """The entry of a record. Walked downwards, ids give names first and the newest first."""
    return (KINDS.index(kind) + 1) * ROOM + record_id


def ids_of(kind: Kind) -> tuple[int, int]:
    """The first and the last id that an entry of this kind can have."""
    return entry_id(kind, 0), entry_id(kind, ROOM - 1)


def of_kinds(kinds: Iterable[Kind]) -> Q:
    """Where an entry is of one of the kinds; of any, if none is named."""
    found = Q()
    for kind in kinds:
        found |= Q(pk__range=ids_of(kind))
    return found


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Reader) -> "EntryQuerySet":
        """Entries of records that the reader may see, as the rooms of the records decide."""
        if sees_everything(user):
            return self
        agreements = Agreement.objects.visible_to(user).exclude(visibility=Visibility.PUBLIC)
        programmes = Programme.objects.visible_to(user).exclude(visibility=Visibility.PUBLIC)
        return self.filter(
            Q(is_public=True)
            | Q(programme__in=programmes.order_by().values("pk"))
            | Q(agreement__in=agreements.order_by().values("pk"))
        )


class Entry(models.Model):
    """What the index holds of one record.

    `programme` or `agreement` is the one that decides who sees it, where it is not public.
    `titles` has the titles as `lib.matching.folded` writes them, one a line; `names` every name of
    an organisation or a territory as it is.
    """

    id = models.BigIntegerField(primary_key=True)
    is_public = models.BooleanField()
    programme = models.BigIntegerField(null=True, db_index=True)
    agreement = models.BigIntegerField(null=True)
    dated = models.DateField(null=True)
    number = models.CharField(max_length=60)
    titles = models.TextField()
    names = models.TextField()
    facets = models.TextField()
    trigrams = models.TextField()
    title_terms = models.TextField()
    body_terms = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"

    @property
    def kind(self) -> Kind:
        return KINDS[self.pk // ROOM - 1]

    @property
    def record_id(self) -> int:
        return int(self.pk % ROOM)


class Document(NamedTuple):
    """A record as the index takes it in; the columns of an entry in their order."""

    id: int
    is_public: bool
    programme: int | None
    agreement: int | None
    dated: date | str | None
    number: str
    titles: str
    names: str
    facets: str
    trigrams: str
    title_terms: str
    body_terms: str


class Term(models.Model):
    """A term that occurs in the index, so that the beginning of a word leads to whole terms.

    Ids grow as terms are first met, so common ones have small ids.
    """

    text = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("term of the search index")
        verbose_name_plural = _("terms of the search index")

    def __str__(self) -> str:
        return self.text
