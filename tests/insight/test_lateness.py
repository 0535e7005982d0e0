"""The laws that a chance of being late keeps, and what it learns of registers that are known."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import betabinom

from insight.lateness import (
    ENOUGH_BODIES,
    NOTHING,
    Count,
    Lateness,
    Rate,
    largest_likelihood,
    learn,
)

History = dict[tuple[int, str], Count]
counts = st.integers(0, 40).flatmap(lambda of: st.integers(0, of).map(lambda late: Count(late, of)))
learnt = st.builds(
    Lateness,
    register=st.builds(Rate, st.floats(0.01, 0.99), st.floats(0.2, 200)),
    kinds=st.dictionaries(st.sampled_from("abc"), st.floats(0.01, 0.99)),
    strength=st.floats(0.2, 200),
    weight=st.floats(0, 1),
    seen=st.just(Count(1, 2)),
    bodies=st.just(1),
)


def a_register(
    rates: dict[str, float], bodies: int, strength: float, seed: int, most: int = 12
) -> tuple[History, dict[tuple[int, str], float]]:
    """A register whose bodies scatter around the rates of its kinds, and their true rates."""
    random = np.random.default_rng(seed)
    history, truth = {}, {}
    for body in range(bodies):
        for kind, rate in rates.items():
            true = random.beta(rate * strength, (1 - rate) * strength)
            of = int(random.integers(1, most))
            history[body, kind] = Count(int(random.binomial(of, true)), of)
            truth[body, kind] = true
    return history, truth


@given(learnt, st.sampled_from("abcd"), counts, counts)
def test_a_chance_lies_between_never_and_always(
    model: Lateness[str], kind: str, own: Count, elsewhere: Count
) -> None:
    assert 0 < model.chance(kind, own, elsewhere) < 1


@given(learnt, counts, counts)
def test_more_that_came_late_is_a_higher_chance(
    model: Lateness[str], own: Count, elsewhere: Count
) -> None:
    before = model.chance("a", own, elsewhere)
    assert model.chance("a", own + Count(1, 1), elsewhere) > before
    assert model.chance("a", own + Count(0, 1), elsewhere) < before
    assert model.chance("a", own, elsewhere + Count(1, 1)) >= before


@given(learnt)
def test_without_history_the_chance_is_that_of_the_kind(model: Lateness[str]) -> None:
    pool = model.kinds.get("a", model.register.mean)
    assert model.chance("a") == pytest.approx(pool)
    assert model.chance("unknown") == pytest.approx(model.register.mean)


@given(learnt, counts.filter(lambda count: count.all > 0), st.integers(2, 50))
def test_much_history_outweighs_the_pool(model: Lateness[str], own: Count, times: int) -> None:
    rate = own.late / own.all
    much = Count(own.late * times, own.all * times)
    assert abs(model.chance("a", much) - rate) <= abs(model.chance("a", own) - rate) + 1e-12


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_history_is_no_matter(random: Random) -> None:
    history, _truth = a_register({"a": 0.2, "b": 0.5, "c": 0.3}, 12, 4, seed=1)
    told = list(history.items())
    random.shuffle(told)
    assert learn(dict(told)) == learn(history)


def test_one_kind_is_the_beta_binomial_of_largest_likelihood() -> None:
    history, _truth = a_register({"a": 0.3}, 60, 3, seed=2)
    model = learn(history)
    assert model is not None
    late = np.array([count.late for count in history.values()])
    of = np.array([count.all for count in history.values()])
    direct = minimize(
        lambda at: -betabinom.logpmf(late, of, np.exp(at[0]), np.exp(at[1])).sum(),
        [0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10},
    )
    alpha, beta = np.exp(direct.x)
    assert (model.register.alpha, model.register.beta) == pytest.approx((alpha, beta), rel=2e-3)
    assert model.strength == model.register.strength
    expected = (alpha + 4) / (alpha + beta + 6)
    assert model.chance("a", Count(4, 6)) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("strength", [1.5, 8.0])
def test_a_known_register_is_recovered(strength: float) -> None:
    rates = {"a": 0.15, "b": 0.45, "c": 0.3}
    history, truth = a_register(rates, 400, strength, seed=3)
    model = learn(history)
    assert model is not None
    assert {kind: round(rate, 1) for kind, rate in model.kinds.items()} == pytest.approx(
        rates, abs=0.06
    )
    assert model.strength == pytest.approx(strength, rel=0.25)
    assert model.weight < 0.1  # the bodies of this register differ from kind to kind
    told = [model.chance(kind, count) for (_body, kind), count in history.items()]
    off = np.mean((np.array(told) - np.array(list(truth.values()))) ** 2)
    raw = [count.late / count.all for count in history.values()]
    raw_off = np.mean((np.array(raw) - np.array(list(truth.values()))) ** 2)
    assert off < 0.75 * raw_off


def test_bodies_that_are_alike_in_all_kinds_are_known_by_their_other_kinds() -> None:
    random = np.random.default_rng(4)
    history: History = {}
    for body in range(300):
        true = random.beta(1.2, 2.4)
        for kind in "abc":
            of = int(random.integers(2, 9))
            history[body, kind] = Count(int(random.binomial(of, true)), of)
    model = learn(history)
    assert model is not None
    assert model.weight > 0.8
    assert model.chance("a", NOTHING, Count(9, 10)) > 0.6


def test_little_history_is_not_spoken_of() -> None:
    few_bodies = {(body, "a"): Count(5, 10) for body in range(ENOUGH_BODIES - 1)}
    assert learn(few_bodies) is None
    few_days = {(body, "a"): Count(1, 2) for body in range(ENOUGH_BODIES)}
    assert learn(few_days) is None
    never_late = {(body, "a"): Count(0, 20) for body in range(ENOUGH_BODIES)}
    assert learn(never_late) is None
    assert learn({}) is None
    enough = few_bodies | {(99, "b"): Count(2, 10)}
    assert learn(enough) is not None


def test_bodies_that_are_all_alike_are_held_to_the_pool() -> None:
    alike = largest_likelihood(np.full(50, 3.0), np.full(50, 10.0))
    assert (alike.mean, alike.strength > 500) == (pytest.approx(0.3, abs=1e-3), True)
