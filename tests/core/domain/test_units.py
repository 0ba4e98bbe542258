"""Kilograms inside, the lifter's unit at the edge, nothing lost on the way."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.domain.units import KG_PER_LB, display, parse
from voltlift_core.domain.vocabulary import Unit

units = st.sampled_from(Unit)


@given(st.integers(0, 40_000_000), units)
def test_what_was_entered_is_what_is_shown(ten_thousandths, unit):
    entered = ten_thousandths / 10_000
    assert display(parse(entered, unit), unit) == entered


def test_every_quarter_pound_comes_back():
    entered = [quarters / 4 for quarters in range(4 * 1500)]
    assert [display(parse(value, Unit.LB), Unit.LB) for value in entered] == entered


def test_a_pound_is_exact():
    assert Fraction(str(KG_PER_LB)) == Fraction(45_359_237, 100_000_000)
    assert parse(135, Unit.LB) == pytest.approx(61.23496995, abs=1e-12)
    assert parse(100, Unit.KG) == 100.0


def test_converted_weights_snap_back():
    assert display(22.6796185, Unit.LB) == 50.0
    assert display(80.0, Unit.LB) == 176.3698


def test_missing_stays_missing():
    assert math.isnan(display(parse(math.nan, Unit.LB), Unit.LB))
