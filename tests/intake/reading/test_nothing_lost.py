"""No word of a table cell is lost, whatever the table; the other laws of the contract."""

import re
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.intake.reading import Reading, Refused, read_programme
from tests.intake.reading.builders import docx, html, p, table, tbl, tr

WORDS = st.sampled_from(
    [
        "Выставка",
        "ярмарка",
        "Минпром",
        "отчёт",
        "май",
        "2018",
        "ежегодно",
        "Экономика",
        "раздел",
        "итог",
        "12",
        "договоров",
        "тыс",
        "бюджет",
        "Council",
        "fair",
        "fjord",
        "annually",
        "техника",
        "Срок:",
        "(срок",
        "1.2",
        "IV",
        "№",
        "конец",
    ]
)
CELL = st.lists(WORDS, max_size=6).map(" ".join)
HEADINGS = st.lists(
    st.sampled_from(
        [
            "№",
            "Исполнители от РБ",
            "Результат",
            "Финансирование",
            "Примечание",
            "Раздел",
            "Начало",
            "Окончание",
        ]
    ),
    min_size=1,
    max_size=5,
    unique=True,
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def told(reading: Reading) -> Counter[str]:
    """Every word that the reading gives back, each place once."""
    found: Counter[str] = Counter()
    for measure in reading.measures:
        money = measure.funding.text if measure.funding else ""
        for text in (
            measure.number or "",
            measure.title,
            measure.due.text,
            measure.expected_result or "",
            money,
            measure.section or "",
            *(body.text for body in measure.responsible),
        ):
            found.update(words(text))
    for entry in reading.unplaced:
        found.update(words(entry.text))
    return found


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    heads = draw(st.permutations(["Мероприятие", "Срок", *draw(HEADINGS)]))
    rows = draw(
        st.lists(st.lists(CELL, min_size=len(heads), max_size=len(heads)), min_size=1, max_size=6)
    )
    return heads, rows


# labels that the contract lets go, list marks, and section numbers
LET_GO = {"срок", "раздел", "1", "2", "iv", "12", "2018"}


@settings(max_examples=80, deadline=None)
@given(tables())
@example((["№", "Примечание", "Мероприятие"], [["Срок:", "", ""], ["раздел", "", "Выставка"]]))
def test_no_word_of_a_table_cell_is_lost(made: tuple[list[str], list[list[str]]]) -> None:
    heads, rows = made
    with tempfile.TemporaryDirectory() as folder:
        path = html(
            Path(folder) / "plan.html", "<h1>План на 2018–2020 годы</h1>" + table(heads, *rows)
        )
        reading = read_programme(path)
    expected = {word for row in rows for cell in row for word in words(cell)}
    heading_words = {word for head in heads for word in words(head)}
    assert expected - set(told(reading)) - LET_GO - heading_words == set()


@settings(max_examples=25, deadline=None)
@given(tables())
def test_the_same_table_reads_the_same_in_word_and_html(
    made: tuple[list[str], list[list[str]]],
) -> None:
    heads, rows = made
    with tempfile.TemporaryDirectory() as folder:
        page = html(
            Path(folder) / "plan.html", "<h1>План на 2018–2020 годы</h1>" + table(heads, *rows)
        )
        word = docx(
            Path(folder) / "plan.docx",
            p("План на 2018–2020 годы") + tbl(tr(*heads), *(tr(*row) for row in rows)),
        )
        one, other = read_programme(page), read_programme(word)
    assert one.measures == other.measures


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04", b"<html><table>"])
)
def test_any_bytes_are_read_or_refused_with_one_sentence(noise: bytes, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "noise"
        path.write_bytes(start + noise)
        refusal = ""
        try:
            read_programme(path)
        except Refused as refused:
            refusal = str(refused)
    assert "\n" not in refusal
