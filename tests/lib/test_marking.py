from html import unescape
from re import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lib.marking import marked


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "Six of the halls are ready.",
            "Nine of the halls are ready.",
            (
                "<del>Six</del> of the halls are ready.",
                "<ins>Nine</ins> of the halls are ready.",
            ),
        ),
        (
            "The fair was held in May\nin Homiel",
            "The fair was held\nin Homiel and in Bryansk",
            (
                "The fair was held <del>in May</del><br>in Homiel",
                "The fair was held<br>in Homiel <ins>and in Bryansk</ins>",
            ),
        ),
        (
            "One line of it.",
            "One line of it.\r\n\r\nTwo <b>more</b>\nof them.",
            (
                "One line of it.",
                "One line of it.<br><br><ins>Two &lt;b&gt;more&lt;/b&gt;</ins><br>"
                "<ins>of them.</ins>",
            ),
        ),
        ("under way", "done", ("<del>under way</del>", "<ins>done</ins>")),
        ("", "A & B", ("", "<ins>A &amp; B</ins>")),
        ("A", "", ("<del>A</del>", "")),
        ("the same", "the same", ("the same", "the same")),
        ("", "", ("", "")),
    ],
)
def test_only_the_words_that_changed_are_marked(
    before: str, after: str, told: tuple[str, str]
) -> None:
    assert marked(before, after) == told


TEXTS = st.text(st.sampled_from("ab<&> \n"), max_size=30)


@given(TEXTS, TEXTS)
def test_no_word_of_either_version_is_lost(before: str, after: str) -> None:
    def plain(html: str) -> str:
        return unescape(sub(r"</?(del|ins)>", "", html).replace("<br>", "\n"))

    assert [plain(one) for one in marked(before, after)] == [before, after]
