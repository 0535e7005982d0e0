import csv
import timeit
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import concepts, fold, glossary, index_terms, stems
from comity.search.language.stemming import languages_of


def concept(english: str) -> str:
    (found,) = glossary.glossary().words[glossary.key(english, "en")]
    return found


def phrase(first: str, second: str) -> str:
    keys = (glossary.key(first, "en"), glossary.key(second, "en"))
    (found,) = glossary.glossary().phrases[keys]
    return found


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("выстава", ("be", "ru")),
        ("сувязі", ("be",)),
        ("аб'ект", ("be",)),
        ("памяць", ("be",)),
        ("связи", ("ru",)),
        ("объект", ("ru",)),
        ("связиі", ("be", "ru")),
        ("чыгунка", ("be",)),
        ("область", ("ru",)),
        ("вопыт", ("be", "ru")),
        ("trade", ("en",)),
        ("2020", ()),
        ("covid19", ()),
    ],
)
def test_letters_tell_the_language(word: str, languages: tuple[str, ...]) -> None:
    assert languages_of(word) == languages


def test_stems_of_three_languages_in_one_text() -> None:
    text = "Соглашениями, пагадненнямі; agreements, Paraná (№ 12), 2017–2020"
    assert stems(text) == ["соглашен", "пагаднен", "agreement", "parana", "12", "2017", "2020"]


def test_a_word_that_may_be_of_either_language_has_both_stems_once() -> None:
    assert stems("Гродна форум") == ["гродн", "форум"]
    assert stems("мова") == ["мов"]
    assert stems("план мост") == ["план", "мост"]
    assert stems("вопыта") == ["вопыт"]


@pytest.mark.parametrize(
    "words",
    [
        "соглашение соглашения соглашению соглашением соглашении соглашений соглашениям",
        "предприятие предприятия предприятий предприятиями",
        "область области областью областей областям",
        "канал канала каналу каналом каналы каналов каналами",
        "выставка выставки выставок выставкам",
        "рынок рынка рынку рынки рынков",
        "спортсменец спортсменца спортсменцы",
        "исполком исполкома исполкомом исполкомы",
        "опыт опыта опытом",
        "блок блока",
        "agreement agreements",
        "university universities university's",
        "exhibition exhibitions",
    ],
)
def test_forms_of_russian_and_english_words_have_one_stem(words: str) -> None:
    shared = set.intersection(*(set(stems(word)) for word in words.split()))
    assert shared != set()


@given(st.text(alphabet="абвгдеёжзійклмнопрстуўфхцчшыьэюяищъ'’ -а́abcé12"))
def test_stems_depend_on_the_folded_words_only(text: str) -> None:
    folded = " ".join(fold(word) for word in text.replace("-", " ").split())
    assert stems(folded.upper()) == stems(folded)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("выставки", "exhibition"),
        ("выстаў", "exhibition"),
        ("Expo", "exhibition"),
        ("пагадненнем", "agreement"),
        ("ярмарок", "fair"),
        ("льноводческий лён", "flax"),
        ("облисполкомом", None),
    ],
)
def test_a_word_has_its_concept_in_every_language(text: str, english: str | None) -> None:
    expected = concept(english) if english else phrase("executive", "committee")
    assert concepts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "совместным предприятием",
        "сумеснага прадпрыемства",
        "joint ventures",
    ],
)
def test_two_words_make_a_concept(text: str) -> None:
    assert concepts(text)[-1] == phrase("joint", "venture")


@pytest.mark.parametrize(
    "text",
    [
        "Торгово-промышленной палатой",
        "гандлёва-прамысловая палата",
        "Chamber of Commerce",
    ],
)
def test_hyphens_and_stopwords_do_not_part_a_phrase(text: str) -> None:
    assert concepts(text)[-1] == phrase("chamber", "commerce")


def test_words_of_a_phrase_apart_from_each_other_do_not_make_it() -> None:
    assert phrase("joint", "venture") not in concepts("joint new venture")


def test_index_terms_are_stems_then_concepts_then_the_word_if_much_was_cut() -> None:
    assert index_terms("Выставка, univers") == f"выставк {concept('exhibition')} univer"
    assert index_terms("універсітэце") == f"універсітэт {concept('university')} універсітэце"
    joint = phrase("joint", "venture")
    assert index_terms("joint venture") == f"joint ventur {joint}"
    assert index_terms("… ʼ — !") == ""


@given(st.text())
def test_index_terms_are_letters_and_digits(text: str) -> None:
    for term in index_terms(text).split(" "):
        assert term.isalnum() or term == ""
        assert fold(term) == term


def test_the_glossary_is_complete_and_its_numbers_are_unique() -> None:
    with glossary._GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 350
    assert len({row["id"] for row in rows}) == len(rows)
    assert [row for row in rows if not (row["be"] and row["ru"] and row["en"])] == []


def test_every_word_of_the_glossary_finds_its_concept() -> None:
    with glossary._GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lost = [
        (row["id"], name)
        for row in rows
        for language in ("be", "ru", "en")
        for name in row[language].split("|")
        if glossary.term(row["id"]) not in concepts(name)
    ]
    assert lost == []


def test_a_glossary_row_of_three_words_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "glossary.csv"
    bad.write_text("id,be,ru,en\n1,адно два тры,раз,one\n", encoding="utf-8")
    monkeypatch.setattr(glossary, "_GLOSSARY", bad)
    with pytest.raises(ValueError, match="«адно два тры» \\(xqc1\\) is neither one word nor two"):
        glossary.glossary.__wrapped__()


def test_a_title_whose_words_were_met_before_takes_less_than_a_fifth_of_a_millisecond() -> None:
    title = (
        "Организация и проведение совместных выставочно-ярмарочных мероприятий предприятий "
        "Брестской области и Псковской области, обмен опытом в сфере сельского хозяйства"
    )
    index_terms(title)
    best = min(timeit.repeat(lambda: index_terms(title), number=20, repeat=20)) / 20
    assert best < 200e-6  # measured 20 µs; the room is for busy machines
