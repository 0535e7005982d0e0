import re
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.territories.models import Territory, TerritoryKind
from comity.territories.reference import IsoTerritory, Names, Point, is_iso_code, iso_territories
from comity.territories.rules import must_keep_territories


class UnknownCountry(Exception):
    """There is no country with this code; the message says what to write."""


class WrongCode(Exception):
    """A municipality cannot have this code; the message says why."""


@transaction.atomic
def load_country(*, code: str, by: Reader, only: Collection[str] | None = None) -> list[Territory]:
    """Brings in a country with all its ISO 3166-2 regions, or what of them differs from ISO.

    `only` names the regions wanted, each directly below the country; None means all of them.

    Gives the country and then its regions, each after the one it lies in. Names and points that
    a person changed stay. Raises `UnknownCountry`.
    """
    must_keep_territories(by)
    code = code.strip().upper()
    reference = iso_territories(code)
    if not reference:
        raise UnknownCountry(
            _("ISO 3166-1 knows no country “%(code)s”; write two letters, such as BY or RU.")
            % {"code": code}
        )
    if only is not None:
        reference = [entry for entry in reference if entry.code in {code, *only}]
    trail = Trail("territory.loaded", by)
    known = {t.code: t for t in Territory.objects.filter(path__startswith=f"{code}/")}
    for entry in reference:
        known[entry.code] = _brought_in(entry, known, trail)
    if trail.entries:
        trail.record()
    return [known[entry.code] for entry in reference]


def _brought_in(entry: IsoTerritory, known: dict[str, Territory], trail: Trail) -> Territory:
    territory = known.get(entry.code) or Territory(code=entry.code)
    before, old_path = snapshot(territory), territory.path
    territory.kind = TerritoryKind.REGION if entry.parent_code else TerritoryKind.COUNTRY
    territory.parent = known.get(entry.parent_code)
    territory.iso_kind = entry.iso_kind
    if not territory.kept_by_hand:
        _name(territory, entry.names, entry.point)
        territory.time_zone = entry.time_zone
    if territory.pk is None:
        territory.save()
        trail.created(territory)
    elif snapshot(territory) != before:
        territory.claim(territory.version)
        territory.save()
        trail.changed(territory, before)
        _move_below(territory, old_path, trail)
    return territory


def _name(territory: Territory, names: Names, point: Point | None) -> None:
    for field, name in names.items():
        setattr(territory, field, name)
    territory.latitude, territory.longitude = point or (None, None)


def _move_below(territory: Territory, old_path: str, trail: Trail) -> None:
    """What lies in a territory that moved in the tree moves along."""
    if territory.path == old_path:
        return
    for below in Territory.objects.filter(path__startswith=old_path).order_by("path"):
        before = snapshot(below)
        below.path = territory.path + below.path.removeprefix(old_path)
        Territory.objects.filter(pk=below.pk).update(path=below.path)
        trail.changed(below, before)


@transaction.atomic
def add_municipality(
    *, parent: Territory, code: str, names: Names, point: Point | None, by: Reader
) -> Territory:
    """A municipality in a region or a country; raises `WrongCode`."""
    must_keep_territories(by)
    municipality = Territory(
        kind=TerritoryKind.MUNICIPALITY,
        code=municipality_code(code, parent),
        parent=parent,
        kept_by_hand=True,
    )
    _name(municipality, names, point)
    municipality.save()
    trail = Trail("territory.municipality_added", by)
    trail.created(municipality)
    trail.record()
    return municipality


def municipality_code(code: str, parent: Territory) -> str:
    """The code as it is kept; raises `WrongCode` with a sentence."""
    code = code.strip().upper()
    told = {"code": code, "start": f"{parent.code}-"}
    if parent.kind == TerritoryKind.MUNICIPALITY:
        raise WrongCode(_("A municipality lies in a region or a country, not in another one."))
    if not re.fullmatch(re.escape(told["start"]) + r"[A-Z0-9]+", code):
        raise WrongCode(
            _("“%(code)s” does not begin with “%(start)s” and go on in Latin letters or digits.")
            % told
        )
    if is_iso_code(code):
        raise WrongCode(_("“%(code)s” is a region in ISO 3166-2; load its country.") % told)
    if Territory.objects.filter(code=code).exists():
        raise WrongCode(_("There is a territory with the code “%(code)s” already.") % told)
    return code


@transaction.atomic
def change_territory(
    *,
    territory: Territory,
    names: Names,
    point: Point | None,
    time_zone: str | None = None,
    expected_version: int,
    by: Reader,
) -> Territory:
    """Names, a point and a time zone by hand, which loading the country again leaves as they are.

    Raises `lib.versions.Stale` if somebody changed the territory meanwhile.
    """
    must_keep_territories(by)
    territory = Territory.objects.select_related("parent").get(pk=territory.pk)
    before: dict[str, Any] = snapshot(territory)
    territory.claim(expected_version)
    _name(territory, names, point)
    if time_zone is not None:
        territory.time_zone = time_zone
    territory.kept_by_hand = True
    territory.save()
    trail = Trail("territory.changed", by)
    trail.changed(territory, before)
    trail.record()
    return territory
