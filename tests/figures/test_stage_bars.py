"""Bars begin at zero, end at their amount, and never make a promise look like a payment."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QSizeF

from desktop.figures.drawing import Arrow, Drawing, Line, Shape, Words
from desktop.figures.figure import Mark
from desktop.figures.stage_bars import StageBars
from desktop.model.dossier import Dossier
from desktop.model.values import LocalText
from tests.figures.money import (
    COMMITMENT,
    CONTRIBUTION,
    ESTIMATE,
    HANOI,
    WASHINGTON,
    money,
    reading,
)
from tests.model import samples

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH_PX = 800.0


def bars(dossier: Dossier, *measures: str, audience: object = WASHINGTON) -> Drawing:
    figure = StageBars()
    figure.show_measures(measures, audience, "By stage")  # type: ignore[arg-type]
    return figure.drawing(QSizeF(WIDTH_PX, figure.height_for(WIDTH_PX, dossier)), dossier)


def words(drawing: Drawing) -> list[str]:
    return [item.text.replace("\n", " ") for item in drawing.items if isinstance(item, Words)]


def mark(drawing: Drawing, fact_id: str, part: str = "") -> Mark:
    return next(m for m in drawing.marks if m.fact_id == fact_id and m.part == part)


def look_at(drawing: Drawing, found: Mark) -> tuple[str, str]:
    shape = next(s for s in drawing.items if isinstance(s, Shape) and s.area == found.area)
    return shape.tone, shape.look


def test_bars_are_as_long_as_their_amounts_and_begin_together() -> None:
    drawing = bars(money(), COMMITMENT, CONTRIBUTION)
    promised, moved = mark(drawing, "committed-430").area, mark(drawing, "given-218").area

    assert promised.left() == moved.left()
    assert moved.width() / promised.width() == pytest.approx(218.255 / 430)
    assert not promised.intersects(moved)


def test_a_promise_is_an_outline_and_what_moved_is_solid() -> None:
    drawing = bars(money(), COMMITMENT, CONTRIBUTION)

    assert look_at(drawing, mark(drawing, "committed-430")) == ("money_promised", "outline")
    assert look_at(drawing, mark(drawing, "given-218")) == ("money_moved", "solid")
    assert "218.255 by 27 Jul 2023" in words(drawing)


def test_a_total_is_divided_by_its_parts_and_the_new_one_carries_the_flag() -> None:
    drawing = bars(money(), COMMITMENT)
    whole = mark(drawing, "committed-430").area
    first = mark(drawing, "committed-300", "part").area
    added = mark(drawing, "addition", "part").area

    assert (first.left(), first.right(), added.right()) == pytest.approx(
        (whole.left(), added.left(), whole.right())
    )
    assert added.width() / whole.width() == pytest.approx(130 / 430)
    flags = {item.text: item.flag for item in drawing.items if isinstance(item, Words)}
    assert flags["+130"]
    assert not flags["300"]
    assert "Committed. Sources differ: also dated Nov 2025" in words(drawing)


def test_parts_that_this_audience_is_not_shown_divide_nothing() -> None:
    dossier = money()
    hidden = samples.fact("addition", "130 million usd", withhold_from=(HANOI,))
    drawing = bars(dossier.with_record(hidden), COMMITMENT, audience=HANOI)

    assert "430" in words(drawing)
    assert not [m for m in drawing.marks if m.part == "part"]


def test_what_is_not_reported_since_is_a_dashed_box_up_to_the_promise() -> None:
    drawing = bars(money(), COMMITMENT, CONTRIBUTION)
    box = mark(drawing, "given-218", "since")

    assert look_at(drawing, box) == ("control", "dashed")
    assert box.area.right() == pytest.approx(mark(drawing, "committed-430").area.right())
    assert "Not reported since" in words(drawing)


@pytest.mark.parametrize("width", [380.0, 460.0])
def test_in_little_room_the_gap_and_its_date_are_still_said(width: float) -> None:
    figure = StageBars()
    figure.show_measures((COMMITMENT, CONTRIBUTION), WASHINGTON, "By stage")

    said = words(figure.drawing(QSizeF(width, figure.height_for(width, money())), money()))

    assert "Not reported since" in said
    assert any("27 Jul 2023" in each.replace("\u00a0", " ") for each in said)


def test_a_stage_nobody_reports_is_seen() -> None:
    disbursed = samples.measure(
        "disbursed", name=LocalText("Disbursed"), kind="cumulative", stage="disbursed"
    )
    drawing = bars(money(disbursed), COMMITMENT, "disbursed")

    boxes = [s for s in drawing.items if isinstance(s, Shape) and s.look == "dashed"]
    assert len(boxes) == 1
    assert boxes[0].area.width() == pytest.approx(mark(drawing, "committed-430").area.width())
    assert {"Disbursed", "Not reported"} <= set(words(drawing))


def test_an_estimate_beside_money_is_a_dashed_line_that_says_up_to() -> None:
    drawing = bars(money(), COMMITMENT, ESTIMATE)
    (line,) = [item for item in drawing.items if isinstance(item, Line) and item.dashed]
    promised = mark(drawing, "committed-430").area

    length = line.points[-1].x() - line.points[0].x()
    assert length / promised.width() == pytest.approx(450 / 430)
    assert "up to 450" in words(drawing)
    (arrow,) = [item for item in drawing.items if isinstance(item, Arrow)]
    assert arrow.tip.x() < arrow.start.x()


def test_a_share_known_only_from_below_points_on_and_a_range_is_pale_to_its_end() -> None:
    dossier = samples.dossier_of(
        samples.measure("stock", "percent", kind="level"),
        samples.measure("imports", "percent", kind="level"),
        reading("stock", "stock", "more than 80 percent", "2025"),
        reading("imports", "imports", "50 to 60 percent", "2021"),
    )
    drawing = bars(dossier, "stock", "imports")

    (arrow,) = [item for item in drawing.items if isinstance(item, Arrow)]
    assert arrow.tip.x() > arrow.start.x()
    whole = mark(drawing, "imports").area
    low = next(
        s.area
        for s in drawing.items
        if isinstance(s, Shape) and s.look == "solid" and s.area.top() == whole.top()
    )
    assert low.width() / whole.width() == pytest.approx(50 / 60)


@pytest.mark.parametrize("width", [300.0, 480.0, 800.0, 1600.0])
def test_no_words_cover_one_another_at_any_width(width: float) -> None:
    long = samples.measure(
        "long",
        name=LocalText("U.S. appropriations for Agent Orange and dioxin, all accounts together"),
        kind="cumulative",
        stage="appropriated",
    )
    dossier = money(long, reading("all", "long", "nearly 390 million usd", "FY2021"))
    figure = StageBars()
    figure.show_measures([COMMITMENT, CONTRIBUTION, ESTIMATE, "long"], WASHINGTON, "By stage")
    drawing = figure.drawing(QSizeF(width, figure.height_for(width, dossier)), dossier)

    areas = [item.area for item in drawing.items if isinstance(item, Words) and item.text]
    for one, other in combinations(areas, 2):
        assert not one.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other)
