"""The index and its entries are the same at all times, whoever writes."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.audit.actions import Installation
from comity.search.index import BEGINNINGS, NEAREST, Within, index, put, take_out
from comity.search.indexing import countable, reindex
from comity.search.language import Group, Query, Shared, parse_query
from comity.search.models import ROOM, Document, Entry, Kind, Term, entry_id
from comity.search.queries import search
from tests.factories import a_measure, a_programme, a_region, an_agreement, an_organisation

pytestmark = pytest.mark.django_db


def a_document(record_id: int, title: str, body: str = "", names: str = "") -> Document:
    return Document(
        entry_id(Kind.ORGANISATION, record_id), True, None, None, None, "", title, names, "",
        names, title, body,
    )  # fmt: skip


def met(*words: str, in_titles: bool = False) -> list[int]:
    query = Query(tuple(Group((word,)) for word in words))
    entries = index().matching(Within(Entry.objects.all()), query, in_titles=in_titles)
    return [entry.record_id for entry in entries]


def test_entries_are_met_the_greatest_id_first_in_titles_or_anywhere() -> None:
    put([a_document(1, "flax", "milk"), a_document(2, "milk"), a_document(3, "oats")])
    assert met("milk") == [2, 1]
    assert met("milk", in_titles=True) == [2]
    assert met("milk", "flax") == [1]


def test_an_entry_put_again_is_met_by_its_new_terms_only() -> None:
    put([a_document(1, "flax", "milk", "abc")])
    put([a_document(1, "oats", "milk", "bcd")])
    assert (met("flax"), met("oats"), met("milk")) == ([], [1], [1])
    assert near("abc") == []
    assert near("bcd") == [1]


def near(trigram: str) -> list[int]:
    found = index().near(Entry.objects.all(), Shared(((trigram,),)))
    return [entry.record_id for entry in found]


def test_an_entry_taken_out_is_met_no_more_and_nothing_else_is_lost() -> None:
    put([a_document(1, "flax", "", "abc"), a_document(2, "flax", "", "abc")])
    take_out([entry_id(Kind.ORGANISATION, 1)])
    assert (met("flax"), near("abc")) == ([2], [2])
    put([])
    take_out([])
    assert met("flax") == [2]


def test_names_alike_are_limited() -> None:
    put([a_document(number, "flax", "", "abc") for number in range(NEAREST + 5)])
    assert len(near("abc")) == NEAREST


def test_the_beginning_of_a_term_leads_to_those_met_earliest() -> None:
    for number in range(BEGINNINGS + 5):
        put([a_document(number, f"flax{number:03}", "oats")])
    begun = index().terms_beginning_with("flax")
    assert begun == [f"flax{number:03}" for number in range(BEGINNINGS)]
    assert index().terms_beginning_with("oa") == ["oats"]
    assert index().terms_beginning_with("x") == []


def test_the_kind_and_the_record_of_an_entry_are_told_by_its_id() -> None:
    put([a_document(7, "flax")])
    entry = Entry.objects.get()
    assert (entry.kind, entry.record_id, str(entry)) == (Kind.ORGANISATION, 7, "organisation 7")
    assert entry.pk == 4 * ROOM + 7
    assert str(Term.objects.get()) == "flax"


def test_reindexing_finds_every_record_and_forgets_those_that_are_gone() -> None:
    a_measure(a_programme(an_agreement(a_region("BY-HO"))), title_en="Flax")
    an_organisation("Mill")
    put([a_document(10**6, "ghost")])
    told: list[int] = []
    assert reindex(told.append) == sum(told) == countable() == 6
    assert Entry.objects.count() == 6
    assert met("ghost") == []
    assert [hit.name.text for hit in search(Installation(), "flax").met] == ["Flax"]


def test_reindexing_again_changes_nothing() -> None:
    an_agreement(title_en="Flax", signed_on=date(2020, 1, 1))
    reindex()
    before = list(Entry.objects.order_by("pk").values())
    reindex()
    assert list(Entry.objects.order_by("pk").values()) == before


def test_an_index_that_was_lost_is_built_anew() -> None:
    put([a_document(1, "flax", "", "abc")])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES('delete-all')")
        assert met("flax") == []
    index().build_anew()
    assert met("flax") == [1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such check")
def test_sqlite_itself_finds_the_index_sound_after_changes() -> None:
    put([a_document(number, f"flax {number}", "milk", "abc") for number in range(20)])
    put([a_document(number, f"oats {number}", "milk", "abd") for number in range(10)])
    take_out([entry_id(Kind.ORGANISATION, number) for number in range(5, 15)])
    with connection.cursor() as cursor:
        for table in ("search_words", "search_names"):
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")


def test_a_very_long_text_is_taken_in_as_far_as_it_fits() -> None:
    words = " ".join(f"word{number}" for number in range(20_000))
    measure = a_measure(title_en=words, expected_result=f"{'x' * 5000} {words}")
    reindex()
    entry = Entry.objects.get(pk=entry_id(Kind.MEASURE, measure.pk))
    assert len(entry.title_terms.split()) == 1000
    assert len(entry.body_terms.split()) == 3000
    assert max(map(len, entry.body_terms.split())) <= 100
    assert [hit.record_id for hit in search(Installation(), "word7").met] == [measure.pk]


_ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.text(
    alphabet="\"'*():^-+|&!\\{}[]~<>%_;,. \x00аЯіў'’ aNDorNEAR019-", max_size=60
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=_ODD)
def test_whatever_is_typed_gets_an_answer(words: str) -> None:
    put([a_document(1, "flax", "", "abc")])
    answer = search(Installation(), words)
    assert answer.number == 1
    assert answer.met == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=_ODD.filter(lambda text: text.strip() and "\x00" not in text))
def test_whatever_a_title_is_it_is_taken_in_and_found_by_itself(title: str) -> None:
    agreement = an_agreement(a_region("BY-HO"), title_en=title)
    reindex()
    answer = search(Installation(), title)
    found = {hit.record_id for hit in answer.met}
    assert agreement.pk in found or not parse_query(title)
