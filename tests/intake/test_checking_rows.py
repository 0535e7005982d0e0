"""Rows beside their source: corrected, settled, left out and taken after all."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.audit.models import Event
from comity.intake.actions import change_row, leave_out_row, settle_doubt, take_row_back
from comity.intake.forms import RowForm, body_lines
from comity.intake.models import Import, ImportRow
from comity.lib.versions import Stale
from tests.factories import a_coordinator, a_country, an_organisation, somebody
from tests.intake.documents import DOUBTFUL, ROW, a_draft, many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def as_posted(row: ImportRow, **changed: Any) -> dict[str, Any]:
    """What a browser sends of the form of a row."""
    form, lines = RowForm(row=row), body_lines(row)
    posted = {name: form.initial.get(name) for name in form.fields}
    posted |= {"bodies-TOTAL_FORMS": len(lines.forms), "bodies-INITIAL_FORMS": len(lines.forms) - 1}
    for place, line in enumerate(lines.forms):
        for name in ("side", "text"):
            posted[f"bodies-{place}-{name}"] = line.initial.get(name, "")
    return {name: "" if value is None else value for name, value in {**posted, **changed}.items()}


def rows_of(draft: Import) -> list[ImportRow]:
    return list(draft.rows.select_related("document"))


def test_a_row_is_corrected(tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]

    changed = change_row(
        row=row,
        values={"title": "Выставка", "number": ROW[0]},
        expected_version=1,
        by=user,
    )

    assert (changed.version, changed.corrected) == (2, {"title": "Выставка"})
    assert changed.values["title"] == "Выставка"
    event = Event.objects.last()
    assert (event.verb, event.entries.get().changes["corrected"]) == (
        "intake.row_changed",
        [{}, {"title": "Выставка"}],
    )
    back = change_row(row=changed, values={"title": ROW[1]}, expected_version=2, by=user)
    assert back.corrected == {}


def test_other_bodies_are_looked_up(tmp_path: Path) -> None:
    user = a_coordinator()
    ministry = an_organisation("Завод «Свет»", seat=a_country("BY"))
    draft = a_draft(tmp_path, by=user)
    bodies = [{"text": "ОАО «Завод Свет»", "side": "BY"}, {"text": ROW[4], "side": "RU"}]

    change_row(row=rows_of(draft)[0], values={"responsible": bodies}, expected_version=1, by=user)

    used = draft.bodies.used().order_by("text")
    assert [(body.text, body.organisation_id) for body in used] == [
        ("ОАО «Завод Свет»", ministry.pk),
        (ROW[4], None),
    ]


def test_a_doubt_is_settled(tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, [DOUBTFUL], by=user))[0]
    assert row.in_doubt

    settled = settle_doubt(row=row, expected_version=1, by=user)

    assert (settled.in_doubt, settled.is_settled, settled.corrected) == (False, True, {})
    assert Event.objects.last().verb == "intake.doubt_settled"


def test_a_row_is_left_out_and_taken_after_all(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    row = rows_of(draft)[1]

    out = leave_out_row(row=row, expected_version=1, by=user)
    assert (out.is_left_out, out.in_doubt) == (True, False)
    assert [body.uses for body in draft.bodies.order_by("pk")] == [1, 1, 0]
    back = take_row_back(row=out, expected_version=2, by=user)
    assert (back.is_left_out, back.in_doubt) == (False, True)
    assert [event.verb for event in Event.objects.all()] == [
        "intake.started",
        "intake.row_left_out",
        "intake.row_taken_back",
    ]


def test_refusals(tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]
    with pytest.raises(Stale):
        settle_doubt(row=row, expected_version=3, by=user)
    with pytest.raises(PermissionDenied):
        settle_doubt(row=row, expected_version=1, by=somebody("observer"))
    with pytest.raises(ValidationError, match="in at least one language"):
        change_row(row=row, values={"title": ""}, expected_version=1, by=user)
    row.refresh_from_db()
    assert (row.version, row.corrected) == (1, {})


def test_a_row_that_cannot_stand_is_in_doubt(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = a_coordinator()
    monkeypatch.setattr("comity.intake.actions.starting.what_is_wrong", lambda values: ["So not."])
    draft = a_draft(tmp_path, by=user)
    assert [doubt["code"] for doubt in rows_of(draft)[0].doubts] == ["cannot_stand"]
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/check/").content.decode()
    assert "The row cannot be taken in as it stands; correct it or leave it out." in page


def test_the_first_row_in_doubt_is_open_beside_its_source(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    client.force_login(user)

    page = client.get(f"/intake/{draft.pk}/check/").content.decode()

    assert "1 row needs a look; everything else is sure." in page
    assert f"<mark>{DOUBTFUL[2]}</mark>" in page
    assert "2 as understood" in page
    assert "Right, next doubt" in page
    assert page.index(DOUBTFUL[1]) < page.index(ROW[1])
    other = client.get(f"/intake/{draft.pk}/check/?row=1").content.decode()
    assert "1 as understood" in other
    none = client.get(f"/intake/{draft.pk}/check/?row=0").content.decode()
    assert "No row waits for an answer." in none


def test_right_and_the_next_doubt(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    again = ("3", "Провести семинар", "летом или осенью", "Минпром", "Завод", "")
    draft = a_draft(tmp_path, [DOUBTFUL, ROW, again], by=user)
    first = rows_of(draft)[0]
    client.force_login(user)

    answer = client.post(
        f"/intake/{draft.pk}/rows/{first.pk}/",
        as_posted(first, do="right", due_kind="date", due_end="2018-03-10"),
    )

    assert answer.headers["Location"] == f"/intake/{draft.pk}/check/?row=3"
    first.refresh_from_db()
    assert first.corrected.keys() == {"due"}
    assert (first.values["due"]["kind"], first.values["due"]["end"]) == ("date", "2018-03-10")
    assert first.values["due"]["text"] == DOUBTFUL[2]
    assert not first.in_doubt


def test_saving_what_was_shown_changes_nothing(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    for code in ("BY", "RU"):
        a_country(code)
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    client.force_login(user)
    for row in rows_of(draft):
        client.post(f"/intake/{draft.pk}/rows/{row.pk}/", as_posted(row, do="right"))
    assert [row.corrected for row in draft.rows.all()] == [{}, {}]
    page = client.get(f"/intake/{draft.pk}/check/").content.decode()
    assert "2 measures were read, and nothing is in doubt." in page


def test_everything_can_be_corrected_in_the_form(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    a_country("PL")
    row = rows_of(a_draft(tmp_path, by=user))[0]
    client.force_login(user)
    said = as_posted(
        row, do="right", number="7а", section="Торговля", title="Ярмарка\n в Гомеле",
        due_kind="recurring", due_start="2018-01-01", due_end="2020-12-31",
        due_recurrence="yearly", due_season="10-01/12-31", expected_result="Договоры",
        funding_text="5 тыс. руб.", funding_amount="5000", funding_currency="rub",
    )  # fmt: skip
    said |= {"bodies-0-text": "", "bodies-2-text": "Гмина", "bodies-2-side": "PL"}

    client.post(f"/intake/{row.document_id}/rows/{row.pk}/", said)

    row.refresh_from_db()
    assert row.corrected == {
        "number": "7а",
        "section": "Торговля",
        "title": "Ярмарка в Гомеле",
        "due": {
            "text": ROW[2], "kind": "recurring", "start": "2018-01-01", "end": "2020-12-31",
            "recurrence": "yearly", "season": "10-01/12-31",
        },
        "responsible": [{"text": ROW[4], "side": "RU"}, {"text": "Гмина", "side": "PL"}],
        "expected_result": "Договоры",
        "funding": {"text": "5 тыс. руб.", "amount": 5000.0, "currency": "RUB"},
    }  # fmt: skip
    again = client.get(f"/intake/{row.document_id}/check/?row=1").content.decode()
    assert 'value="5000"' in again


def test_a_contradiction_is_said_beside_the_field(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]
    client.force_login(user)
    url = f"/intake/{row.document_id}/rows/{row.pk}/"

    wrong = client.post(url, as_posted(row, do="right", due_end=""))
    assert wrong.status_code == 400
    assert "A deadline of this kind needs its last day." in wrong.content.decode()
    long = client.post(url, as_posted(row, do="right", funding_currency="R1"))
    assert long.status_code == 400
    row.refresh_from_db()
    assert row.version == 1


def test_what_only_the_whole_row_contradicts_is_said_too(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]
    client.force_login(user)
    monkeypatch.setattr("comity.intake.actions.rows.what_is_wrong", lambda values: ["So not."])
    answer = client.post(f"/intake/{row.document_id}/rows/{row.pk}/", as_posted(row, do="right"))
    assert answer.status_code == 400
    assert "So not." in answer.content.decode()


def test_leaving_out_and_taking_back_in_the_browser(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]
    client.force_login(user)
    url = f"/intake/{row.document_id}/rows/{row.pk}/"

    client.post(url, {"do": "leave_out", "version": 1})
    row.refresh_from_db()
    assert row.is_left_out
    page = client.get(f"/intake/{row.document_id}/check/?row=1").content.decode()
    assert "There is no measure to take in." in page
    assert "Take it after all" in page
    client.post(url, {"do": "take_back", "version": 2})
    row.refresh_from_db()
    assert not row.is_left_out


def test_two_people_on_one_row_see_both_versions(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    row = rows_of(a_draft(tmp_path, by=user))[0]
    change_row(row=row, values={"title": "Раньше"}, expected_version=1, by=a_coordinator())
    client.force_login(user)
    url = f"/intake/{row.document_id}/rows/{row.pk}/"

    answer = client.post(url, as_posted(row, do="right", title="Позже", version=1))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing" in page
    assert "1 field differs from what stands now." in page
    assert "Раньше" in page
    assert "Позже" in page
    row.refresh_from_db()
    assert row.values["title"] == "Раньше"
    client.post(url, as_posted(row, do="right", title="Позже", version=2))
    row.refresh_from_db()
    assert row.values["title"] == "Позже"


def test_other_bodies_of_somebody_else_are_shown_too(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    for code in ("BY", "RU"):
        a_country(code)
    row = rows_of(a_draft(tmp_path, by=user))[0]
    bodies = [{"text": "Минздрав", "side": "BY"}]
    change_row(row=row, values={"responsible": bodies}, expected_version=1, by=a_coordinator())
    client.force_login(user)
    posted = as_posted(rows_of(row.document)[0], do="right", version=1)
    posted |= {"bodies-0-text": "Минтранс", "bodies-0-side": "BY"}

    answer = client.post(f"/intake/{row.document_id}/rows/{row.pk}/", posted)

    assert answer.status_code == 409
    shown = '>BY Минтранс</td><td data-label="What stands now">BY Минздрав</td>'
    assert shown in answer.content.decode()


def test_htmx_gets_the_part_that_changes(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    client.force_login(user)
    part = client.get(f"/intake/{draft.pk}/check/", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="check">')
    row = rows_of(draft)[1]
    wrong = client.post(
        f"/intake/{draft.pk}/rows/{row.pk}/",
        as_posted(row, do="right", title=""),
        headers={"HX-Request": "true"},
    )
    assert wrong.status_code == 200
    assert "This field is required." in wrong.content.decode()


def test_a_draft_of_somebody_else_is_not_there(client: Client, tmp_path: Path) -> None:
    draft = a_draft(tmp_path, by=a_coordinator())
    client.force_login(somebody("coordinator", an_organisation()))
    row = rows_of(draft)[0]
    assert client.get(f"/intake/{draft.pk}/check/").status_code == 404
    answer = client.post(f"/intake/{draft.pk}/rows/{row.pk}/", {"do": "leave_out", "version": 1})
    assert answer.status_code == 404
    client.force_login(a_coordinator())
    assert client.get(f"/intake/{draft.pk}/check/").status_code == 200


def test_who_lost_the_role_cannot_go_on(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    user.whole_grants.all().delete()
    client.force_login(user)
    assert client.get(f"/intake/{draft.pk}/check/").status_code == 403


def test_an_unknown_country_is_told_of(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    a_country("BY")
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/check/").content.decode()
    assert "The register does not have these countries yet: RU." in page


def test_two_thousand_rows_are_on_pages(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, many_rows(60), by=user)
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/check/?row=0&page=2").content.decode()
    assert "о деле 420" in page
    assert "о деле 7<" not in page
    last = client.get(f"/intake/{draft.pk}/check/?row=60").content.decode()
    assert "60 as understood" in last


@pytest.mark.parametrize("path", ["check", "bodies", "columns", "target"])
def test_as_many_queries_for_one_row_as_for_thirty(
    client: Client, tmp_path: Path, path: str
) -> None:
    user = a_coordinator()
    client.force_login(user)
    counts = []
    for number, rows in enumerate(([DOUBTFUL], [DOUBTFUL, *many_rows(29)])):
        draft = a_draft(tmp_path, rows, by=user, name=f"plan{number}.csv")
        client.get(f"/intake/{draft.pk}/{path}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/intake/{draft.pk}/{path}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_comes_too_late_is_shown_what_became_of_the_document(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody settles the draft between the look at it and the act."""
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    row = rows_of(draft)[0]
    client.force_login(user)
    monkeypatch.setattr("comity.intake.views.drafts.refuse_settled", lambda document: None)
    Import.objects.update(state="dropped", settled_at=draft.started_at)
    monkeypatch.setattr("comity.intake.views.drafts.can_continue", lambda *_who: True)
    answer = client.post(f"/intake/{draft.pk}/rows/{row.pk}/", as_posted(row, do="right"))
    assert answer.headers["Location"] == f"/intake/{draft.pk}/"
