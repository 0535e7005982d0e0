"""Two regions, their authorities, and the papers of an agreement."""

import io
import zipfile
from typing import Any

import pytest

from comity.accounts.models import Role, User
from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from tests.factories import a_region, an_agreement, an_organisation, somebody

PDF = b"%PDF-1.7\nexample"


def a_package(*parts: str, mimetype: str = "") -> bytes:
    """A zip package with these parts, as Word and OpenDocument texts are."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for part in parts:
            package.writestr(part, "x")
    return held.getvalue()


def party_rows(*rows: dict[str, str], **rest: Any) -> dict[str, Any]:
    """The rows of parties as a browser sends them."""
    sent: dict[str, Any] = {"parties-TOTAL_FORMS": len(rows), "parties-INITIAL_FORMS": 0, **rest}
    for number, row in enumerate(rows):
        for name in ("who", "signatory_name", "signatory_post"):
            sent[f"parties-{number}-{name}"] = row.get(name, "")
    return sent


@pytest.fixture
def authority() -> Organisation:
    """The executive committee of Homiel Region."""
    return an_organisation("Homiel Executive Committee", seat=a_region("BY-HO"))


@pytest.fixture
def keeper(authority: Organisation) -> User:
    """Coordinates for the authority of a party."""
    return somebody(Role.COORDINATOR, authority)


@pytest.fixture
def outsider() -> User:
    """Coordinates for an organisation that is no party."""
    return somebody(Role.COORDINATOR, an_organisation("Elsewhere", seat=a_region("BY-BR")))


@pytest.fixture
def agreement() -> Agreement:
    """Homiel and Bryansk: five years from 2018, prolonged by five, notice of six months."""
    return an_agreement(
        title_en="On trade",
        signed_on="2018-03-15",
        in_force_from="2018-05-01",
        until="2023-04-30",
        renewal_months=60,
        notice_months=6,
    )
