"""A map glides on, eases and flies; and goes back to what was looked at."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.map_window import MapWindow, Size
from desktop.widgets.sea_motion import Motion
from desktop.widgets.sea_trail import Trail

SIZE = Size(800, 600)
HERE = MapWindow(1.2e7, 1.5e6, 500.0)

frames = st.lists(st.floats(0.01, 0.1), min_size=30, max_size=40)


def run(motion: Motion, seconds: list[float]) -> list[MapWindow]:
    """The windows of a movement, frame by frame, the one it began in first."""
    windows = [HERE]
    for each in seconds:
        if not motion.is_under_way:
            break
        windows.append(motion.step(windows[-1], each, SIZE))
    return windows


def test_a_glide_slows_down_and_ends() -> None:
    motion = Motion()
    motion.glide(900.0, -300.0)

    windows = run(motion, [1 / 60] * 240)

    steps = [before.x_m - after.x_m for before, after in pairwise(windows)]
    assert not motion.is_under_way
    assert all(later <= earlier for earlier, later in pairwise(steps))
    assert steps[0] == pytest.approx(900 / 60 * 500, rel=0.05)
    assert windows[-1].y_m < HERE.y_m
    assert windows[-1].metres_per_px == 500.0


@given(seconds=frames)
def test_a_glide_goes_as_far_whatever_the_frames(seconds: list[float]) -> None:
    motion = Motion()
    motion.glide(1200.0, 0.0)

    gone_px = (HERE.x_m - run(motion, seconds * 4)[-1].x_m) / 500

    assert gone_px == pytest.approx(1200 * 0.28, rel=0.07)


def test_a_nudge_too_slow_to_see_is_no_glide() -> None:
    motion = Motion()
    motion.glide(5.0, 5.0)
    assert not motion.is_under_way


@given(seconds=frames, factor=st.floats(0.1, 10), x=st.floats(0, 800), y=st.floats(0, 600))
def test_a_zoom_ends_at_its_scale_with_the_pointer_where_it_was(
    seconds: list[float], factor: float, x: float, y: float
) -> None:
    motion = Motion()
    motion.zoom(factor, HERE, (x, y))

    last = run(motion, seconds * 4)[-1]

    assert not motion.is_under_way
    assert last.metres_per_px == pytest.approx(500 * factor)
    assert last.to_m(x, y, SIZE) == pytest.approx(HERE.to_m(x, y, SIZE), abs=5.0)


def test_turns_of_the_wheel_add_up() -> None:
    motion = Motion()
    motion.zoom(0.5, HERE, (400, 300))
    half_way = motion.step(HERE, 0.02, SIZE)
    motion.zoom(0.5, half_way, (400, 300))

    windows = [half_way]
    while motion.is_under_way:
        windows.append(motion.step(windows[-1], 1 / 60, SIZE))

    assert windows[-1].metres_per_px == pytest.approx(125.0)


@given(
    seconds=frames,
    x=st.floats(1.15e7, 1.25e7),
    y=st.floats(1e6, 2e6),
    scale=st.floats(20.0, 3000.0),
)
def test_a_flight_arrives_just_where_it_was_sent(
    seconds: list[float], x: float, y: float, scale: float
) -> None:
    there, motion = MapWindow(x, y, scale), Motion()
    motion.fly(HERE, there)

    windows = run(motion, seconds * 4)

    assert windows[-1] == there
    ends = sorted((HERE.metres_per_px, scale))
    assert all(ends[0] - 1e-6 <= each.metres_per_px <= ends[1] + 1e-6 for each in windows)


def test_one_goes_back_and_forward_through_what_was_looked_at() -> None:
    trail = Trail()
    first, second, third = HERE, HERE.moved(900, 0), HERE.moved(900, 900)
    for window in (first, second, third):
        trail.note(window, SIZE)

    assert [trail.back(), trail.back(), trail.back()] == [second, first, None]
    assert [trail.forward(), trail.forward(), trail.forward()] == [second, third, None]


def test_a_new_way_forgets_the_one_ahead() -> None:
    trail = Trail()
    for window in (HERE, HERE.moved(900, 0)):
        trail.note(window, SIZE)
    trail.back()
    other = HERE.moved(0, 2000)

    trail.note(other, SIZE)

    assert trail.forward() is None
    assert trail.back() == HERE


def test_a_small_correction_is_no_new_view() -> None:
    trail = Trail()
    trail.note(HERE, SIZE)
    trail.note(HERE.moved(900, 0), SIZE)
    trail.note(HERE.moved(905, 3), SIZE)

    assert trail.back() == HERE
    assert trail.forward() == HERE.moved(905, 3)
