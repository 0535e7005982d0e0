"""What a person says of columns: the document is read again with it."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from comity.audit.models import Event
from comity.intake.actions import (
    change_row,
    choose_columns,
    drop_import,
    keep_body_as_text,
    leave_out_row,
)
from comity.intake.actions.drafts import Settled
from comity.lib.versions import Stale
from tests.factories import a_coordinator, a_country, an_organisation, somebody
from tests.intake.documents import DOUBTFUL, ROW, a_draft, fresh, many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def test_another_role_reads_the_rows_again(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)

    dropped = choose_columns(
        document=draft, columns={"0": {"5": "funding"}}, expected_version=1, by=user
    )

    draft = fresh(draft)
    assert (dropped, draft.version, draft.columns) == (0, 2, {"0": {"5": "funding"}})
    assert draft.tables[0]["columns"]["5"] == "funding"
    assert [row.values["expected_result"] for row in draft.rows.all()] == [None, None]
    assert Event.objects.last().verb == "intake.columns_chosen"


def test_corrections_stay_where_the_row_still_says_the_same(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    first, second = draft.rows.all()
    change_row(row=first, values={"title": "Другое"}, expected_version=1, by=user)
    change_row(row=second, values={"expected_result": "Итог"}, expected_version=1, by=user)
    leave_out_row(row=fresh(draft).rows.all()[1], expected_version=2, by=user)
    body = draft.bodies.get(text="Минпром")
    keep_body_as_text(body=body, expected_version=1, by=user)

    dropped = choose_columns(
        document=draft, columns={"0": {"5": "funding"}}, expected_version=1, by=user
    )

    rows = list(draft.rows.all())
    assert dropped == 1
    assert [row.corrected for row in rows] == [{"title": "Другое"}, {}]
    assert [row.is_left_out for row in rows] == [False, True]
    assert draft.bodies.get(text="Минпром").is_text


def test_bodies_that_are_no_longer_read_are_no_longer_counted(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    choose_columns(document=draft, columns={"0": {"4": "other"}}, expected_version=1, by=user)
    assert [body.text for body in draft.bodies.used()] == ["Минпром"]
    assert ROW[4] in [text["text"] for text in fresh(draft).unplaced]


def test_refusals(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    choice = {"columns": {"0": {"5": "funding"}}, "document": draft}
    with pytest.raises(PermissionDenied):
        choose_columns(**choice, expected_version=1, by=somebody("coordinator", an_organisation()))
    with pytest.raises(Stale):
        choose_columns(**choice, expected_version=5, by=user)
    drop_import(document=draft, expected_version=1, by=user)
    with pytest.raises(Settled, match="no longer being checked"):
        drop_import(document=draft, expected_version=2, by=user)


def test_the_page_shows_each_table_with_a_select_for_each_column(
    client: Client, tmp_path: Path
) -> None:
    a_country("BY")
    user = a_coordinator()
    draft = a_draft(tmp_path, many_rows(12), by=user)
    client.force_login(user)

    page = client.get(f"/intake/{draft.pk}/columns/").content.decode()

    assert page.count("<select") == 6
    assert 'aria-label="What column 3 holds"' in page
    assert '<option value="responsible:BY" selected>bodies: BY</option>' in page
    assert "12 measures were read." in page
    assert "and 7 more rows" in page


def test_columns_are_said_in_the_browser(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW], by=user)
    client.force_login(user)
    url = f"/intake/{draft.pk}/columns/"

    unchanged = client.post(url, {"version": 1, "t0c5": "expected_result"})
    assert unchanged.headers["Location"] == f"/intake/{draft.pk}/check/"
    change_row(
        row=draft.rows.get(), values={"expected_result": "Итог"}, expected_version=1, by=user
    )
    answer = client.post(url, {"version": 1, "t0c5": "funding", "t0c4": "nonsense"}, follow=True)

    assert fresh(draft).columns == {"0": {"5": "funding"}}
    page = answer.content.decode()
    assert "The document was read again with these columns." in page
    stale = client.post(url, {"version": "1", "t0c5": "other"})
    assert stale.status_code == 409
    assert "Somebody changed this draft meanwhile." in stale.content.decode()


def test_a_correction_without_a_place_is_told_of(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [DOUBTFUL], by=user)
    change_row(
        row=draft.rows.get(), values={"expected_result": "Итог"}, expected_version=1, by=user
    )
    client.force_login(user)
    answer = client.post(
        f"/intake/{draft.pk}/columns/", {"version": 1, "t0c5": "funding"}, follow=True
    )
    assert "1 correction does not fit the new reading and is gone." in answer.content.decode()


def test_a_file_that_is_gone_is_said_to_be(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    draft.file.path.unlink()
    client.force_login(user)
    answer = client.post(f"/intake/{draft.pk}/columns/", {"version": 1, "t0c5": "funding"})
    assert (answer.status_code, fresh(draft).version) == (409, 1)
    assert "was not found" in answer.content.decode()
