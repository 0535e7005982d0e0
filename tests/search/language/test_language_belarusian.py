from collections import defaultdict
from pathlib import Path

import pytest

from comity.search.language.belarusian import stem
from comity.search.language.folding import fold

PARADIGMS = [
    line.split()
    for line in Path(__file__)
    .with_name("belarusian_paradigms.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
SAME_ROOT = {
    frozenset({"план", "планаваць"}),
    frozenset({"навука", "навуковы"}),
    frozenset({"фінансавы", "фінансаваць"}),
    frozenset({"рэалізаваць", "рэалізавацца"}),
    frozenset({"развіваць", "развівацца"}),
    frozenset({"ствараць", "стварыць", "стварацца"}),
    frozenset({"праводзіць", "праводзіцца"}),
}
STAY_APART = {"пачацца"}


def stems_of(forms: list[str]) -> set[str]:
    return {stem(fold(form)) for form in forms}


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len({forms[0] for forms in PARADIGMS}) == len(PARADIGMS)
    assert len(PARADIGMS) >= 380


def test_all_forms_of_a_word_have_one_stem_but_for_those_listed() -> None:
    apart = {forms[0] for forms in PARADIGMS if len(stems_of(forms)) > 1}
    assert apart == STAY_APART


def test_different_words_have_different_stems_but_for_those_of_one_root() -> None:
    lemmas = defaultdict(set)
    for forms in PARADIGMS:
        for found in stems_of(forms):
            lemmas[found].add(forms[0])
    shared = {frozenset(words) for words in lemmas.values() if len(words) > 1}
    assert shared == SAME_ROOT


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("пагадненнямі", "пагаднен"),
        ("супрацоўніцтвам", "супрацоўніцтв"),
        ("рэспубліцы", "рэспублік"),
        ("паслузе", "паслуг"),
        ("універсітэце", "універсітэт"),
        ("моладдзю", "молад"),
        ("абласцей", "вобласт"),
        ("ўрадам", "урад"),
        ("урад", "урад"),
        ("аб'екты", "абект"),
        ("сем'ямі", "сям"),
        ("сем", "сем"),
        ("развіваліся", "развів"),
        ("праводзіце", "правод"),
        ("я", "я"),
        ("вк", "вк"),
        ("", ""),
    ],
)
def test_a_stem(word: str, expected: str) -> None:
    assert stem(word) == expected
