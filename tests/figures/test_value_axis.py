"""The upright axis begins at zero and counts in round numbers."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.value_axis import round_step, value_axis

mosts = st.floats(1e-6, 1e13, allow_nan=False)
heights = st.floats(40, 2000)


@given(most=mosts, height=heights)
def test_ticks_begin_at_zero_and_keep_their_distance(most: float, height: float) -> None:
    axis = value_axis(most, height, 0)

    ticks = axis.ticks(44)

    assert ticks[0] == 0
    for low, high in pairwise(ticks):
        assert axis.y_of(float(low)) - axis.y_of(float(high)) >= 44 * (1 - 1e-6)
    assert float(ticks[-1]) <= most * (1 + 1e-9)


@given(most=mosts, height=heights, share=st.floats(0, 1))
def test_amounts_lie_evenly_between_zero_and_the_most(
    most: float, height: float, share: float
) -> None:
    axis = value_axis(most, height, 30)

    assert axis.y_of(0) == height
    assert axis.y_of(most * share) == pytest.approx(height - share * (height - 30))


@pytest.mark.parametrize(
    ("least", "step"), [("0.3", "0.5"), ("1", "1"), ("1.1", "2"), ("2.2", "2.5"), ("60", "100")]
)
def test_steps_are_round(least: str, step: str) -> None:
    assert round_step(float(least)) == Decimal(step)


@pytest.mark.parametrize("most", [0.0, float("nan"), float("inf")])
def test_nothing_to_show_still_makes_an_axis(most: float) -> None:
    assert value_axis(most, 200, 30).most == 1.0
