"""A new version of a programme, brought in by a command."""

from datetime import date
from pathlib import Path

import pytest

from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.intake.actions import undo_import
from comity.intake.commands import NotImported, Wanted, import_file, import_folder, summary
from comity.intake.models import Import
from comity.lib.versions import Stale
from comity.programmes.actions import settle_occurrence
from comity.programmes.models import Programme
from tests.factories import a_coordinator, a_country, a_region, an_agreement
from tests.intake.documents import TITLE, a_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]

OLD = [
    ("1", "Провести выставку машин", "2018 год", "Минпром", "Завод", "Договоры"),
    ("2", "Открыть центр обслуживания", "2019 год", "Минпром", "Завод", ""),
    ("3", "Обменяться делегациями школьников", "2019 год", "Минобр", "Школа", ""),
]
NEW = [
    OLD[0],
    ("2", "Построить новую дорогу к границе", "2019 год", "Минтранс", "Завод", ""),
    ("3", "Открыть центр обслуживания", "2020 год", "Минпром", "Завод", ""),
]
TITLES = [row[1] for row in OLD]


@pytest.fixture(autouse=True)
def _countries() -> None:
    a_country("BY")
    a_country("RU")


def bring(
    path: Path, rows: list[tuple[str, ...]], *, title: str = TITLE, **said: object
) -> tuple[str, str, list[str]]:
    """The state, the sentence and what was told on the way."""
    path.write_bytes(a_table(*rows, title=title))
    told: list[str] = []
    wanted = Wanted(by=Installation(), **said)  # type: ignore[arg-type]  # fields of Wanted
    outcome = import_file(path=path, wanted=wanted, tell=told.append)
    return outcome.state, outcome.sentence, told


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    bring(tmp_path / "old.csv", OLD)
    return Programme.objects.get()


def test_the_consent_of_the_other_side_is_said_where_it_is_asked_for(
    tmp_path: Path, programme: Programme
) -> None:
    Programme.objects.update(needs_consent=True)
    stood = titles(programme)
    with pytest.raises(NotImported, match="on what the consent of the other side rests"):
        bring(tmp_path / "new.csv", NEW, amends="auto", yes=True)
    assert titles(programme) == stood
    state, _sentence, _told = bring(
        tmp_path / "new.csv", NEW, amends="auto", yes=True, rests_on="Protocol 5"
    )
    assert (state, titles(programme)) == ("amended", [row[1] for row in NEW])
    rests = "The consent of the other side rests on: Protocol 5"
    reasons = Event.objects.filter(verb__in=("measure.added", "measure.changed", "intake.amended"))
    assert {reason.splitlines()[-1] for reason in reasons.order_by("-seq").values_list(
        "reason", flat=True)[:3]} == {rests}  # fmt: skip


def titles(programme: Programme) -> list[str]:
    return list(programme.measures.order_by("position").values_list("title_ru", flat=True))


def test_a_document_that_looks_like_a_new_version_is_not_taken_for_another_programme(
    tmp_path: Path, programme: Programme
) -> None:
    with pytest.raises(NotImported) as refused:
        bring(tmp_path / "new.csv", NEW, yes=True)
    assert str(refused.value) == (
        f"new.csv looks like a new version of the programme {programme.pk}, “{TITLE}”. Say "
        f"--amends {programme.pk} to bring it in as that, or --amends none to add another "
        "programme."
    )
    assert (Import.objects.count(), Programme.objects.count()) == (1, 1)
    assert bring(tmp_path / "new.csv", NEW, amends="none")[0] == "done"
    assert Programme.objects.count() == 2


def test_other_years_or_another_agreement_make_another_programme(
    tmp_path: Path, programme: Programme
) -> None:
    later = TITLE.replace("2018–2020", "2021–2023")
    assert bring(tmp_path / "later.csv", NEW, title=later, yes=True)[0] == "done"
    agreement = an_agreement(a_country("BY"), a_region("RU-BRY"))
    assert bring(tmp_path / "other.csv", NEW, agreement=agreement.pk)[0] == "done"
    assert Programme.objects.count() == 3


@pytest.mark.parametrize("amends", ["number", "auto"])
def test_a_new_version_is_told_and_taken_over_in_one_step(
    tmp_path: Path, programme: Programme, amends: str
) -> None:
    number = str(programme.pk) if amends == "number" else amends
    before = Event.objects.count()
    with pytest.raises(NotImported) as refused:
        bring(tmp_path / "new.csv", NEW, amends=number)
    assert refused.value.doubts == [
        "It is no longer in the document and would be removed: 3 Обменяться делегациями школьников"
    ]
    assert (titles(programme), Event.objects.count()) == (TITLES, before)

    state, sentence, told = bring(
        tmp_path / "new.csv", NEW, amends=number, yes=True, reason="Протокол № 5"
    )

    assert (state, sentence) == (
        "amended", "new.csv: 1 measure added, 1 changed, 1 removed."
    )  # fmt: skip
    assert told == [
        "added: 2 Построить новую дорогу к границе",
        "changed: 3 Открыть центр обслуживания (Number: 2 → 3; Deadline as written: 2019 год → "
        "2020 год; Deadline: 2019 → 2020)",
        "3 bodies are not in the directory and stay as written.",
    ]
    assert titles(programme) == [NEW[0][1], NEW[1][1], NEW[2][1]]
    event = Event.objects.last()
    assert (event.verb, event.reason) == ("intake.amended", "Протокол № 5")
    document = Import.objects.get(amends=programme)
    undo_import(document=document, reason="Не то", expected_version=document.version,
                by=Installation())  # fmt: skip
    assert titles(programme) == TITLES


def test_what_says_the_same_is_not_kept_again(tmp_path: Path, programme: Programme) -> None:
    before = Event.objects.count()
    reordered = [(*row[:5], row[5] + " ") for row in OLD]
    state, sentence, told = bring(tmp_path / "same.csv", reordered, amends="auto")
    assert (state, sentence, told) == (
        "already", f"same.csv says what the programme says already: {TITLE}.", []
    )  # fmt: skip
    assert (Import.objects.count(), Event.objects.count()) == (1, before)


def test_an_addition_removes_nothing(tmp_path: Path, programme: Programme) -> None:
    only = [("4", "Построить новую дорогу к границе", "2019 год", "Минтранс", "Завод", "")]
    with pytest.raises(NotImported) as refused:
        bring(tmp_path / "more.csv", only, amends="auto")
    assert refused.value.doubts == [
        "The document names few of the measures that stand, so it was taken for an addition: "
        "nothing is removed."
    ]
    state, sentence, _told = bring(tmp_path / "more.csv", only, amends="auto", yes=True)
    assert (state, sentence) == ("amended", "more.csv: 1 measure added, 0 changed, 0 removed.")
    assert titles(programme) == [only[0][1], *TITLES]


def test_what_something_was_shown_for_stays(tmp_path: Path, programme: Programme) -> None:
    measure = programme.measures.get(title_ru=TITLES[2])
    settle_occurrence(
        occurrence=measure.occurrences.get(), done_on=date(2019, 5, 1), note="", by=a_coordinator()
    )
    state, sentence, told = bring(tmp_path / "new.csv", NEW, amends="auto")
    assert (state, sentence) == ("amended", "new.csv: 1 measure added, 1 changed, 0 removed.")
    assert told[2] == "stays, something was shown for it: 3 Обменяться делегациями школьников"
    assert TITLES[2] in titles(programme)


def test_a_programme_that_is_not_there_or_changes_meanwhile(
    tmp_path: Path, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in ("77", "all"):
        with pytest.raises(NotImported, match=f"no programme with the number {wrong}") as refused:
            bring(tmp_path / "new.csv", NEW, amends=wrong)
        assert refused.value.is_bad_input

    def stale(**_said: object) -> None:
        raise Stale(programme)

    monkeypatch.setattr("comity.intake.commands.versions.apply_amendment", stale)
    with pytest.raises(NotImported, match="somebody changed the programme meanwhile"):
        bring(tmp_path / "new.csv", NEW, amends="auto", yes=True)
    assert Import.objects.count() == 1


def test_a_folder_of_new_versions(tmp_path: Path, programme: Programme) -> None:
    later = TITLE.replace("2018–2020", "2021–2023")
    for name, title in (("1.csv", TITLE), ("2.csv", later)):
        (tmp_path / name).write_bytes(a_table(*NEW, title=title))
    paths = [tmp_path / "1.csv", tmp_path / "2.csv"]
    outcomes = import_folder(paths=paths, wanted=Wanted(Installation(), amends="auto", yes=True))
    assert [outcome.state for outcome in outcomes] == ["amended", "done"]
    assert summary(outcomes) == "2 files: 1 taken in (3 measures), 1 as a new version."
