"""Names on the map cover nothing, stay where they are, and are drawn alike in both ways."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRawFont

from desktop.figures.sea_labels import (
    Box,
    Label,
    Placed,
    Room,
    Style,
    font_of,
    paint_label,
    place_labels,
    size_of,
    stamp_label,
)
from desktop.services import colours

pytestmark = pytest.mark.usefixtures("qapp")

VIETNAMESE = "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ"
MARK = QRectF(-6, -6, 12, 12)

points = st.tuples(st.floats(0, 800), st.floats(0, 500))


def label(number: int, at: tuple[float, float], mark: QRectF = MARK) -> Label:
    text = f"Đảo {number}"
    return Label(str(number), text, Style(), at[0] * 100, -at[1] * 100, mark, float(number))


def box_of(placed: Placed) -> Box:
    x, y = placed.label.east_m / 100, -placed.label.north_m / 100
    wide, high = size_of(placed.label.text, placed.label.style)
    left, top = x + placed.left_px, y + placed.top_px
    return left, top, left + wide, top + high


def meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(at=st.lists(points, min_size=1, max_size=60))
def test_no_name_covers_another_or_a_mark(at: list[tuple[float, float]]) -> None:
    room = Room()
    marks = [(x - 6, y - 6, x + 6, y + 6) for x, y in at]
    for mark in marks:
        room.take(mark)

    placed = place_labels([label(n, each) for n, each in enumerate(at)], room, 100.0, {})

    boxes = [box_of(each) for each in placed]
    assert not any(meets(one, other) for one, other in combinations(boxes, 2))
    assert not any(meets(box, mark) for box in boxes for mark in marks)


def test_the_name_of_a_country_stands_within_it_or_nowhere() -> None:
    country = Label("brunei", "BRUNEI", Style(ink="land"), 0.0, 0.0, QRectF(), 1.0)
    sea = country._replace(key="sea", style=Style(ink="sea"))
    wide, high = size_of(country.text, country.style)

    free = place_labels([country], Room(), 100.0, {})
    taken = Room()
    taken.take((-wide, -2.2 * high, wide, 2.2 * high))
    crowded = place_labels([country, sea], taken, 100.0, {})

    assert [(each.left_px, each.top_px) for each in free] == [(-wide / 2, -high / 2)]
    assert [each.label.key for each in crowded] == ["sea"]


def test_the_name_of_the_sea_stands_on_water_and_smaller_before_it_goes_far() -> None:
    small = Style("caption", "sea")
    near = Label("sea", "EAST SEA", Style("lead", "sea"), 0.0, 0.0, QRectF(), 2.0, 0.5)
    smaller = near._replace(style=small, rank=2.1)
    wide, _ = size_of(smaller.text, small)

    def is_strait(box: Box) -> bool:
        """As wide as the smaller name, with land on both sides."""
        return box[0] >= -wide / 2 - 1 and box[2] <= wide / 2 + 1

    open_sea = place_labels([smaller, near], Room(), 100.0, {})
    in_strait = place_labels([smaller, near], Room(), 100.0, {}, is_strait)
    on_land = place_labels([smaller, near], Room(), 100.0, {}, lambda _box: False)

    assert [each.label for each in open_sea] == [near]
    assert [each.label for each in in_strait] == [smaller]
    assert on_land == []


@given(at=st.lists(points, min_size=1, max_size=40), mark=st.sampled_from([MARK, QRectF()]))
def test_names_keep_within_bounds_where_there_are_any(
    at: list[tuple[float, float]], mark: QRectF
) -> None:
    bounds = (0.0, 0.0, 800.0, 500.0)

    labels = [label(n, each, mark) for n, each in enumerate(at)]
    placed = place_labels(labels, Room(bounds), 100.0, {})

    for left, top, right, bottom in map(box_of, placed):
        assert 0 <= left < right <= 800
        assert 0 <= top < bottom <= 500


@given(at=st.lists(points, min_size=2, max_size=40, unique=True))
def test_the_better_ranked_has_first_choice(at: list[tuple[float, float]]) -> None:
    labels = [label(n, each) for n, each in enumerate(at)]

    alone = place_labels(labels[:1], Room(), 100.0, {})
    among = place_labels(reversed(labels), Room(), 100.0, {})

    assert among[0] == alone[0]


def test_a_name_goes_to_another_side_where_that_lets_its_neighbour_be_named() -> None:
    harbour = label(1, (100, 100))._replace(insists=True)
    wide, _ = size_of(harbour.text, harbour.style)
    airfield = label(2, (118 + wide, 100))._replace(insists=True)
    reef = airfield._replace(insists=False)

    def room() -> Room:
        """Between two banks, closed behind the airfield."""
        room = Room()
        for box in ((0, 0, 400, 88), (0, 112, 400, 200), (119 + wide, 0, 400, 200)):
            room.take(box)
        room.take((94, 94, 106, 106))
        return room

    alone = place_labels([harbour], room(), 100.0, {})
    together = place_labels([harbour, airfield], room(), 100.0, {})
    beside_reef = place_labels([harbour, reef], room(), 100.0, {})

    assert box_of(alone[0])[0] > 100
    assert beside_reef == alone
    assert [each.label.key for each in together] == ["1", "2"]
    assert box_of(together[0])[2] < 100 < box_of(together[1])[0]


def test_a_name_stays_on_its_side_when_it_is_placed_anew() -> None:
    one, other = label(1, (100, 100)), label(2, (112, 100))
    crowded = place_labels([one, other], Room(), 100.0, {})
    sides = {placed.label.key: placed.side for placed in crowded}
    assert sides["2"] != 0

    alone = place_labels([other], Room(), 100.0, sides)

    assert alone[0].side == sides["2"]


def test_every_vietnamese_letter_is_plex() -> None:
    for style in (Style(), Style("lead", "sea", italic=True, spaced_px=5)):
        font = QRawFont.fromFont(font_of(style))
        assert font.familyName() == "IBM Plex Sans"
        lacking = [c for c in VIETNAMESE + VIETNAMESE.upper() if not font.supportsCharacter(ord(c))]
        assert lacking == []


def ink_of(image: QImage) -> dict[str, int]:
    """How many pixels are nearly the ground's, nearly the halo's and nearly the text's colour."""
    counts = {"ground": 0, "halo": 0, "text": 0}
    for y in range(image.height()):
        for x in range(image.width()):
            light = image.pixelColor(x, y).lightness()
            counts["text" if light < 90 else "halo" if light > 200 else "ground"] += 1
    return counts


def test_the_quick_way_of_drawing_a_halo_looks_like_the_exact_one() -> None:
    style, text = Style("strong"), "Đà Nẵng"
    images = []
    for quick in (False, True):
        wide, high = size_of(text, style)
        image = QImage(int(wide) + 2, int(high) + 2, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(0, 0, 0, 0))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if quick:
            stamp_label(painter, text, style, colours.light(), 1.0)
        else:
            paint_label(painter, text, style, QPointF(), colours.light())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
        painter.fillRect(image.rect(), QColor("#709FC7"))
        painter.end()
        images.append(ink_of(image))

    exact, quick_one = images
    assert exact["text"] > 100
    assert exact["halo"] > 300
    assert quick_one["text"] == pytest.approx(exact["text"], rel=0.15)
    assert quick_one["halo"] == pytest.approx(exact["halo"], rel=0.25)
