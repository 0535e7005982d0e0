"""docs/report-template.md lists every placeholder, and none that there is not."""

import re
from pathlib import Path

import pytest

from comity.issuing.writers.filling import CHART
from comity.issuing.writers.values import RepeatedRows, scalars
from tests.issuing.world import a_programme_in_every_state, digest_of

DOCUMENT = Path(__file__).parents[2] / "docs/report-template.md"
KINDS = ("row", "overdue", "disputed", "figure", "signatory")
#: Told to the filling itself.
UNTOLD = {"row.together"}


@pytest.mark.django_db
def test_every_placeholder_is_documented() -> None:
    digest = digest_of(a_programme_in_every_state().programme)
    known = {*scalars(digest), CHART, "section.title"} - UNTOLD
    for kind in KINDS:
        things = RepeatedRows(digest).of(kind)
        assert things
        known |= set(things[0]) - UNTOLD
    told = set(re.findall(r"\{\{([a-z_.0-9]+)\}\}", DOCUMENT.read_text("utf-8")))
    assert {re.sub(r"[2-9]$", "1", name) for name in told} == {
        re.sub(r"[2-9]$", "1", name) for name in known
    }
