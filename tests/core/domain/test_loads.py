"""Rounding to what can be loaded, against a search by brute force."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.domain.loads import (
    DEFAULT_STEP,
    STANDARD_PLATES,
    Plates,
    Steps,
    add_load,
    default_grid,
    round_to_loadable,
)
from voltlift_core.domain.units import display, parse
from voltlift_core.domain.vocabulary import Unit

units = st.sampled_from(Unit)
modes = st.sampled_from(["nearest", "down", "up"])


def _loads(plates: Plates) -> list[float]:
    """All weights of a set with few pairs, by trying every combination."""
    ranges = [range((count or 0) + 1) for count in plates.pairs.values()]
    sums = {
        plates.bar + 2 * sum(n * p for n, p in zip(counts, plates.pairs, strict=True))
        for counts in itertools.product(*ranges)
    }
    return sorted(sums)


few_plates = st.builds(
    Plates,
    units,
    st.sampled_from([0.0, 7.5, 20.0, 45.0]),
    st.dictionaries(
        st.sampled_from([0.25, 0.5, 1.25, 2.5, 5.0, 10.0, 17.0, 25.0]),
        st.integers(0, 2),
        max_size=4,
    ),
)


@given(few_plates, st.integers(0, 2400), modes)
def test_plates_round_as_brute_force_does(plates, tenths, mode):
    wanted = tenths / 10
    loads = _loads(plates)
    down = max((load for load in loads if load <= wanted), default=loads[0])
    up = min((load for load in loads if load >= wanted), default=loads[-1])
    nearest = down if wanted - down <= up - wanted or up < wanted else up
    expected = {"down": down, "up": up, "nearest": nearest}[mode]
    rounded = round_to_loadable(parse(wanted, plates.unit), plates, mode)
    assert display(rounded, plates.unit) == expected


@given(few_plates)
def test_per_side_loads_exactly_what_was_asked(plates):
    for load in _loads(plates):
        side = plates.per_side(parse(load, plates.unit))
        assert side is not None
        assert plates.bar + 2 * sum(side) == load
        assert list(side) == sorted(side, reverse=True)
        assert all(side.count(plate) <= plates.pairs[plate] for plate in side)


@pytest.mark.parametrize(
    ("unit", "weight", "side"),
    [
        (Unit.LB, 45, ()),
        (Unit.LB, 135, (45.0,)),
        (Unit.LB, 225, (45.0, 45.0)),
        (Unit.LB, 142.5, None),
        (Unit.LB, 40, None),
        (Unit.KG, 62.5, (20.0, 1.25)),
        (Unit.KG, 61.25, None),
        (Unit.KG, 180, (25.0, 25.0, 25.0, 5.0)),
    ],
)
def test_the_plates_of_an_ordinary_gym(unit, weight, side):
    assert Plates.standard(unit).per_side(parse(weight, unit)) == side


def test_heavy_plates_are_not_taken_where_they_lead_nowhere():
    plates = Plates(Unit.KG, 20.0, {25.0: 1, 15.0: 2})
    assert plates.per_side(50.0) == (15.0,)
    assert plates.per_side(80.0) == (15.0, 15.0)
    assert plates.per_side(90.0) is None


def test_pairs_run_out():
    plates = Plates(Unit.KG, 20.0, {20.0: 1, 2.5: 1})
    assert round_to_loadable(500.0, plates) == 65.0
    assert round_to_loadable(500.0, plates, "up") == 65.0
    assert round_to_loadable(5.0, plates, "down") == 20.0


@given(units, st.integers(0, 400))
def test_135_never_becomes_134_99(unit, steps):
    weight = steps * DEFAULT_STEP[unit]
    for grid in (default_grid(unit), Steps(unit, DEFAULT_STEP[unit] / 5)):
        for mode in ("nearest", "down", "up"):
            assert display(round_to_loadable(parse(weight, unit), grid, mode), unit) == weight


@given(units, st.lists(st.sampled_from([5.0, 2.5, -5.0, 10.0]), max_size=30))
def test_increments_never_drift(unit, amounts):
    grid = Plates.standard(unit)
    kg, exact = parse(225, unit), 225.0
    for amount in amounts:
        if amount == 2.5 and unit is Unit.LB:
            continue
        kg, exact = add_load(kg, amount, grid), exact + amount
        assert display(kg, unit) == exact


@given(
    st.floats(0, 500),
    st.floats(-30, 30).filter(bool),
    st.sampled_from(
        [
            Steps(Unit.LB, 5, 5, 120),
            Steps(Unit.KG, 2.5, 2.5, 50),
            Plates.standard(Unit.LB),
            Plates(Unit.KG, 20.0, {20.0: 1, 2.5: 1}),
        ]
    ),
)
def test_a_change_goes_the_right_way_and_as_far_as_the_grid(kg, amount, grid):
    start = round_to_loadable(kg, grid)
    changed = add_load(start, amount, grid)
    assert round_to_loadable(changed, grid) == changed
    further = add_load(changed, math.copysign(0.001, amount), grid)
    if changed == start:
        assert further == changed, "it stayed though the grid goes on"
    else:
        assert (changed > start) == (amount > 0)


def test_a_small_increment_is_the_next_pair_of_dumbbells():
    dumbbells = Steps(Unit.LB, 5, 5, 100)
    assert display(add_load(parse(50, Unit.LB), 2.5, dumbbells), Unit.LB) == 55.0
    assert display(add_load(parse(50, Unit.LB), -2.5, dumbbells), Unit.LB) == 45.0
    assert display(add_load(parse(100, Unit.LB), 5, dumbbells), Unit.LB) == 100.0
    assert display(add_load(parse(5, Unit.LB), -50, dumbbells), Unit.LB) == 5.0


def test_of_two_equally_near_weights_the_lighter_is_taken():
    assert round_to_loadable(61.25, Steps(Unit.KG, 2.5)) == 60.0


def test_steps_end_on_their_last_whole_step():
    stack = Steps(Unit.KG, 7.0, 5.0, 40.0)
    assert round_to_loadable(100.0, stack) == 40.0
    assert round_to_loadable(100.0, Steps(Unit.KG, 7.0, 5.0, 39.0)) == 33.0
    assert round_to_loadable(-5.0, stack) == 5.0


@pytest.mark.parametrize("kg", [math.nan, math.inf, -math.inf, 1e300])
def test_what_is_no_weight_is_refused(kg):
    with pytest.raises(ValueError, match="kg"):
        round_to_loadable(kg, default_grid(Unit.KG))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Steps(Unit.KG, 0),
        lambda: Steps(Unit.KG, -1),
        lambda: Steps(Unit.KG, math.nan),
        lambda: Steps(Unit.KG, 1, 5, 4),
        lambda: Plates(Unit.KG, -1, {}),
        lambda: Plates(Unit.KG, 20, {0: 1}),
        lambda: Plates(Unit.KG, 20, {math.nan: 1}),
        lambda: Plates(Unit.KG, 20, {5: -1}),
    ],
)
def test_impossible_grids_are_refused(make):
    with pytest.raises(ValueError, match=r"received|cannot|no weights"):
        make()


def test_a_grid_of_nothing_is_refused():
    class Nothing:
        unit = Unit.KG

        def around(self, thousandths):
            return None, None

    with pytest.raises(ValueError, match="empty"):
        round_to_loadable(50.0, Nothing())


def test_an_empty_bar_is_a_grid_of_one():
    bar = Plates(Unit.KG, 20.0, {})
    assert {round_to_loadable(kg, bar) for kg in (0.0, 20.0, 99.0)} == {20.0}
    assert bar.per_side(20.0) == ()


def test_standard_plates_are_heaviest_first():
    for plates in STANDARD_PLATES.values():
        assert list(plates) == sorted(plates, reverse=True)
