"""A whole import is taken back while nothing was built on it."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.files.models import StoredFile
from comity.intake.actions import undo_import
from comity.intake.actions.undoing import built_since
from comity.intake.models import Import
from comity.lib.versions import Stale
from comity.programmes.actions import (
    add_measure,
    change_programme,
    remove_measure,
    settle_occurrence,
)
from comity.programmes.models import Measure, Programme, ProgrammeGrant
from comity.programmes.rows import NewMeasure
from tests.factories import a_coordinator, a_person, somebody
from tests.intake.documents import ROW, a_draft, committed, fresh
from tests.intake.test_new_version import OLD, apply_everything, versions
from tests.programmes.rows import change_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def taken_in(tmp_path: Path) -> Import:
    draft = a_draft(tmp_path, OLD)
    committed(draft)
    return fresh(draft)


def undo(document: Import, reason: str = "Ошибка") -> Import:
    return undo_import(
        document=document, reason=reason, expected_version=document.version, by=a_coordinator()
    )


def test_the_programme_goes_with_its_measures(tmp_path: Path) -> None:
    document = taken_in(tmp_path)

    undone = undo(document)

    assert (undone.state, undone.programme) == ("undone", None)
    assert (Programme.objects.count(), Measure.objects.count()) == (0, 0)
    assert StoredFile.objects.count() == 1
    assert [(event.verb, event.reason) for event in Event.objects.order_by("-seq")[:2]] == [
        ("intake.undone", "Ошибка"),
        ("programme.removed", "Ошибка"),
    ]
    assert first_break() is None
    kinds = Event.objects.last().entries.values_list("model", "kind")
    assert list(kinds).count(("programmes.measure", "removed")) == 3


def test_a_new_version_is_taken_back_to_what_stood(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    stood = sorted(programme.measures.values_list("number", "title_ru", "due_end", "due_text"))
    apply_everything(programme, draft)

    undo(fresh(draft))

    measures = programme.measures.all()
    assert sorted(measures.values_list("number", "title_ru", "due_end", "due_text")) == stood
    assert measures.get(number="2").occurrences.get().due_on == date(2019, 12, 31)
    assert fresh(draft).state == "undone"


def test_what_was_built_on_it_keeps_it(tmp_path: Path) -> None:
    document = taken_in(tmp_path)
    programme, user = document.programme, a_coordinator()
    assert programme is not None
    assert built_since(document) == []
    first, second, third = programme.measures.order_by("position")
    settle_occurrence(
        occurrence=first.occurrences.get(), done_on=date(2018, 5, 1), note="Было", by=user
    )
    change_measure(
        measure=second, new=NewMeasure(titles={"ru": "Иначе"}), expected_version=1, by=user
    )
    remove_measure(measure=third, by=user, reason="Лишнее")
    add_measure(programme=programme, row=NewMeasure(titles={"ru": "Ещё"}), by=user)
    change_programme(programme=programme, expected_version=1, by=user, title_en="Plan")
    ProgrammeGrant.objects.create(programme=programme, user=a_person(), role="observer")
    document = fresh(document)

    assert built_since(document) == [
        "1 of its measures was removed since.",
        "1 of its measures was changed since.",
        "For 1 of its measures something was shown or registered.",
        "1 measure was added to the programme since.",
        "The programme itself was changed since.",
        "Other records refer to the programme.",
    ]
    with pytest.raises(ValidationError):
        undo(document)
    assert fresh(document).state == "committed"


def test_a_later_version_has_to_be_undone_first(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    apply_everything(programme, draft)
    first = Import.objects.get(name="plan.csv")
    assert "1 later version changed it; undo that first." in built_since(first)


def test_refusals(tmp_path: Path) -> None:
    document = taken_in(tmp_path)
    with pytest.raises(ValidationError, match="Say why the import is undone"):
        undo(document, reason="  ")
    with pytest.raises(PermissionDenied):
        undo_import(document=document, reason="Почему", expected_version=1, by=somebody("observer"))
    with pytest.raises(Stale):
        undo_import(document=document, reason="Почему", expected_version=1, by=a_coordinator())
    draft = a_draft(tmp_path, [ROW], name="other.csv")
    with pytest.raises(ValidationError, match="Only what was taken in can be undone"):
        undo(draft)


def test_in_the_browser(client: Client, tmp_path: Path) -> None:
    document = taken_in(tmp_path)
    client.force_login(a_coordinator())
    url = f"/intake/{document.pk}/undo/"
    assert "Take 3 measures of plan.csv out of the register again?" in (
        client.get(url).content.decode()
    )
    assert "Somebody changed it meanwhile" in (
        client.post(url, {"version": 1, "reason": "Почему"}).content.decode()
    )
    wordless = client.post(url, {"version": document.version})
    assert wordless.status_code == 409

    answer = client.post(url, {"version": document.version, "reason": "Почему"}, follow=True)

    page = answer.content.decode()
    assert "All that plan.csv brought is taken back." in page
    assert "What plan.csv brought was taken back." in page
    assert "Bring it in once more" in page
    assert client.get(url).status_code == 302


def test_what_stands_in_the_way_is_said(client: Client, tmp_path: Path) -> None:
    document = taken_in(tmp_path)
    programme = document.programme
    assert programme is not None
    add_measure(programme=programme, row=NewMeasure(titles={"ru": "Ещё"}), by=a_coordinator())
    client.force_login(a_coordinator())
    url = f"/intake/{document.pk}/undo/"
    page = client.get(url).content.decode()
    assert "plan.csv can no longer be undone." in page
    assert "1 measure was added to the programme since." in page
    refused = client.post(url, {"version": document.version, "reason": "Почему"})
    assert refused.status_code == 409
    client.force_login(somebody("observer"))
    assert client.post(url, {"version": 1, "reason": "Почему"}).status_code == 403
