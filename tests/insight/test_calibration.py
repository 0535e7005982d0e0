import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.calibration import Bin, judge
from insight.lateness import NOTHING, Count, learn


def test_forecasts_fall_into_bins_with_what_came_of_them() -> None:
    told = judge([0.1, 0.15, 0.8, 1.0], [0.4] * 4, [0, 1, 3, 1], [2, 2, 4, 1], bins=2)
    assert told is not None
    assert told.bins == (
        Bin(0.0, 0.5, 4, 1, pytest.approx(0.125)),  # type: ignore[arg-type]
        Bin(0.5, 1.0, 5, 4, pytest.approx(0.84)),  # type: ignore[arg-type]
    )
    assert (told.cases, told.hits, told.bins[0].share) == (9, 5, 0.25)
    squares = 2 * 0.1**2 + 0.85**2 + 0.15**2 + 3 * 0.2**2 + 0.8**2
    assert told.brier == pytest.approx(squares / 9)
    assert told.brier_of_base_rate == pytest.approx((5 * 0.6**2 + 4 * 0.4**2) / 9)


def test_what_is_worse_than_the_base_rate_is_told() -> None:
    wrong = judge([0.9, 0.1], [0.5, 0.5], [0, 1], [1, 1])
    assert wrong is not None
    assert (wrong.is_better, round(wrong.skill, 2)) == (False, -2.24)
    right = judge([0.9, 0.1], [0.5, 0.5], [1, 0], [1, 1])
    assert right is not None
    assert (right.is_better, round(right.skill, 2)) == (True, 0.96)
    sure = judge([0.0], [0.0], [0], [3])
    assert sure is not None
    assert sure.skill == 0.0


def test_nothing_can_be_said_of_nothing() -> None:
    assert judge([], [], [], []) is None
    assert judge([0.5], [0.5], [0], [0]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_the_bins_hold_every_case(told: list[tuple[float, int, int]]) -> None:
    chances = [chance for chance, _hit, _missed in told]
    hits = [hit for _chance, hit, _missed in told]
    cases = [hit + missed for _chance, hit, missed in told]
    judged = judge(chances, [0.5] * len(told), hits, cases)
    if judged is None:
        assert sum(cases) == 0
        return
    assert sum(one.cases for one in judged.bins) == sum(cases)
    assert sum(one.hits for one in judged.bins) == sum(hits)
    assert all(one.low - 1e-9 <= one.forecast <= one.high + 1e-9 for one in judged.bins)


def test_a_simulated_register_is_calibrated_out_of_its_time() -> None:
    random = np.random.default_rng(5)
    true = {
        (body, kind): random.beta(rate * 3, (1 - rate) * 3)
        for body in range(250)
        for kind, rate in (("a", 0.2), ("b", 0.5), ("c", 0.35))
    }
    past = {at: Count(int(random.binomial(6, rate)), 6) for at, rate in true.items()}
    model = learn(past)
    assert model is not None
    chances = [model.chance(kind, past[body, kind], NOTHING) for body, kind in true]
    hits = [int(random.binomial(4, rate)) for rate in true.values()]
    judged = judge(chances, [model.register.mean] * len(true), hits, [4] * len(true))
    assert judged is not None
    assert judged.is_better
    assert all(abs(one.share - one.forecast) < 0.1 for one in judged.bins if one.cases > 100)
