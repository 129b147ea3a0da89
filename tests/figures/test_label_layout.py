"""Words of a chart find places of their own, or none."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from desktop.figures.label_layout import Wish, around, outside, place, stacked

BOUNDS = QRectF(0, 0, 640, 270)

pixels = st.floats(-40, 680, width=32)
sizes = st.builds(QSizeF, st.floats(5, 250, width=32), st.floats(8, 60, width=32))
marks = st.builds(QRectF, pixels, pixels, st.floats(1, 120, width=32), st.floats(1, 20, width=32))
lines = st.builds(QLineF, pixels, pixels, pixels, pixels)
wishes = st.builds(
    lambda mark, size, cross: Wish([(area,) for area in around(mark, size)], cross),
    marks,
    sizes,
    st.booleans(),
)


@given(st.lists(wishes, max_size=30), st.lists(marks, max_size=10), st.lists(lines, max_size=6))
def test_no_words_lie_on_others_or_on_marks_or_outside(
    wanted: list[Wish], taken: list[QRectF], drawn: list[QLineF]
) -> None:
    found = [areas[0] for areas in place(wanted, BOUNDS, taken, drawn) if areas]

    assert all(BOUNDS.contains(area) for area in found)
    assert not any(one.intersects(other) for one, other in combinations(found, 2))
    assert not any(area.intersects(mark) for area in found for mark in taken)


def test_the_first_wish_chooses_first_and_the_next_gives_way() -> None:
    size = QSizeF(40, 16)
    best, second = QRectF(100, 100, 40, 16), QRectF(100, 130, 40, 16)
    wish = Wish([(best,), (second,)])

    assert place([wish, wish, wish], BOUNDS, []) == [(best,), (second,), None]
    assert size == best.size()


def test_words_stand_clear_of_lines_where_they_can_and_some_must() -> None:
    on_line, beside = QRectF(100, 100, 40, 16), QRectF(100, 130, 40, 16)
    line = QLineF(0, 108, 640, 108)

    assert place([Wish([(on_line,), (beside,)])], BOUNDS, [], [line]) == [(beside,)]
    assert place([Wish([(on_line,)])], BOUNDS, [], [line]) == [(on_line,)]
    assert place([Wish([(on_line,)], cross=False)], BOUNDS, [], [line]) == [None]


def test_nothing_is_written_across_a_leader() -> None:
    words, leader = QRectF(100, 40, 80, 16), QRectF(140, 56, 2, 60)
    across = QRectF(120, 80, 60, 16)

    assert place([Wish([(words, leader)]), Wish([(across,)])], BOUNDS, []) == [
        (words, leader),
        None,
    ]


@given(lines, st.lists(marks, max_size=6))
def test_what_is_left_of_a_line_lies_outside_the_holes(line: QLineF, holes: list[QRectF]) -> None:
    pieces = outside(line, holes)

    for piece in pieces:
        middle = piece.pointAt(0.5)
        inner = [hole.adjusted(0.01, 0.01, -0.01, -0.01) for hole in holes]
        assert not any(hole.contains(middle) for hole in inner)
    assert sum(piece.length() for piece in pieces) <= line.length() * (1 + 1e-9)


def test_a_hole_cuts_a_line_in_two() -> None:
    pieces = outside(QLineF(0, 10, 100, 10), [QRectF(40, 0, 20, 20)])

    assert [(piece.x1(), piece.x2()) for piece in pieces] == [(0, 40), (60, 100)]
    assert outside(QLineF(0, 50, 100, 50), [QRectF(40, 0, 20, 20)]) == [QLineF(0, 50, 100, 50)]


rooms = st.lists(
    st.tuples(st.floats(0, 270, width=32), st.floats(10, 40, width=32)), min_size=1, max_size=6
)


@given(rooms)
def test_stacked_words_keep_their_order_and_never_overlap(named: list[tuple[float, float]]) -> None:
    named.sort()
    levels, heights = [level for level, _ in named], [high for _, high in named]

    tops = stacked(levels, heights, 270)

    for (top, high), (below, _) in pairwise(zip(tops, heights, strict=True)):
        assert below >= top + high - 1e-6
    assert tops[-1] + heights[-1] <= 270 + 1e-6


def test_stacked_words_stand_at_their_level_where_nothing_is_in_the_way() -> None:
    assert stacked([50, 200], [20, 20], 270) == [40, 190]
    assert stacked([50, 55], [20, 20], 270) == pytest.approx([40, 60])
    assert QPointF(0, stacked([265], [20], 270)[0]) == QPointF(0, 250)
