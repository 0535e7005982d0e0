"""All measures of a document become measures of the register, in one step or not at all."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.audit.models import Event
from comity.intake.actions import (
    change_row,
    choose_target,
    commit_import,
    leave_out_row,
    match_body,
)
from comity.intake.queries import NotPlaced, not_placed
from comity.lib.versions import Stale
from comity.programmes.keeping import as_json, from_json, of_measure
from comity.programmes.models import Measure, Programme
from tests.factories import a_coordinator, a_country, an_agreement, an_organisation, somebody
from tests.intake.documents import DOUBTFUL, HEAD, ROW, a_draft, committed, fresh, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def test_rows_become_measures_with_what_a_person_said(tmp_path: Path) -> None:
    user = a_coordinator()
    third = ("3", "Третье дело", "2020 год", "Минпром", "Завод", "Итог")
    draft = a_draft(tmp_path, [ROW, DOUBTFUL, third], by=user)
    first, second, _last = draft.rows.all()
    change_row(row=first, values={"title": "Выставка"}, expected_version=1, by=user)
    leave_out_row(row=second, expected_version=1, by=user)
    ministry = an_organisation("Ministry")
    body = draft.bodies.get(text="Минпром")
    match_body(body=body, organisation=ministry, expected_version=1, by=user)

    programme = committed(draft, user, visibility="parties")

    measures = list(programme.measures.order_by("position"))
    assert [measure.title_ru for measure in measures] == ["Выставка", "Третье дело"]
    assert [measure.due_text for measure in measures] == [ROW[2], "2020 год"]
    assert [(o.opens_on, o.due_on) for o in measures[0].occurrences.all()] == [
        (date(2018, 4, 1), date(2018, 6, 30))
    ]
    named = measures[0].responsibilities.values_list("text", "country", "organisation")
    assert list(named) == [("Минпром", "BY", ministry.pk), (ROW[4], "RU", None)]
    assert (programme.visibility, programme.start) == ("parties", date(2018, 1, 1))
    draft = fresh(draft)
    assert (draft.state, draft.programme, draft.programme_version) == ("committed", programme, 1)
    assert [(row.measure, row.became) for row in draft.rows.select_related("measure")] == [
        (measures[0], "added"),
        (None, ""),
        (measures[1], "added"),
    ]
    assert Event.objects.last().verb == "intake.committed"
    assert not_placed(draft) == [
        NotPlaced("Провести выставку машин", NotPlaced.CORRECTED),
        NotPlaced(" · ".join(DOUBTFUL), NotPlaced.LEFT_OUT),
    ]


def test_money_and_season_come_through(tmp_path: Path) -> None:
    path = tmp_path / "money.csv"
    head = (*HEAD, "Финансирование")
    row = ("1", "Ярмарка", "ежегодно, IV квартал", "Минпром", "Завод", "", "12,4 тыс. бел. руб.")
    from comity.audit.actions import Installation
    from comity.intake.actions import start_import
    from tests.intake.documents import a_table

    path.write_bytes(a_table(row, head=head))
    draft = start_import(path=path, name="money.csv", by=Installation())
    measure = committed(draft).measures.get()

    assert (measure.funding_amount, measure.funding_currency) == (Decimal("12400.00"), "BYN")
    assert (measure.due_recurrence, measure.due_season) == ("yearly", "10-01/12-31")
    assert measure.occurrences.count() == 3
    assert from_json(as_json(of_measure(measure)), {}) == of_measure(measure)


def test_refusals_keep_nothing(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    with pytest.raises(ValidationError, match="Say first which programme"):
        commit_import(document=draft, expected_version=1, by=user)
    draft = choose_target(document=draft, expected_version=1, by=user, values={
        "title_ru": "План", "language": "ru"})  # fmt: skip
    with pytest.raises(ValidationError, match="Not the code of a known country: BY, RU"):
        commit_import(document=draft, expected_version=2, by=user)
    for code in ("BY", "RU"):
        a_country(code)
    with pytest.raises(Stale):
        commit_import(document=draft, expected_version=1, by=user)
    with pytest.raises(PermissionDenied):
        commit_import(document=draft, expected_version=2, by=somebody("observer"))
    leave_out_row(row=draft.rows.get(), expected_version=1, by=user)
    with pytest.raises(ValidationError, match="every row is left out"):
        commit_import(document=draft, expected_version=2, by=user)
    assert (Programme.objects.count(), Measure.objects.count()) == (0, 0)
    assert fresh(draft).version == 2


def test_a_role_lost_on_the_way_is_noticed(tmp_path: Path) -> None:
    authority = an_organisation(seat=a_country("BY"))
    user = somebody("coordinator", authority)
    draft = a_draft(tmp_path, by=user)
    agreement = an_agreement(authority, a_country("RU"))
    draft = choose_target(
        document=draft, expected_version=1, by=user, agreement=agreement,
        values={"title_ru": "План", "language": "ru", "owner": authority.pk},
    )  # fmt: skip
    agreement.parties.all().delete()
    draft.target = {**draft.target, "owner": None}
    draft.save()
    with pytest.raises(PermissionDenied):
        commit_import(document=draft, expected_version=2, by=user)
    assert Programme.objects.count() == 0


def test_an_owner_is_kept(tmp_path: Path) -> None:
    owner = an_organisation("Keeper")
    assert committed(a_draft(tmp_path), owner=owner.pk).owner == owner


def test_the_last_look_says_what_is_open(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)
    choose_target(
        document=draft, expected_version=1, by=user,
        values={"title_ru": "Наш план", "start": date(2018, 1, 1), "end": date(2020, 12, 31),
                "language": "ru", "kind": "action", "visibility": "public"},
    )  # fmt: skip
    client.force_login(user)
    url = f"/intake/{draft.pk}/commit/"

    page = client.get(url).content.decode()
    assert "Take 2 measures into the register?" in page
    assert "1 row is still in doubt; it is taken in as understood." in page
    assert "3 bodies stay as the document writes them." in page
    assert "2018–2020" in page
    assert "The register does not have these countries yet: BY, RU." in page
    refused = client.post(url, {"version": 2})
    assert refused.status_code == 409
    assert "Not the code of a known country" in refused.content.decode()
    for code in ("BY", "RU"):
        a_country(code)
    stale = client.post(url, {"version": "1"})
    assert stale.status_code == 409
    assert "Somebody changed this draft meanwhile." in stale.content.decode()
    answer = client.post(url, {"version": 2})

    programme = Programme.objects.get()
    assert answer.headers["Location"] == programme.get_absolute_url()
    assert client.get(url).headers["Location"] == f"/intake/{draft.pk}/"
    assert client.post("/intake/", upload(draft.file.path.read_bytes())).status_code == 200
