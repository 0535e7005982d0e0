from datetime import date
from typing import Any

import pytest

from comity.agreements.languages import document_languages, language_name
from comity.agreements.sentences import months_in_words, standing
from tests.factories import a_region, an_agreement

pytestmark = pytest.mark.django_db

BETWEEN = "In force between Region BY-HO and Region RU-BRY since 1 May 2018"
RENEWING = {"until": date(2023, 4, 30), "renewal_months": 60, "notice_months": 6}


@pytest.mark.parametrize(
    ("terms", "day", "sentence"),
    [
        ({}, "2020-01-01", f"{BETWEEN}, with no end set."),
        ({"until": date(2023, 4, 30)}, "2020-01-01", f"{BETWEEN}, until 30 April 2023."),
        (
            RENEWING,
            "2020-01-01",
            f"{BETWEEN}, until 30 April 2023, then by 5 years more unless a party objects by "
            "30 October 2022.",
        ),
        (
            RENEWING,
            "2022-10-31",
            f"{BETWEEN}, until 30 April 2023, then until 30 April 2028: no party objected by "
            "30 October 2022.",
        ),
        (
            RENEWING,
            "2024-01-01",
            f"{BETWEEN}, prolonged until 30 April 2028, then by 5 years more unless a party "
            "objects by 30 October 2027.",
        ),
        (
            {**RENEWING, "notice_months": None},
            "2020-01-01",
            f"{BETWEEN}, until 30 April 2023, then by 5 years more unless a party objects.",
        ),
        (
            {**RENEWING, "objected_on": date(2022, 1, 1)},
            "2022-06-01",
            f"{BETWEEN}, until 30 April 2023; a party objected on 1 January 2022, so it ends then.",
        ),
        (
            {**RENEWING, "objected_on": date(2023, 1, 1)},
            "2023-02-01",
            f"{BETWEEN}, until 30 April 2023; a party objected on 1 January 2023, too late for "
            "this term: it ends on 30 April 2028.",
        ),
        (
            {"until": date(2019, 4, 30)},
            "2020-01-01",
            "Expired on 30 April 2019: signed by Region BY-HO and Region RU-BRY (March 2018).",
        ),
        (
            {"ended_on": date(2019, 4, 30)},
            "2020-01-01",
            "Ended early, on 30 April 2019: signed by Region BY-HO and Region RU-BRY (March 2018).",
        ),
        (
            {},
            "2018-04-01",
            "Signed by Region BY-HO and Region RU-BRY (March 2018), in force from 1 May 2018.",
        ),
        (
            {"in_force_from": None},
            "2020-01-01",
            "Signed by Region BY-HO and Region RU-BRY (March 2018); since when it is in force is "
            "not recorded.",
        ),
        (
            {},
            "2018-01-01",
            "Not signed then: a draft between Region BY-HO and Region RU-BRY, signed later "
            "(March 2018).",
        ),
        (
            {"signed_on": None},
            "2020-01-01",
            "A draft between Region BY-HO and Region RU-BRY, not signed yet.",
        ),
    ],
)
def test_how_an_agreement_stands(terms: dict[str, Any], day: str, sentence: str) -> None:
    said = {
        "signed_on": date(2018, 3, 1),
        "signed_precision": "month",
        "in_force_from": date(2018, 5, 1),
        **terms,
    }

    assert standing(an_agreement(**said), date.fromisoformat(day)) == sentence


def test_names_are_said_as_they_are() -> None:
    agreement = an_agreement(
        a_region("BY-HO", name_en="50 % of %(parties)s"), a_region("RU-BRY"), a_region("RU-SMO")
    )

    assert standing(agreement, date(2020, 1, 1)) == (
        "A draft between 50 % of %(parties)s, Region RU-BRY, and Region RU-SMO, not signed yet."
    )


def test_months_in_words() -> None:
    assert [months_in_words(months) for months in (1, 6, 12, 18, 60)] == [
        "1 month",
        "6 months",
        "1 year",
        "18 months",
        "5 years",
    ]


def test_languages_of_documents_begin_with_those_of_the_pages() -> None:
    assert [code for code, _name in document_languages()][:3] == ["be", "ru", "en"]
    assert language_name("pl") == "Polish"
    assert language_name("xx") == "xx"
