"""A new version of a programme: what it adds, changes and no longer has."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.audit.models import Event
from comity.intake.actions import apply_amendment, choose_target
from comity.intake.comparing import ChangeKind, Comparison, compare, due_in_words
from comity.intake.models import Import
from comity.intake.pairing import paired
from comity.intake.queries import not_placed
from comity.lib.versions import Stale
from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.keeping import of_measure
from comity.programmes.models import Programme
from comity.programmes.rows import NewMeasure
from tests.factories import a_coordinator, somebody
from tests.intake.documents import a_draft, committed, fresh
from tests.programmes.rows import change_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]

OLD = [
    ("1", "Провести выставку машин", "2018 год", "Минпром", "Завод", "Договоры"),
    ("2", "Открыть центр обслуживания", "2019 год", "Минпром", "Завод", ""),
    ("3", "Обменяться делегациями школьников", "2019 год", "Минобр", "Школа", ""),
]
NEW = [
    ("1", "Провести выставку машин", "2018 год", "Минпром", "Завод", "Договоры"),
    ("2", "Построить новую дорогу к границе", "2019 год", "Минтранс", "Завод", ""),
    ("3", "Открыть центр обслуживания", "2020 год", "Минпром", "Завод; Банк", "Центр"),
]


def versions(tmp_path: Path, new: list[tuple[str, ...]] = NEW) -> tuple[Programme, Import]:
    """A programme from one document, and a draft of its next version."""
    user = a_coordinator()
    programme = committed(a_draft(tmp_path, OLD, by=user), user)
    draft = a_draft(tmp_path, new, by=user, name="new.csv")
    return programme, choose_target(document=draft, expected_version=1, by=user, amends=programme)


def told(comparison: Comparison) -> list[tuple[str, str, list[str]]]:
    return [
        (
            change.kind,
            change.row.values["title"] if change.row else str(change.measure),
            [field.label for field in change.fields],
        )
        for change in comparison.changes
    ]


def everything(comparison: Comparison) -> set[str]:
    return {change.key for change in comparison.changes}


def test_measures_are_met_by_what_they_say(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    comparison = compare(draft, programme)
    assert told(comparison) == [
        ("same", "Провести выставку машин", []),
        ("added", "Построить новую дорогу к границе", []),
        (
            "changed",
            "Открыть центр обслуживания",
            ["Number", "Deadline as written", "Deadline", "Bodies", "Expected result"],
        ),
        ("removed", "Обменяться делегациями школьников", []),
    ]
    deadline = comparison.changes[2].fields[2]
    assert (deadline.before, deadline.after) == ("2019", "2020")
    assert not comparison.is_addition


def test_numbers_decide_between_alike_titles() -> None:
    def measure(number: str, title: str) -> NewMeasure:
        return NewMeasure(titles={"ru": title}, number=number)

    old = {1: measure("1", "Провести выставку"), 2: measure("2", "Провести выставку")}
    new = {7: measure("2", "Провести выставку"), 8: measure("1", "Провести ярмарку-выставку")}
    assert paired(new, old, "ru") == {7: 2, 8: 1}
    other = {9: NewMeasure(titles={"be": "Пабудаваць масты"}, number="5")}
    assert paired(new, other, "ru") == {}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DueRule("unscheduled"), "no date can be told"),
        (DueRule("continuous"), "all the time"),
        (DueRule("continuous", date(2018, 1, 1), date(2018, 12, 31)), "all the time, 2018"),
        (
            DueRule("recurring", date(2018, 1, 1), date(2019, 12, 31), "yearly", "10-01/12-31"),
            "every year, 10-01/12-31, 2018–2019",
        ),
        (DueRule("date", None, date(2019, 3, 1)), "1 March 2019"),
    ],
)
def test_a_deadline_in_words(rule: DueRule, words: str) -> None:
    assert due_in_words(rule) == words


def test_a_new_version_is_applied(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    user = a_coordinator()
    comparison = compare(draft, programme)
    stood = {measure.title_ru: measure.pk for measure in programme.measures.all()}

    apply_amendment(
        document=draft, wanted=everything(comparison), compared=comparison.state,
        expected_version=draft.version, reason="Протокол № 5", by=user,
    )  # fmt: skip

    measures = list(programme.measures.order_by("position"))
    assert [(measure.number, measure.title_ru) for measure in measures] == [
        ("1", "Провести выставку машин"),
        ("2", "Построить новую дорогу к границе"),
        ("3", "Открыть центр обслуживания"),
    ]
    assert measures[2].pk == stood["Открыть центр обслуживания"]
    assert measures[2].expected_result == "Центр"
    assert [body.text for body in measures[2].responsibilities.all()] == [
        "Минпром", "Завод", "Банк",
    ]  # fmt: skip
    assert [o.due_on for o in measures[2].occurrences.all()] == [date(2020, 12, 31)]
    draft = fresh(draft)
    assert (draft.state, draft.programme) == ("committed", programme)
    assert [row.became for row in draft.rows.all()] == ["same", "added", "changed"]
    assert [kept["titles"]["ru"] for kept in draft.removed] == ["Обменяться делегациями школьников"]
    event = Event.objects.last()
    assert (event.verb, event.reason) == ("intake.amended", "Протокол № 5")


def test_only_what_is_wanted_is_taken_over(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    comparison = compare(draft, programme)
    added = comparison.of_kind(ChangeKind.ADDED)[0]

    apply_amendment(
        document=draft, wanted={added.key}, compared=comparison.state,
        expected_version=draft.version, reason="Частично", by=a_coordinator(),
    )  # fmt: skip

    titles = [m.title_ru for m in programme.measures.order_by("position")]
    assert titles == [OLD[0][1], NEW[1][1], OLD[1][1], OLD[2][1]]
    assert [row.became for row in draft.rows.all()] == ["same", "added", ""]


def test_what_was_shown_for_a_measure_keeps_it(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    user = a_coordinator()
    held = programme.measures.get(title_ru=OLD[2][1])
    settle_occurrence(
        occurrence=held.occurrences.get(), done_on=date(2019, 5, 1), note="Было", by=user
    )
    comparison = compare(draft, programme)
    assert [change.is_held for change in comparison.of_kind(ChangeKind.REMOVED)] == [True]
    apply_amendment(
        document=draft, wanted=everything(comparison), compared=comparison.state,
        expected_version=draft.version, reason="Новая версия", by=user,
    )  # fmt: skip
    assert programme.measures.filter(pk=held.pk).exists()


def test_other_languages_and_known_bodies_stay(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    measure = programme.measures.get(title_ru=OLD[1][1])
    measure.title_en = "Open a service centre"
    measure.save()
    apply_everything(programme, draft)
    measure.refresh_from_db()
    assert measure.title_en == "Open a service centre"


def apply_everything(programme: Programme, draft: Import) -> None:
    comparison = compare(draft, programme)
    apply_amendment(
        document=draft, wanted=everything(comparison), compared=comparison.state,
        expected_version=draft.version, reason="Новая версия", by=a_coordinator(),
    )  # fmt: skip


def test_refusals(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    user = a_coordinator()
    comparison = compare(draft, programme)
    said = {"document": draft, "wanted": everything(comparison), "compared": comparison.state,
            "expected_version": draft.version, "reason": "Почему", "by": user}  # fmt: skip
    with pytest.raises(ValidationError, match="Say why the programme is changed"):
        apply_amendment(**{**said, "reason": " "})
    with pytest.raises(Stale):
        apply_amendment(**{**said, "expected_version": 9})
    with pytest.raises(PermissionDenied):
        apply_amendment(**{**said, "by": somebody("observer")})
    first = programme.measures.first()
    change_measure(
        measure=first, new=NewMeasure(titles={"ru": "Иначе"}), expected_version=1, by=user
    )
    with pytest.raises(Stale):
        apply_amendment(**said)
    assert [row.became for row in draft.rows.all()] == ["", "", ""]
    other = a_draft(tmp_path, [OLD[0]], by=user, name="x.csv")
    with pytest.raises(ValidationError, match="Say first of which programme"):
        apply_amendment(**{**said, "document": other, "expected_version": 1})


def test_a_document_of_other_measures_is_an_addition(client: Client, tmp_path: Path) -> None:
    more = [("4", "Посадить лес на болоте", "2019 год", "Минлесхоз", "", "")]
    programme, draft = versions(tmp_path, more)
    assert compare(draft, programme).is_addition
    client.force_login(a_coordinator())
    page = client.get(f"/intake/{draft.pk}/compare/").content.decode()
    assert "it was taken for an addition" in page
    assert page.count("checked") == 1


def test_the_whole_comparison_in_the_browser(client: Client, tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    client.force_login(a_coordinator())
    url = f"/intake/{draft.pk}/compare/"
    comparison = compare(draft, programme)

    page = client.get(url).content.decode()
    assert "The new version adds 1 measure, changes 1 measure, no longer has 1 measure." in page
    assert "1 measure stays as it is." in page
    assert "<del>2019 год</del>" in page
    assert "<ins>2020 год</ins>" in page
    said = {"version": draft.version, "compared": comparison.state,
            "shown": [change.key for change in comparison.choices],
            "take": [change.key for change in comparison.choices]}  # fmt: skip
    wordless = client.post(url, said)
    assert wordless.status_code == 400
    stale = client.post(url, {**said, "compared": "0", "reason": "Почему"})
    assert stale.status_code == 409
    assert "nothing was taken over" in stale.content.decode()
    assert 'value="Почему"' in stale.content.decode()
    blank = client.post(url, {**said, "reason": "  "})
    assert blank.status_code == 400
    answer = client.post(url, {**said, "reason": "Почему"})

    assert answer.headers["Location"] == programme.get_absolute_url()
    assert programme.measures.count() == 3
    again = client.get(f"/intake/{draft.pk}/").content.decode()
    assert "is a new version of the programme" in again


def test_where_consent_is_asked_for_the_page_asks_on_what_it_rests(
    client: Client, tmp_path: Path
) -> None:
    programme, draft = versions(tmp_path)
    Programme.objects.update(needs_consent=True)
    client.force_login(a_coordinator())
    url, comparison = f"/intake/{draft.pk}/compare/", compare(draft, programme)
    assert 'name="rests_on"' in client.get(url).content.decode()
    said = {"version": draft.version, "compared": comparison.state, "reason": "Почему",
            "shown": [change.key for change in comparison.choices],
            "take": [change.key for change in comparison.choices]}  # fmt: skip
    assert client.post(url, said).status_code == 400
    later = client.post(url, {**said, "reason": "", "go": "later"})
    assert later.headers["Location"] == "/intake/"
    said["version"] = fresh(draft).version
    answer = client.post(url, {**said, "rests_on": "Протокол № 5"})
    assert answer.headers["Location"] == programme.get_absolute_url()
    reason = Event.objects.get(verb="intake.amended").reason
    assert reason == "Почему\nThe consent of the other side rests on: Протокол № 5"


def test_what_contradicts_itself_is_said(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _programme, draft = versions(tmp_path)
    client.force_login(a_coordinator())

    def refuse(**_said: object) -> None:
        raise ValidationError("So not.")

    monkeypatch.setattr("comity.intake.views.comparing.apply_amendment", refuse)
    said = {"version": draft.version, "compared": "0", "reason": "Почему"}
    answer = client.post(f"/intake/{draft.pk}/compare/", said)
    assert answer.status_code == 409
    assert "So not." in answer.content.decode()


def test_the_same_again_changes_nothing(client: Client, tmp_path: Path) -> None:
    _programme, draft = versions(tmp_path, OLD)
    client.force_login(a_coordinator())
    page = client.get(f"/intake/{draft.pk}/compare/").content.decode()
    assert "The document says what the programme says already." in page


def test_a_standing_measure_can_be_handed_in_again(tmp_path: Path) -> None:
    programme, _draft = versions(tmp_path)
    measure = programme.measures.first()
    assert measure is not None
    assert of_measure(measure).titles == {"be": "", "ru": OLD[0][1], "en": ""}


def test_what_was_not_taken_over_is_among_what_was_not_placed(tmp_path: Path) -> None:
    programme, draft = versions(tmp_path)
    comparison = compare(draft, programme)
    apply_amendment(
        document=draft,
        wanted=set(),
        compared=comparison.state,
        expected_version=draft.version,
        reason="Ничего",
        by=a_coordinator(),
    )
    assert [text.why for text in not_placed(fresh(draft))] == ["not taken", "not taken"]
