"""A new version with many changes: page by page, and what is declined stays declined."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from comity.accounts.models import User
from comity.audit.models import Event
from comity.intake.actions import choose_columns, choose_target, decide_changes
from comity.intake.comparing import compare
from comity.intake.models import Import
from comity.intake.views.comparing import CHANGES
from comity.lib.versions import Stale
from comity.programmes.models import Programme
from tests.factories import a_coordinator, somebody
from tests.intake.documents import a_draft, committed, fresh, many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


@pytest.fixture
def user(client: Client) -> User:
    user = a_coordinator()
    client.force_login(user)
    return user


@pytest.fixture
def programme(tmp_path: Path, user: User) -> Programme:
    return committed(a_draft(tmp_path, many_rows(50), by=user), user)


def next_version(tmp_path: Path, programme: Programme, user: User) -> Import:
    """Fifty measures of which each has another result, and one more."""
    rows = [(*row[:5], f"{row[5]} и отчёт") for row in many_rows(50)]
    added = ("51", "Построить мост через реку", "2019 год", "Минтранс", "Завод", "")
    draft = a_draft(tmp_path, [*rows, added], by=user, name="new.csv")
    return choose_target(document=draft, expected_version=1, by=user, amends=programme)


def shown(page: str) -> list[str]:
    return re.findall(r'name="shown" value="(\w+)"', page)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="take" value="(\w+)" checked', page)


def test_changes_are_paged_and_decided_page_by_page(
    client: Client, tmp_path: Path, programme: Programme, user: User
) -> None:
    draft = next_version(tmp_path, programme, user)
    url = f"/intake/{draft.pk}/compare/"
    keys = [change.key for change in compare(draft, programme).choices]
    first = client.get(url).content.decode()
    assert shown(first) == ticked(first) == keys[:CHANGES]
    assert "Bring the new version in" not in first

    said = {"compared": compare(draft, programme).state, "version": draft.version}
    answer = client.post(url, {**said, "shown": shown(first), "take": shown(first)[1:], "go": "2"})
    assert answer.headers["Location"] == f"{url}?page=2"
    second = client.get(answer.headers["Location"]).content.decode()
    assert shown(second) == ticked(second) == keys[CHANGES:]
    assert "1 change is declined" in second
    assert ticked(client.get(url).content.decode()) == keys[1:CHANGES]

    said["version"] = fresh(draft).version
    client.post(f"{url}?page=2", {
        **said, "shown": shown(second), "take": shown(second)[:-1], "reason": "Протокол",
    })  # fmt: skip
    assert programme.measures.count() == 50
    results = programme.measures.order_by("position").values_list("expected_result", flat=True)
    assert list(results) == ["Итог 1", *[f"Итог {n} и отчёт" for n in range(2, 51)]]


def test_a_choice_is_kept_for_later(
    client: Client, tmp_path: Path, programme: Programme, user: User
) -> None:
    rows = many_rows(50)
    draft = a_draft(tmp_path, [(*rows[0][:5], "Иное"), *rows[1:49]], by=user, name="new.csv")
    draft = choose_target(document=draft, expected_version=1, by=user, amends=programme)
    url = f"/intake/{draft.pk}/compare/"
    page = client.get(url).content.decode()
    said = {"compared": compare(draft, programme).state, "version": draft.version,
            "shown": shown(page), "take": shown(page)[1:], "go": "later"}  # fmt: skip
    answer = client.post(url, said, follow=True)
    assert "Your choice is kept" in answer.content.decode()
    assert ticked(client.get(url).content.decode()) == shown(page)[1:]
    assert fresh(draft).decisions == {shown(page)[0]: False, shown(page)[1]: True}
    assert Event.objects.last().verb == "intake.changes_decided"

    stale = client.post(url, said | {"take": []})
    assert stale.status_code == 409


def test_what_stays_is_listed_apart(
    client: Client, tmp_path: Path, programme: Programme, user: User
) -> None:
    draft = a_draft(tmp_path, many_rows(49), by=user, name="new.csv")
    draft = choose_target(document=draft, expected_version=1, by=user, amends=programme)
    page = client.get(f"/intake/{draft.pk}/compare/?show=same&page=2").content.decode()
    assert page.count("о деле") == 9
    assert shown(page) == []
    past = client.get(f"/intake/{draft.pk}/compare/?page=99").content.decode()
    assert len(shown(past)) == 1


def test_deciding_nothing_new_leaves_no_event(
    tmp_path: Path, programme: Programme, user: User
) -> None:
    draft = next_version(tmp_path, programme, user)
    key = compare(draft, programme).choices[0].key
    said = {"document": draft, "decisions": {key: False}, "by": user}
    decided = decide_changes(expected_version=draft.version, **said)
    before = Event.objects.count()
    again = decide_changes(expected_version=decided.version, **{**said, "document": decided})
    assert (again.version, Event.objects.count()) == (decided.version, before)
    with pytest.raises(Stale):
        decide_changes(expected_version=1, **{**said, "decisions": {key: True}})
    with pytest.raises(PermissionDenied):
        decide_changes(expected_version=2, **{**said, "by": somebody("observer")})


def test_decisions_end_when_the_document_is_read_anew(
    tmp_path: Path, programme: Programme, user: User
) -> None:
    draft = next_version(tmp_path, programme, user)
    key = compare(draft, programme).choices[0].key
    draft = decide_changes(
        document=draft, decisions={key: False}, expected_version=draft.version, by=user
    )
    choose_columns(
        document=draft, columns={"0": {"5": "other"}}, expected_version=draft.version, by=user
    )
    assert fresh(draft).decisions == {}
