"""From the upload to the measures in the register, for documents of each kind."""

import json

import pytest
from django.test import Client

from comity.audit.models import Event
from comity.directory.models import Alias
from comity.intake.models import Import
from comity.programmes.models import Measure, Occurrence, Programme, Responsibility
from tests.factories import a_coordinator, a_country, a_region, an_agreement, an_organisation
from tests.intake.documents import SAMPLES, sample, the_draft_of

pytestmark = pytest.mark.django_db

DOCUMENTS = [
    ("01-sakhalin.docx", "ru"),
    ("03-pskov-be.docx", "be"),
    ("05-tatarstan.xlsx", "ru"),
    ("07-smolensk.csv", "ru"),
    ("08-novosibirsk.pdf", "ru"),
    ("09-kaliningrad.odt", "ru"),
    ("10-wales-brittany.html", "en"),
]


def expected_of(name: str) -> dict[str, object]:
    path = SAMPLES / name
    found: dict[str, object] = json.loads(path.with_suffix(".expected.json").read_text())
    return found


@pytest.mark.parametrize(("name", "language"), DOCUMENTS)
def test_a_document_becomes_measures_in_the_browser(
    client: Client, name: str, language: str
) -> None:
    for code in ("BY", "RU", "GB", "FR"):
        a_country(code)
    agreement = an_agreement(a_country("BY"), a_region("RU-BRY"))
    ministry = an_organisation("Ministry of Industry", seat=a_country("BY"))
    Alias.objects.create(organisation=ministry, text="Министерство промышленности")
    user = a_coordinator()
    client.force_login(user)
    expected = expected_of(name)

    assert client.post("/intake/", sample(name)).status_code == 302
    draft = the_draft_of(user)
    assert (draft.name, draft.state) == (name, "draft")
    for page in ("columns", "check", "bodies", "target"):
        assert client.get(f"/intake/{draft.pk}/{page}/").status_code == 200, page
    assert Programme.objects.count() == 0

    said = {
        "version": draft.version,
        "agreement": agreement.pk,
        f"title_{language}": draft.title,
        "start": draft.start.isoformat() if draft.start else "",
        "end": draft.end.isoformat() if draft.end else "",
        "kind": "action",
        "language": language,
        "visibility": "public",
    }
    chosen = client.post(f"/intake/{draft.pk}/target/", said)
    assert chosen.headers["Location"] == f"/intake/{draft.pk}/commit/"
    draft.refresh_from_db()
    taken = client.post(f"/intake/{draft.pk}/commit/", {"version": draft.version})
    programme = Programme.objects.get()
    assert taken.headers["Location"] == f"/programmes/{programme.pk}/"

    measures = list(programme.measures.order_by("position").prefetch_related("responsibilities"))
    rows: list[dict[str, object]] = expected["measures"]  # type: ignore[assignment]  # the contract
    assert [getattr(m, f"title_{language}") for m in measures] == [
        row.values["title"] for row in draft.rows.all()
    ]
    assert [measure.number for measure in measures] == [row["number"] or "" for row in rows]
    assert [measure.due_kind for measure in measures] == [row["due"]["kind"] for row in rows]  # type: ignore[index]  # the contract
    assert [[(b.text, b.side) for b in m.responsibilities.all()] for m in measures] == [
        [(body["text"], body["side"] or "") for body in row["responsible"]]  # type: ignore[attr-defined]  # the contract
        for row in rows
    ]
    named = Responsibility.objects.filter(text="Министерство промышленности", country="BY")
    assert set(named.values_list("organisation", flat=True)) <= {ministry.pk}
    for measure in measures:
        planned = measure.occurrences.count()
        assert (planned == 0) == (measure.due_kind == "unscheduled")
    assert [row.measure_id for row in draft.rows.all()] == [measure.pk for measure in measures]
    draft.refresh_from_db()
    assert (draft.state, draft.programme) == ("committed", programme)
    assert list(programme.sides.values_list("territory__code", flat=True)) == ["BY", "RU-BRY"]
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "intake.started",
        "intake.target_chosen",
        "programme.created",
        "measure.added",
        "intake.committed",
    ]
    for page in (f"/intake/{draft.pk}/", f"/intake/of-measure/{measures[0].pk}/",
                 f"/intake/of-programme/{programme.pk}/", "/intake/"):  # fmt: skip
        assert client.get(page).status_code == 200, page
    assert (Import.objects.count(), Measure.objects.count()) == (1, len(rows))
    assert Occurrence.objects.filter(programme=programme).exists()
