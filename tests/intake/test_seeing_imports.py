"""Who sees what of a document, and where a measure came from."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.accounts.models import Role
from comity.audit.actions import Installation
from comity.intake.actions import change_row, choose_target, leave_out_row, settle_doubt
from comity.intake.models import Import
from tests.factories import (
    a_coordinator,
    a_measure,
    a_person,
    a_programme,
    an_organisation,
    somebody,
)
from tests.intake.documents import DOUBTFUL, ROW, a_draft, a_table, committed, fresh, many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def sees(user: object, document: Import) -> bool:
    return Import.objects.visible_to(user).filter(pk=document.pk).exists()  # type: ignore[arg-type]  # any reader


def test_a_draft_is_seen_by_who_works_on_it(tmp_path: Path) -> None:
    user = somebody(Role.COORDINATOR, an_organisation())
    programme = a_programme()
    draft = a_draft(tmp_path, by=user)
    others = [AnonymousUser(), a_person(), somebody(Role.OBSERVER),
              somebody(Role.COORDINATOR, an_organisation()),
              somebody(Role.COORDINATOR, programme)]  # fmt: skip
    assert [sees(reader, draft) for reader in others] == [False] * 5
    assert [sees(reader, draft) for reader in (user, a_coordinator(), Installation())] == [True] * 3
    choose_target(document=draft, expected_version=1, by=a_coordinator(), amends=programme)
    assert [sees(reader, draft) for reader in others] == [False, False, False, False, True]


def test_what_was_taken_in_is_seen_with_its_programme(tmp_path: Path, client: Client) -> None:
    public = a_draft(tmp_path, by=a_coordinator())
    committed(public)
    internal = a_draft(tmp_path, [DOUBTFUL], by=a_coordinator(), name="internal.csv")
    committed(internal, visibility="internal")
    assert [sees(AnonymousUser(), one) for one in (public, internal)] == [True, False]
    assert client.get(f"/intake/{public.pk}/").status_code == 200
    for page in ("", "file/"):
        assert client.get(f"/intake/{internal.pk}/{page}").status_code == 404
    assert client.get(f"/intake/{public.pk}/undo/").status_code == 302


def test_the_page_of_a_document_shows_what_found_no_place(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    path_rows = [ROW, DOUBTFUL, ("", "Примечание. Стороны уточняют план.", "", "", "", "")]
    draft = a_draft(tmp_path, path_rows, by=user)
    rows = list(draft.rows.all())
    change_row(row=rows[0], values={"title": "Ярмарка"}, expected_version=1, by=user)
    leave_out_row(row=rows[1], expected_version=1, by=user)
    programme = committed(draft, user)

    page = client.get(f"/intake/{draft.pk}/").content.decode()

    assert "plan.csv brought" in page
    assert "Rows left out" in page
    assert DOUBTFUL[1] in page
    assert "Written over by corrections" in page
    assert "Примечание" in page
    assert user.name not in page
    assert "Undo" not in page
    fragment = client.get(f"/intake/of-programme/{programme.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "texts not placed" in fragment.content.decode()
    client.force_login(user)
    own = client.get(f"/intake/{draft.pk}/").content.decode()
    assert (user.name in own, "Undo" in own) == (True, True)
    whole = client.get(f"/intake/of-programme/{programme.pk}/").content.decode()
    assert "Bring in a new version" in whole


def test_every_word_in_place_is_said(client: Client, tmp_path: Path) -> None:
    draft = a_draft(tmp_path)
    programme = committed(draft)
    page = client.get(f"/intake/{draft.pk}/").content.decode()
    assert "Every word of the document found its place." in page
    fragment = client.get(f"/intake/of-programme/{programme.pk}/").content.decode()
    assert "every word found its place" in fragment
    empty = client.get(f"/intake/of-programme/{a_programme().pk}/").content.decode()
    assert "It was not brought in from a document." in empty


def test_the_source_of_a_measure(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [DOUBTFUL], by=user)
    row = draft.rows.get()
    change_row(row=row, values={"title": "Иное"}, expected_version=1, by=user)
    settle_doubt(row=row, expected_version=2, by=user)
    measure = committed(draft, user).measures.get()

    part = client.get(f"/intake/of-measure/{measure.pk}/", headers={"HX-Request": "true"})

    page = part.content.decode()
    assert "<html" not in page
    assert DOUBTFUL[1] in page
    assert "table 1, row 3" in page
    assert "In doubt when it was read:" in page
    assert "A person corrected what was read." in page
    alone = client.get(f"/intake/of-measure/{measure.pk}/").content.decode()
    assert "The row as it came" in alone
    other = client.get(f"/intake/of-measure/{a_measure().pk}/").content.decode()
    assert "It was not brought in from a document." in other
    hidden = a_measure(a_programme(visibility="internal"))
    assert client.get(f"/intake/of-measure/{hidden.pk}/").status_code == 404


def test_a_row_read_from_paragraphs_is_shown_as_text(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [DOUBTFUL], by=user)
    draft.rows.update(cells=[])
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/check/").content.decode()
    assert "<blockquote>" in page
    assert f"<mark>{DOUBTFUL[2]}</mark>" in page


def test_the_file_is_only_ever_downloaded(client: Client, tmp_path: Path) -> None:
    draft = a_draft(tmp_path)
    committed(draft)
    answer = client.get(f"/intake/{draft.pk}/file/")
    assert b"".join(answer.streaming_content) == a_table(ROW)  # type: ignore[attr-defined]  # a stream
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.csv"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_draft_leads_to_where_one_goes_on(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    assert client.get(f"/intake/{draft.pk}/").headers["Location"] == f"/intake/{draft.pk}/check/"
    draft.rows.all().delete()
    answer = client.get(f"/intake/{draft.pk}/check/")
    assert answer.headers["Location"] == f"/intake/{draft.pk}/columns/"
    page = client.get(f"/intake/{draft.pk}/columns/").content.decode()
    assert "No measures were found." in page


def test_records_name_themselves(tmp_path: Path) -> None:
    draft = a_draft(tmp_path)
    assert str(draft) == "plan.csv"
    assert str(draft.rows.get()) == f"1 {ROW[1]}"
    assert str(draft.bodies.first()) == "BY Минпром"
    assert (fresh(draft).has_target, draft.is_draft) == (False, True)


def test_the_history_of_a_draft_has_a_page(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    page = client.get(f"/history/intake.import/{draft.pk}/").content.decode()
    assert "Document brought in" in page


@pytest.mark.parametrize("url", ["/intake/", "/intake/{pk}/"])
def test_as_many_queries_for_one_as_for_thirty(client: Client, tmp_path: Path, url: str) -> None:
    user = a_coordinator()
    client.force_login(user)
    counts = []
    for number, rows in enumerate((1, 30)):
        draft = a_draft(tmp_path, many_rows(rows), by=user, name=f"plan{number}.csv")
        committed(draft, user)
        for extra in range(rows // 10):
            a_draft(tmp_path, many_rows(2), by=user, name=f"extra{extra}.csv")
        client.get(url.format(pk=draft.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url.format(pk=draft.pk)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
