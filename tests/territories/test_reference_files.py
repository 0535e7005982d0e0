"""The reference files stand on their own: letters, points, keys and spellings, without Django."""

import csv
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pycountry
import pytest

ROOT = Path(__file__).parents[2]
TERRITORIES = ROOT / "src" / "comity" / "territories" / "data"
DEMO = ROOT / "src" / "comity" / "demo" / "data"
SAMPLES = ROOT / "tests" / "intake" / "samples"

Row = dict[str, str]

RUSSIAN_ONLY = re.compile("[ищъ]", re.IGNORECASE)
BELARUSIAN_ONLY = re.compile("[іў]", re.IGNORECASE)
LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)

# (south, north), (west, east); no point stands where Russia reaches over the antimeridian
BOXES = {
    "BY": ((51.2, 56.2), (23.1, 32.8)),
    "RU": ((41.1, 81.9), (19.6, 180.0)),
    "EE": ((57.5, 59.9), (21.7, 28.3)),
    "FI": ((59.7, 70.1), (19.0, 31.6)),
    "AR": ((-55.1, -21.7), (-73.6, -53.6)),
    "BR": ((-33.8, 5.3), (-74.0, -34.7)),
    "GB": ((49.8, 60.9), (-8.7, 1.8)),
    "FR": ((41.3, 51.1), (-5.2, 9.6)),
}
KINDS = {"authority", "enterprise", "university", "institute", "association", "other"}
AGREEMENT_KINDS = {"agreement", "action_plan", "programme", "roadmap", "protocol"}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert all(None not in row and None not in row.values() for row in rows), "ragged row"
    assert all(value == value.strip() for row in rows for value in row.values()), "stray spaces"
    return rows


NAMES = read(TERRITORIES / "names.csv")
COUNTRIES = read(TERRITORIES / "countries.csv")
ORGANISATIONS = read(DEMO / "organisations.csv")
AGREEMENTS = read(DEMO / "agreements.csv")
EDITIONS = read(DEMO / "forum_editions.csv")
ZONES = {row["code"]: row["time_zone"] for row in read(TERRITORIES / "time_zones.csv")}
FIGURES = read(DEMO / "forum_figures.csv")
CODES = {row["code"] for row in NAMES}
KEYS = {row["key"] for row in ORGANISATIONS}


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def spellings(organisation: Row) -> set[str]:
    languages = ("be", "ru", "en")
    names = [organisation[f"{part}_{lang}"] for part in ("name", "short") for lang in languages]
    return {name.casefold() for name in names + organisation["aliases"].split("|") if name}


def owners() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for organisation in ORGANISATIONS:
        for spelling in spellings(organisation):
            found.setdefault(spelling, []).append(organisation["key"])
    return found


@pytest.mark.parametrize("country", ["BY", "RU"])
def test_every_subdivision_is_there_exactly_once(country: str) -> None:
    expected = sorted(s.code for s in pycountry.subdivisions.get(country_code=country))
    assert sorted(c for c in (r["code"] for r in NAMES) if c.startswith(f"{country}-")) == expected


def test_every_code_is_known_to_iso_and_has_its_country_beside_it() -> None:
    assert repeated([row["code"] for row in NAMES]) == []
    for code in CODES:
        if "-" in code:
            assert pycountry.subdivisions.get(code=code), code
            assert code[:2] in CODES, code
        else:
            assert pycountry.countries.get(alpha_2=code), code


def test_every_country_has_one_point() -> None:
    codes = [row["alpha_2"] for row in COUNTRIES]
    assert sorted(codes) == sorted(country.alpha_2 for country in pycountry.countries)


@pytest.mark.parametrize("rows", [NAMES, ORGANISATIONS], ids=["territories", "organisations"])
def test_names_are_given_in_all_three_languages(rows: list[Row]) -> None:
    empty = [row for row in rows if not all(row[f"name_{lang}"] for lang in ("be", "ru", "en"))]
    assert empty == []


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (NAMES, "name"),
        (ORGANISATIONS, "name"),
        (ORGANISATIONS, "short"),
        (AGREEMENTS, "title"),
        (EDITIONS, "place"),
        (EDITIONS, "theme"),
    ],
    ids=["territory", "organisation", "short", "agreement", "place", "theme"],
)
def test_each_language_keeps_to_its_own_letters(rows: list[Row], column: str) -> None:
    be = [row[f"{column}_be"] for row in rows]
    ru = [row[f"{column}_ru"] for row in rows]
    en = [row[f"{column}_en"] for row in rows]
    assert [name for name in be if RUSSIAN_ONLY.search(name) or LATIN.search(name)] == []
    assert [name for name in ru if BELARUSIAN_ONLY.search(name) or LATIN.search(name)] == []
    assert [name for name in en if re.search("[\u0400-\u04ff]", name)] == []


def test_points_are_on_the_globe() -> None:
    for row in NAMES + COUNTRIES:
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row


def test_points_lie_within_their_country() -> None:
    placed = [(row["code"], row) for row in NAMES]
    placed += [(row["alpha_2"], row) for row in COUNTRIES if row["alpha_2"] in BOXES]
    for code, row in placed:
        (south, north), (west, east) = BOXES[code[:2]]
        assert south <= float(row["lat"]) <= north, row
        assert west <= float(row["lon"]) <= east, row


def test_no_two_territories_of_a_country_share_a_name_or_a_point() -> None:
    assert repeated([row["name_ru"] for row in NAMES]) == []
    assert repeated([row["name_be"] for row in NAMES]) == []
    assert repeated([f"{row['lat']} {row['lon']}" for row in NAMES]) == []


def test_keys_are_short_slugs_and_unique() -> None:
    for rows in (ORGANISATIONS, AGREEMENTS):
        keys = [row["key"] for row in rows]
        assert repeated(keys) == []
        assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_organisations_have_a_known_kind_seat_and_parent() -> None:
    parents = {row["key"]: row["parent"] for row in ORGANISATIONS}
    for row in ORGANISATIONS:
        assert row["kind"] in KINDS, row
        assert row["seat"] in CODES, row
        assert row["role_note"] in {"", "example"}, row
        assert row["website"] == "" or row["website"].startswith("https://"), row
        above, seen = row["parent"], {row["key"]}
        while above:
            assert above in KEYS, row
            assert above not in seen, f"{row['key']} is its own ancestor"
            seen.add(above)
            above = parents[above]


def test_a_spelling_names_one_organisation_only() -> None:
    assert {text: keys for text, keys in owners().items() if len(keys) > 1} == {}


def test_agreements_point_to_known_territories_and_bodies() -> None:
    for row in AGREEMENTS:
        assert row["russian_region_iso"] in CODES, row
        assert row["belarusian_territory"] in CODES, row
        assert row["belarusian_region"] in CODES | {""}, row
        assert row["belarusian_organisation"] in KEYS | {""}, row
        assert f"{row['russian_region_iso'].lower()}-government" in KEYS, row
        assert row["kind"] in AGREEMENT_KINDS, row
        assert row["status"] in {"signed", "planned", "authorised"}, row
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["signed_on"]), row
        assert re.fullmatch(r"(\d{4})?", row["period_from"]), row
        assert re.fullmatch(r"(\d{4})?", row["period_until"]), row


def test_every_fact_has_a_source() -> None:
    for row in AGREEMENTS + read(DEMO / "case_facts.csv"):
        assert row["source"], row
    for row in EDITIONS + FIGURES:
        assert row["sources"], row


def test_every_figure_belongs_to_an_edition() -> None:
    editions = [row["edition"] for row in EDITIONS]
    assert editions == [str(number) for number in range(1, 13)]
    assert {row["edition"] for row in FIGURES} <= set(editions)


def sample_bodies() -> list[tuple[str, str, str | None]]:
    return sorted(
        {
            (path.name, body["text"], body["side"])
            for path in SAMPLES.glob("*.expected.json")
            for measure in json.loads(path.read_text(encoding="utf-8"))["measures"]
            for body in measure["responsible"]
        },
        key=str,
    )


def test_every_body_of_the_sample_documents_is_one_organisation() -> None:
    bodies = sample_bodies()
    if not bodies:
        pytest.skip("tests/intake/samples is not here")
    found = owners()
    seats = {row["key"]: row["seat"] for row in ORGANISATIONS}
    for document, text, side in bodies:
        keys = found.get(text.casefold(), [])
        assert len(keys) == 1, f"{document}: {text}: {keys}"
        assert side in {None, seats[keys[0]][:2]}, f"{document}: {text}: {keys[0]}"


def test_every_region_of_a_country_with_several_clocks_has_its_own() -> None:
    regions = {s.code for s in pycountry.subdivisions.get(country_code="RU")}
    assert {code for code in ZONES if code.startswith("RU-")} == regions
    assert set(ZONES.values()) <= available_timezones()
    known = {c.alpha_2 for c in pycountry.countries} | {s.code for s in pycountry.subdivisions}
    assert set(ZONES) <= known


@pytest.mark.parametrize(
    ("code", "hours"),
    [("BY", 3), ("RU-KGD", 2), ("RU-SAM", 4), ("RU-SVE", 5), ("RU-OMS", 6), ("RU-NVS", 7),
     ("RU-IRK", 8), ("RU-SA", 9), ("RU-PRI", 10), ("RU-SAK", 11), ("RU-KAM", 12)],
)  # fmt: skip
def test_clocks_stand_as_far_from_universal_time_as_officials_know(code: str, hours: int) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(ZONES[code]))
    assert noon.utcoffset() == timedelta(hours=hours)
