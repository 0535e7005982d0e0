"""Words in any of the three languages, in any form, lead to the record."""

import pytest

from comity.audit.actions import Installation
from comity.search.indexing import reindex
from comity.search.models import Kind
from comity.search.queries import quick, search
from tests.factories import a_measure, a_programme, a_region, an_agreement, an_organisation
from tests.search.conftest import Titles

pytestmark = pytest.mark.django_db

WHOLE = Installation()
TREATY = "Соглашение о сотрудничестве в области туризма"


@pytest.mark.parametrize(
    "words",
    [
        "соглашение",
        "соглашениями",
        "СОГЛАШЕНИЯ",
        "соглаш",
        "пагадненне",
        "пагадненняў",
        "agreements",
        "agreement tourism",
        "турызм",
        "туризм сотрудничество",
        "«соглашение о сотрудничестве»",
    ],
)
def test_an_agreement_is_found_in_each_language_and_form(found: Titles, words: str) -> None:
    an_agreement(title_en="", title_ru=TREATY)
    an_agreement(title_en="", title_ru="Меморандум о железных дорогах")
    assert found(words) == [TREATY]


@pytest.mark.parametrize(
    "words", ["железо", "соглашение меморандум", "«agreement»", "", "  ", "*", '"']
)
def test_what_does_not_meet_every_word_is_not_found(found: Titles, words: str) -> None:
    an_agreement(title_en="", title_ru=TREATY)
    an_agreement(title_en="", title_ru="Меморандум о лесах")
    assert found(words) == []


def test_the_beginning_of_a_name_is_enough(found: Titles) -> None:
    region = a_region("BY-HO", name_ru="Гомельская область", name_en="")
    an_organisation("", region, name_en="", name_ru="Гомельский университет")
    assert found("Гомел") == ["Гомельская область", "Гомельский университет"]


@pytest.mark.parametrize("words", ["Gomel", "homel", "BY-HO", "Гомель"])
def test_a_territory_is_found_by_each_name_and_its_code(found: Titles, words: str) -> None:
    a_region("BY-HO", name_be="Гомель", name_ru="Гомель", name_en="Homel (Gomel)")
    assert found(words) == ["Homel (Gomel)"]


def test_an_organisation_is_found_by_other_names_and_identifiers(found: Titles) -> None:
    ministry = an_organisation("Ministry of Industry", short_name_ru="Минпром")
    ministry.aliases.create(text="Министерство промышленности", language="ru")
    ministry.identifiers.create(scheme="UNP", value="100345505")
    for words in ("минпром", "министерства промышленности", "100345505"):
        assert found(words) == ["Ministry of Industry"]


def test_a_measure_is_found_by_number_section_result_and_bodies(found: Titles) -> None:
    measure = a_measure(
        number="4.2",
        title_en="Tractor exhibition",
        expected_result="Поставка лифтов в 2019 году",
    )
    measure.section = measure.programme.sections.create(title="Агропром", position=1)
    measure.save()
    measure.responsibilities.create(text="Минсельхозпрод Республики Беларусь")
    a_measure(title_en="Another measure", number="5")
    for words in ("4.2", "лифты", "агропром", "Минсельхозпрод", "выставка тракторов"):
        assert found(words, kinds=(Kind.MEASURE,)) == ["Tractor exhibition"]


def test_an_agreement_is_found_by_its_parties_and_amendments(found: Titles) -> None:
    party = a_region("BY-VI", name_ru="Витебская область")
    agreement = an_agreement(party, an_organisation("Pskov council"), title_en="Roads")
    agreement.amendments.create(
        title_en="Prolonged for bridges", signed_on="2020-01-01", in_force_from="2020-01-01"
    )
    for words in ("roads витебская", "pskov roads", "bridges"):
        assert found(words) == ["Roads"]


def test_a_programme_is_found_by_its_sections_and_sides(found: Titles) -> None:
    programme = a_programme(an_agreement(a_region("RU-PSK", name_ru="Псковская область")),
                            title_en="Plan")  # fmt: skip
    programme.sections.create(title="Железнодорожный транспорт", position=1)
    assert found("железнодорожного псковской", kinds=(Kind.PROGRAMME,)) == ["Plan"]


def test_what_is_called_exactly_so_comes_first_then_titles_then_the_rest(found: Titles) -> None:
    programme = a_programme(title_en="Older")
    body = a_measure(programme, title_en="Something else", expected_result="forum")
    title = a_measure(programme, title_en="The forum of regions")
    newer = a_measure(programme, title_en="A second forum of regions")
    exact = a_measure(programme, title_en="Forum")
    assert found("forum") == [exact.title, newer.title, title.title, body.title]


def test_an_exact_number_comes_first(found: Titles) -> None:
    programme = a_programme(title_en="Plan")
    exact = a_measure(programme, number="12.3", title_en="Older")
    a_measure(programme, number="12.3.1", title_en="Newer")
    assert found("12.3") == [exact.title, "Newer"]


def test_names_come_before_agreements_programmes_and_measures(found: Titles) -> None:
    region = a_region("BY-HO", name_en="Homiel")
    a_measure(a_programme(title_en="Homiel programme"), title_en="Homiel measure")
    an_agreement(region, title_en="Homiel agreement")
    an_organisation("Homiel university", region)
    expected = [
        "Homiel",
        "Homiel university",
        "Homiel agreement",
        "Homiel programme",
        "Homiel measure",
    ]
    assert found("homiel") == expected


def test_what_was_newly_signed_comes_before_what_is_old(found: Titles) -> None:
    an_agreement(title_en="Forest B", signed_on="2020-05-01")
    an_agreement(title_en="Forest C", signed_on="2012-05-01")
    an_agreement(title_en="Forest A", signed_on="2021-05-01")
    assert found("forest") == ["Forest A", "Forest B", "Forest C"]


def test_the_found_words_are_marked_and_text_elsewhere_is_shown() -> None:
    measure = a_measure(title_en="Elevators", expected_result="Поставлено 300 лифтов в регионы")
    reindex()
    (hit,) = search(WHOLE, "lift").met
    assert hit.title == [("Elevators", True)]
    (hit,) = search(WHOLE, "регион").met
    assert hit.title == [("Elevators", False)]
    assert hit.excerpt == [("Поставлено 300 лифтов в ", False), ("регионы", True)]
    assert hit.url == f"/measures/{measure.pk}/"


def test_pages_follow_each_other_without_overlap() -> None:
    programme = a_programme(title_en="Plan")
    for number in range(30):
        a_measure(programme, title_en=f"Flax {number:02}")
    reindex()
    first, second = (search(WHOLE, "flax", page=page) for page in (1, 2))
    assert [len(first.met), first.has_next, first.total] == [20, True, 30]
    assert [len(second.met), second.has_next, second.total] == [10, False, 30]
    assert [hit.name.text for hit in first.met + second.met] == [
        f"Flax {number:02}" for number in reversed(range(30))
    ]


def test_of_very_much_the_newest_and_those_with_the_word_in_the_title_are_ranked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("comity.search.queries.RANKED", 3)
    programme = a_programme(title_en="Plan")
    titled = a_measure(programme, title_en="Dairy", number="a")
    for number in range(5):
        a_measure(programme, title_en=f"Milk {number}", expected_result="dairy", number="b")
    reindex()
    answer = search(WHOLE, "dairy")
    assert answer.total is None
    assert [hit.name.text for hit in answer.met] == [titled.title, "Milk 4", "Milk 3"]


def test_a_field_that_completes_is_given_the_best_few() -> None:
    region = a_region("BY-HR", name_en="Hrodna region")
    an_organisation("Hrodna university", region)
    an_agreement(region, title_en="Hrodna agreement")
    reindex()
    names = [hit.name.text for hit in quick(WHOLE, "hrod", [Kind.ORGANISATION, Kind.TERRITORY])]
    assert names == ["Hrodna region", "Hrodna university"]
    assert [hit.name.text for hit in quick(WHOLE, "hrod", limit=1)] == ["Hrodna region"]
