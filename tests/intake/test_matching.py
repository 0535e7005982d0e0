"""Which organisation a written name means."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.directory.models import Alias, Organisation
from comity.intake.matching import Candidate, Written, certain, load_directory, match_all
from comity.intake.matching.names import initials, plain, stems, words_of, written_out
from tests.factories import a_country, a_region, an_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ОАО «МТЗ»", "мтз"),
        ("Открытое акционерное общество «Минский тракторный завод»", "минский тракторный завод"),
        ("ААТ «Гомсельмаш»", "гомсельмаш"),
        ("OJSC “Gomselmash”", "gomselmash"),
        ("Учреждение образования «Гродненский университет»", "гродненский университет"),
        ("Королёв", "королев"),
        ("ОАО", "оао"),
    ],
)
def test_one_spelling(name: str, expected: str) -> None:
    assert plain(name) == expected


def test_words_in_any_case_have_one_stem() -> None:
    one = stems(words_of("Министерства промышленности"))
    assert one == stems(words_of("министерство промышленность"))
    assert stems(written_out(words_of("Минпром"))) == one


def test_initials() -> None:
    assert initials(words_of("Государственный комитет по науке и технологиям")) == "гкнт"


def found(text: str, side: str = "") -> list[tuple[Organisation, int, str]]:
    body = Written(text, side)
    candidates = match_all([body], load_directory([text]))[body]
    return [(Organisation.objects.get(pk=c.organisation), c.score, c.reason) for c in candidates]


def is_certain(text: str, side: str = "") -> bool:
    body = Written(text, side)
    directory = load_directory([text])
    return certain(body, match_all([body], directory)[body], directory)


def test_the_exact_name_in_any_language_is_certain() -> None:
    ministry = an_organisation(
        "Ministry of Industry",
        seat=a_country("BY"),
        name_ru="Министерство промышленности",
        short_name_ru="Минпром",
    )
    Alias.objects.create(organisation=ministry, text="МП")
    assert found("министерство  ПРОМЫШЛЕННОСТИ") == [(ministry, 100, "name")]
    assert found("Минпром", "BY") == [(ministry, 100, "short")]
    assert found("«МП»", "BY") == [(ministry, 100, "alias")]
    assert found("Ministry of Industry") == [(ministry, 100, "name")]
    assert is_certain("Минпром", "BY")


def test_on_the_other_side_it_is_neither_certain_nor_best() -> None:
    ours = an_organisation("Ministry of Industry", seat=a_country("BY"))
    assert found("Ministry of Industry", "RU") == [(ours, 75, "name")]
    assert not is_certain("Ministry of Industry", "RU")
    theirs = an_organisation("Ministry of Industry", seat=a_country("RU"))
    assert found("Ministry of Industry", "RU") == [(theirs, 100, "name"), (ours, 75, "name")]
    assert is_certain("Ministry of Industry", "RU")


def test_a_name_that_two_bear_is_not_certain() -> None:
    for _ in range(2):
        an_organisation("Committee of Culture")
    assert len(found("Committee of Culture", "BY")) == 2
    assert not is_certain("Committee of Culture", "BY")


def test_a_genitive_is_the_same_words_in_another_form() -> None:
    government = an_organisation("Правительство Сахалинской области", seat=a_region("RU-SAK"))
    an_organisation("Правительство Самарской области", seat=a_region("RU-SAM"))
    best, *others = found("Правительства Сахалинской области", "RU")
    assert best == (government, 97, "form")
    assert all(score < 95 for _other, score, _reason in others)
    assert not is_certain("Правительства Сахалинской области", "RU")


def test_short_forms_are_written_out() -> None:
    region = an_organisation("Минский областной исполнительный комитет")
    assert found("Минский облисполком", "BY")[0][:2] == (region, 97)


def test_initials_find_the_whole_name() -> None:
    university = an_organisation("Белорусский национальный технический университет")
    assert found("БНТУ", "BY") == [(university, 90, "initials")]


def test_a_slip_of_the_pen_is_forgiven() -> None:
    plant = an_organisation("Минский тракторный завод")
    assert found("Минский тракторнй завод", "BY")[0][0] == plant


def test_bodies_at_hand_come_first() -> None:
    agency = "Агентство культуры {} области"
    here = an_organisation(agency.format("Псковской"), seat=a_region("RU-PSK"))
    an_organisation(agency.format("Тульской"), seat=a_region("RU-TUL"))
    an_organisation("Администрация Пскова", seat=a_region("RU-PSK"))
    bodies = [Written("Администрация Пскова", "RU"), Written("Агентство культуры области", "RU")]
    matched = match_all(bodies, load_directory(body.text for body in bodies))
    assert matched[bodies[1]][0].organisation == here.pk


def test_nothing_like_it() -> None:
    an_organisation("Ministry of Industry")
    assert found("Зоопарк") == []
    assert found("«»") == []


def test_merged_organisations_are_not_proposed() -> None:
    kept = an_organisation("Kept")
    an_organisation("Zoo of Homiel", merged_into=kept)
    assert found("Zoo of Homiel") == []


def test_the_directory_is_read_in_two_queries() -> None:
    for number in range(5):
        an_organisation(f"Factory {number}")
    with CaptureQueriesContext(connection) as queries:
        load_directory(["Factory 3", "Factory 4"])
    assert len(queries) == 2


def test_a_candidate_says_why() -> None:
    assert Candidate(1, 97, "form")._asdict() == {"organisation": 1, "score": 97, "reason": "form"}


def test_names_of_common_words_are_looked_for_by_the_rare_ones() -> None:
    for number in range(4):
        an_organisation(f"Committee of matter {number}")
    zoo = an_organisation("Committee of the zoo")
    directory = load_directory(["Committee of the zoo"])
    assert [name.owner for name in directory.near(["committee", "zoo"], 3)] == [zoo.pk]
