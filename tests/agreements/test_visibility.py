"""Nobody sees what is not theirs: on no page, in no panel, in no download."""

from typing import Any

import pytest
from django.test import Client

from comity.accounts.models import Role, User
from comity.agreements.models import Agreement, Document
from comity.directory.models import Organisation
from comity.files.actions import keep_file
from tests.agreements.conftest import PDF
from tests.factories import a_region, an_agreement, an_organisation, somebody

pytestmark = pytest.mark.django_db

#: Who sees what: the rows of the lattice.
SEEN = {
    "anonymous": {"public"},
    "elsewhere": {"public"},
    "enterprise in the region": {"public"},
    "observer of a party": {"public", "parties"},
    "observer of an authority of a party": {"public", "parties"},
    "coordinator of a party": {"public", "parties", "internal"},
    "whole observer": {"public", "parties", "internal"},
    "whole coordinator": {"public", "parties", "internal"},
}


@pytest.fixture
def party() -> Organisation:
    return an_organisation("Bryansk Government", seat=a_region("RU-BRY"))


@pytest.fixture
def people(authority: Organisation, party: Organisation, outsider: User) -> dict[str, User | None]:
    works = an_organisation("Works", seat=a_region("BY-HO"), kind="enterprise")
    return {
        "anonymous": None,
        "elsewhere": outsider,
        "enterprise in the region": somebody(Role.COORDINATOR, works),
        "observer of a party": somebody(Role.OBSERVER, party),
        "observer of an authority of a party": somebody(Role.OBSERVER, authority),
        "coordinator of a party": somebody(Role.COORDINATOR, party),
        "whole observer": somebody(Role.OBSERVER),
        "whole coordinator": somebody(Role.COORDINATOR),
    }


@pytest.fixture
def agreements(party: Organisation) -> dict[str, Agreement]:
    return {
        visibility: an_agreement(
            a_region("BY-HO"), party, title_en=f"Text {visibility}", visibility=visibility
        )
        for visibility in ("public", "parties", "internal")
    }


@pytest.mark.parametrize("who", SEEN)
def test_pages_and_panels(
    client: Client,
    people: dict[str, User | None],
    agreements: dict[str, Agreement],
    party: Organisation,
    who: str,
) -> None:
    if person := people[who]:
        client.force_login(person)
    panels = [
        "/agreements/",
        f"/agreements/of-territory/{a_region('RU-BRY').pk}/",
        f"/agreements/of-organisation/{party.pk}/",
    ]
    for panel in panels:
        for headers in ({}, {"HX-Request": "true"}):
            page = client.get(panel, headers=headers).content.decode()
            assert {v for v in agreements if f"Text {v}" in page} == SEEN[who], panel
    found = {
        visibility: client.get(f"/agreements/{agreement.pk}/").status_code
        for visibility, agreement in agreements.items()
    }
    assert {visibility for visibility, status in found.items() if status == 200} == SEEN[who]
    neighbours = client.get(f"/agreements/neighbours/{a_region('BY-HO').pk}/").context["neighbours"]
    assert [(n.territory.code, n.agreements) for n in neighbours] == [("RU-BRY", len(SEEN[who]))]


@pytest.mark.parametrize("who", SEEN)
def test_downloads(
    client: Client, people: dict[str, User | None], agreements: dict[str, Agreement], who: str
) -> None:
    if person := people[who]:
        client.force_login(person)
    kept = keep_file(content=PDF, name="a.pdf", media_type="application/pdf")
    given = {}
    for visibility, agreement in agreements.items():
        document = Document.objects.create(
            agreement=agreement, file=kept, name="a.pdf", kind="text", language="en"
        )
        response: Any = client.get(f"/agreements/documents/{document.pk}/")
        given[visibility] = (response.status_code, response.headers.get("Cache-Control"))
        if response.streaming:
            assert b"".join(response.streaming_content) == PDF

    assert {v for v, (status, _cache) in given.items() if status == 200} == SEEN[who]
    assert {cache for v, (status, cache) in given.items() if status == 200 and v != "public"} <= {
        "private, no-store"
    }


def test_a_place_known_only_from_hidden_agreements_is_no_choice(client: Client) -> None:
    an_agreement(a_region("BY-HO"), a_region("RU-SMO"), visibility="internal")
    an_agreement(a_region("BY-HO"), a_region("RU-BRY"))

    page = client.get("/agreements/").content.decode()

    assert 'value="RU-BRY"' in page
    assert 'value="RU-SMO"' not in page
