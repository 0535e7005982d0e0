from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.lib.partial_dates import PartialDate, Precision, parse_partial


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2004", date(2004, 1, 1), date(2004, 12, 31), "year"),
        (" 2016-02 ", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2015-03-18", date(2015, 3, 18), date(2015, 3, 18), "day"),
    ],
)
def test_a_date_as_far_as_it_is_known(text: str, first: date, last: date, precision: str) -> None:
    read = parse_partial(text)

    assert (read.first, read.last, read.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text", ["", "15", "18.03.2015", "2015-3", "2015-13", "2015-02-30", "0000", "2015-03-18T00"]
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(
        ValueError, match="is no date; write 2015, 2015-03 or 2015-03-18"
    ) as refused:
        parse_partial(text)

    assert f"“{text}”" in str(refused.value)


@given(st.dates(date(1000, 1, 1)), st.sampled_from(list(Precision)))
def test_what_is_written_is_read_again(day: date, precision: Precision) -> None:
    read = parse_partial(str(PartialDate(day, precision)))

    assert read.precision == precision
    assert read.first <= day <= read.last
    assert parse_partial(str(read)) == read
