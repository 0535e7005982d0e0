"""What ISO 3166 says of a country and its regions, with our names and points where we have them.

pycountry is the authority on codes and nesting. Names come from `data/names.csv`, else a
country's from the Unicode CLDR and a region's, in English only, from ISO 3166-2 itself. Points
come from `data/names.csv` and `data/countries.csv`, time zones, named as the IANA names them, from
`data/time_zones.csv`: of regions only where they differ from or belong to a country with several.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale

from comity.lib.languages import LANGUAGES

DATA = Path(__file__).parent / "data"

Names = dict[str, str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class IsoTerritory:
    """A country or a region as the reference gives it; `parent_code` is empty for a country."""

    code: str
    parent_code: str
    iso_kind: str
    names: Names
    point: Point | None
    time_zone: str = ""


def is_iso_code(code: str) -> bool:
    """Whether ISO 3166-1 or 3166-2 knows the code."""
    if "-" in code:
        return _subdivisions(code=code) is not None
    return pycountry.countries.get(alpha_2=code) is not None


def iso_territories(country: str) -> list[IsoTerritory]:
    """A country and its regions, each after the one it lies in; nothing for an unknown code."""
    if len(country) != 2 or not is_iso_code(country):
        return []
    subdivisions = _subdivisions(country_code=country) or []
    regions = [
        IsoTerritory(
            code=subdivision.code,
            parent_code=subdivision.parent_code or country,
            iso_kind=subdivision.type,
            names=known_names().get(subdivision.code) or _only_english(subdivision.name),
            point=known_points().get(subdivision.code),
            time_zone=known_time_zones().get(subdivision.code, ""),
        )
        for subdivision in subdivisions
    ]
    whole = IsoTerritory(
        country,
        "",
        "",
        _country_names(country),
        known_points().get(country),
        known_time_zones().get(country, ""),
    )
    return [whole, *_parents_first(regions, country)]


def _parents_first(regions: list[IsoTerritory], country: str) -> list[IsoTerritory]:
    by_parent: dict[str, list[IsoTerritory]] = {}
    for region in sorted(regions, key=lambda region: region.code):
        by_parent.setdefault(region.parent_code, []).append(region)
    ordered, waiting = [], [country]
    while waiting:
        below = by_parent.get(waiting.pop(0), [])
        ordered.extend(below)
        waiting.extend(region.code for region in below)
    return ordered


def _subdivisions(**wanted: str) -> Any:
    return pycountry.subdivisions.get(**wanted)  # type: ignore[no-untyped-call]  # pycountry leaves it untyped


def _only_english(name: str) -> Names:
    return {"name_be": "", "name_ru": "", "name_en": name}


def _country_names(code: str) -> Names:
    return known_names().get(code) or {
        f"name_{language}": Locale(language).territories[code] for language in LANGUAGES
    }


@cache
def known_names() -> dict[str, Names]:
    """The names that we keep, by code."""
    return {
        row["code"]: {f"name_{language}": row[f"name_{language}"] for language in LANGUAGES}
        for row in _rows("names.csv")
    }


@cache
def known_points() -> dict[str, Point]:
    """A point inside each territory that we have one for, by code: latitude and longitude."""
    countries = {
        row["alpha_2"]: (float(row["lat"]), float(row["lon"])) for row in _rows("countries.csv")
    }
    named = {
        row["code"]: (float(row["lat"]), float(row["lon"]))
        for row in _rows("names.csv")
        if row["lat"]
    }
    return countries | named


@cache
def known_time_zones() -> dict[str, str]:
    """The IANA time zone of each territory that we have one for, by code."""
    return {row["code"]: row["time_zone"] for row in _rows("time_zones.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
