from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.actions.organisations import Refused
from comity.directory.models import Organisation, RegimeTerm, Residency, Zone, still_running
from comity.directory.rules import must_change_organisation


class TermFields(TypedDict, total=False):
    name_be: str
    name_ru: str
    name_en: str
    since: date | None
    until: date | None
    act: str


@transaction.atomic
def add_zone(
    *,
    organisation: Organisation,
    by: Reader,
    founded_on: date | None = None,
    regime_until: date | None = None,
) -> Zone:
    """Says that an organisation is a zone; raises `Refused` if it is one already."""
    must_change_organisation(by, organisation)
    if Zone.objects.filter(organisation=organisation).exists():
        raise Refused(_("%s is a zone already.") % organisation)
    zone = Zone.objects.create(
        organisation=organisation, founded_on=founded_on, regime_until=regime_until
    )
    trail = Trail("zone.added", by)
    trail.created(zone)
    trail.record()
    return zone


@transaction.atomic
def change_zone(
    *,
    zone: Zone,
    founded_on: date | None,
    regime_until: date | None,
    expected_version: int,
    by: Reader,
) -> Zone:
    """Raises `lib.versions.Stale` if somebody changed the zone meanwhile."""
    zone = Zone.objects.select_related("organisation").get(pk=zone.pk)
    must_change_organisation(by, zone.organisation)
    before = snapshot(zone)
    zone.claim(expected_version)
    zone.founded_on, zone.regime_until = founded_on, regime_until
    zone.save()
    trail = Trail("zone.changed", by)
    trail.changed(zone, before)
    trail.record()
    return zone


@transaction.atomic
def add_regime_term(*, zone: Zone, by: Reader, **fields: Unpack[TermFields]) -> RegimeTerm:
    """One term of the zone's legal regime, with its dates and the act that grants it."""
    must_change_organisation(by, zone.organisation)
    term = RegimeTerm.objects.create(zone=zone, **fields)
    trail = Trail("zone.term_added", by)
    trail.created(term)
    trail.record()
    return term


@transaction.atomic
def change_regime_term(
    *, term: RegimeTerm, expected_version: int, by: Reader, **fields: Unpack[TermFields]
) -> RegimeTerm:
    """Raises `lib.versions.Stale` if somebody changed the term meanwhile."""
    term = RegimeTerm.objects.select_related("zone__organisation").get(pk=term.pk)
    must_change_organisation(by, term.zone.organisation)
    before = snapshot(term)
    term.claim(expected_version)
    for field, value in fields.items():
        setattr(term, field, value)
    term.save()
    trail = Trail("zone.term_changed", by)
    trail.changed(term, before)
    trail.record()
    return term


@transaction.atomic
def add_residency(
    *,
    zone: Zone,
    resident: Organisation,
    by: Reader,
    since: date | None = None,
    until: date | None = None,
) -> Residency:
    """A resident of the zone; raises `Refused` for the zone itself or one that lives there now."""
    must_change_organisation(by, zone.organisation)
    if resident.pk == zone.organisation_id:
        raise Refused(_("A zone is not a resident of itself."))
    if zone.residencies.filter(still_running(timezone.localdate()), resident=resident).exists():
        raise Refused(_("%s is a resident already.") % resident)
    residency = Residency.objects.create(zone=zone, resident=resident, since=since, until=until)
    trail = Trail("zone.resident_added", by)
    trail.created(residency)
    trail.record()
    return residency


@transaction.atomic
def end_residency(
    *, residency: Residency, until: date, expected_version: int, by: Reader
) -> Residency:
    """The last day of a residency. Raises `lib.versions.Stale`, and `Refused` for a day before
    it began."""
    residency = Residency.objects.select_related("zone__organisation").get(pk=residency.pk)
    must_change_organisation(by, residency.zone.organisation)
    if residency.since and until < residency.since:
        raise Refused(_("It cannot end before it begins."))
    before = snapshot(residency)
    residency.claim(expected_version)
    residency.until = until
    residency.save()
    trail = Trail("zone.residency_ended", by)
    trail.changed(residency, before)
    trail.record()
    return residency
