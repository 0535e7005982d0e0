import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from insight.shares import Share, shares


def test_a_share_has_its_jeffreys_interval() -> None:
    (three_of_four,) = shares([3], [4])
    assert three_of_four.share == 0.75
    assert three_of_four.low == pytest.approx(beta.ppf(0.025, 3.5, 1.5))
    assert three_of_four.high == pytest.approx(beta.ppf(0.975, 3.5, 1.5))


def test_three_of_three_do_not_outdo_ninety_of_a_hundred() -> None:
    few, many = shares([3, 90], [3, 100])
    assert few.share == 1.0
    assert few.low < many.low


def test_of_nothing_anything_may_be() -> None:
    (nothing,) = shares([0], [0])
    assert (nothing, nothing.share) == (Share(0, 0, 0.0, 1.0), None)
    assert shares([], []) == []


def test_more_hits_than_cases_are_refused() -> None:
    for hits, cases in (([2], [1]), ([-1], [1]), ([1, 1], [1])):
        with pytest.raises(ValueError, match="as many hits as cases"):
            shares(hits, cases)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_share_lies_in_its_interval(hits: int, missed: int) -> None:
    (one,) = shares([hits], [hits + missed])
    assert 0 <= one.low <= one.high <= 1
    if one.share is not None:
        assert one.low <= one.share <= one.high
