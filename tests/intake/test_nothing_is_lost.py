"""Every word of an imported table is in a measure, in a section, or among what was not placed."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.audit.actions import Installation
from comity.intake.actions import change_row, leave_out_row
from comity.intake.models import Import
from comity.intake.queries import not_placed
from comity.programmes.models import Measure
from tests.intake.documents import a_draft, committed, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]

VOCABULARY = (
    "выставка обмен студенты дорога мост товар Гомель Брянск завод лес школа музей река хлеб "
    "договор семинар визит турнир книга фильм"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=6).map(" ".join)
DEADLINES = st.sampled_from(
    ["2018 год", "ежегодно", "II квартал 2019 г.", "по согласованию", "весной", "июль", "до 1 мая"]
)
ROWS = st.lists(
    st.tuples(st.just(""), WORDS, DEADLINES, WORDS, WORDS, WORDS | st.just("")),
    min_size=1,
    max_size=6,
)
ACTS = st.lists(st.sampled_from(["", "out", "change"]), min_size=6, max_size=6)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def told(document: Import) -> Counter[str]:
    """All that the register says of the document once it was taken in."""
    found = Counter[str]()
    measures = Measure.objects.filter(programme=document.programme).select_related("section")
    for measure in measures:
        found += words(measure.title_ru) + words(measure.due_text) + words(measure.number)
        found += words(measure.expected_result) + words(measure.funding_text)
        found += words(measure.section.title) if measure.section else Counter()
        for body in measure.responsibilities.all():
            found += words(body.text)
    for text in not_placed(document):
        found += words(text.text)
    return found


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, acts=ACTS)
def test_every_word_is_found_again(
    tmp_path: Path, rows: list[Sequence[str]], acts: list[str]
) -> None:
    numbered = [(str(place), *row[1:]) for place, row in enumerate(rows, 1)]
    draft = a_draft(tmp_path, [*numbered, ("", "Итоговый остаток", "", "", "", "")])
    for row, act in zip(list(draft.rows.all())[1:], acts, strict=False):
        said: dict[str, Any] = {"row": row, "expected_version": 1, "by": Installation()}
        if act == "out":
            leave_out_row(**said)
        elif act == "change":
            change_row(values={"title": "Совсем другое"}, **said)
    written = sum((words(cell) for row in numbered for cell in row[1:]), Counter[str]())

    committed(draft)

    register = told(fresh(draft))
    assert {word for word in written if not register[word]} == set()
