"""Nothing is told by colour alone: what is seen in grey, or without red or green, says the same.

Colour blindness is simulated by the matrices for severity 1 of Machado, Oliveira and Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on
Visualization and Computer Graphics 15 (6), 2009; they hold for linear light.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.figures.figure import paint_figure
from desktop.figures.sea_symbols import HOLDERS, Shape, Symbol, paint_symbol
from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import state_mark
from desktop.figures.stage_bars import StageBars
from desktop.model.states import STATES
from desktop.panes.marks import ICONS
from desktop.services.language import state_words
from desktop.services.theme import Theme
from tests.figures.money import COMMITMENT, CONTRIBUTION, WASHINGTON, money
from tests.figures.test_slide_figure import every_slide, shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = pytest.mark.usefixtures("qapp")

VISIONS: Final[dict[str, Any]] = {
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
SHAPES: Final[tuple[Shape, ...]] = (
    *HOLDERS,
    "unheld",
    "site",
    "port-visit",
    "incident",
    "island-building",
    "award",
)
SCALE, SIDE = 4, 28
"""How much larger than on the desk a symbol is drawn, and the side of its picture there."""
SEEN: Final = 0.12
"""The least difference of brightness, of 1, at which two dots are told apart."""
ENOUGH: Final = SCALE * SCALE * 6
"""How many dots have to be: six pixels of the desk."""


def seen(picture: QImage, vision: str) -> NDArray[np.float64]:
    """The brightness of a picture, 0 to 1, as somebody of this vision sees it."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    dots = np.asarray(plain.constBits()).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    colour = dots[:, : plain.width(), 2::-1] / 255.0
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    light = np.clip(linear @ np.asarray(VISIONS[vision]).T, 0, 1)
    bright = light @ np.asarray([0.2126, 0.7152, 0.0722])
    return np.where(bright <= 0.0031308, 12.92 * bright, 1.055 * bright ** (1 / 2.4) - 0.055)


def apart(one: QImage, other: QImage, vision: str) -> int:
    """How many dots of two pictures are told apart."""
    return int((np.abs(seen(one, vision) - seen(other, vision)) > SEEN).sum())


def drawn(symbol: Symbol | None, theme: Theme) -> QImage:
    """A symbol on the sea; None is the sea alone."""
    picture = QImage(SIDE * SCALE, SIDE * SCALE, QImage.Format.Format_RGB32)
    picture.fill(theme.colours.depths[2])
    if symbol is not None:
        painter = QPainter(picture)
        painter.scale(SCALE, SCALE)
        paint_symbol(painter, symbol, QPointF(SIDE / 2, SIDE / 2), theme.colours)
        painter.end()
    return picture


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_symbols_of_the_map_are_told_apart_by_their_shape(vision: str, mode: Any) -> None:
    theme = Theme(mode)
    pictures = {shape: drawn(Symbol(shape), theme) for shape in SHAPES}
    for one, other in combinations(SHAPES, 2):
        assert apart(pictures[one], pictures[other], vision) >= ENOUGH, (one, other)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_symbols_stand_out_from_the_sea(vision: str, mode: Any) -> None:
    theme = Theme(mode)
    sea = drawn(None, theme)
    for shape in SHAPES:
        assert apart(drawn(Symbol(shape), theme), sea, vision) >= ENOUGH, shape
        assert apart(drawn(Symbol(shape, muted=True), theme), sea, vision) >= ENOUGH, shape


@pytest.mark.parametrize("vision", VISIONS)
def test_what_lies_under_water_is_hollow(vision: str) -> None:
    theme = Theme("light")
    for shape in HOLDERS:
        dry, wet = (drawn(Symbol(shape, hollow=hollow), theme) for hollow in (False, True))
        assert apart(dry, wet, vision) >= ENOUGH, shape


@pytest.mark.parametrize("vision", VISIONS)
def test_a_promise_is_an_outline_and_what_moved_is_solid(vision: str) -> None:
    file = money()
    bars = StageBars()
    bars.show_measures((COMMITMENT, CONTRIBUTION), WASHINGTON, "By stage")
    width = 800
    height = round(bars.height_for(width, file))
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    theme = Theme("light")
    picture.fill(theme.colours.page)
    painter = QPainter(picture)
    paint_figure(bars, painter, QRectF(0, 0, width, height), file, theme)
    painter.end()
    bright = seen(picture, vision)
    paper = float(seen_colour(theme.colours.page, vision))
    inside = {}
    for measure in (COMMITMENT, CONTRIBUTION):
        ids = {fact.id for fact in file.facts_of(measure)}
        marks = [m for m in bars.marks(QRectF(0, 0, width, height), file) if m.fact_id in ids]
        box = max((m.area for m in marks), key=lambda area: area.width() * area.height())
        middle = box.adjusted(4, 4, -4, -4).toRect()
        part = bright[middle.top() : middle.bottom(), middle.left() : middle.right()]
        inside[measure] = float(np.median(part))

    assert abs(inside[COMMITMENT] - paper) < 0.02
    assert paper - inside[CONTRIBUTION] > 0.4


def seen_colour(colour: QColor, vision: str) -> float:
    dot = QImage(1, 1, QImage.Format.Format_RGB32)
    dot.fill(colour)
    return float(seen(dot, vision)[0, 0])


def test_every_state_has_an_icon_and_a_word_of_its_own() -> None:
    theme = Theme("light")
    outlines = {}
    for state in STATES:
        icon = theme.pixmap(ICONS[state], "ink", 64).toImage()
        outlines[state] = np.array(
            [[icon.pixelColor(x, y).alpha() > 127 for x in range(64)] for y in range(64)]
        )
    for one, other in combinations(STATES, 2):
        assert state_words(one) != state_words(other)
        assert int((outlines[one] ^ outlines[other]).sum()) > 64, (one, other)


def test_marks_on_slides_say_their_state_in_words() -> None:
    dossier = shipped()
    said = {state_mark(fact, dossier) for fact in dossier.facts.values()} - {None}

    words = [mark[0] for mark in said if mark is not None]
    assert sorted(words) == ["May be out of date", "Sources differ"]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("talk", "slide"), every_slide()[:12])
def test_words_of_a_slide_are_read_by_everybody(talk: str, slide: str, vision: str) -> None:
    """Every mark that leads to a fact stands out from its paper."""
    figure, dossier, rect = SlideFigure(slide, talk), shipped(), QRectF(0, 0, 1280, 720)
    picture = QImage(1280, 720, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint_figure(figure, painter, rect, dossier, Theme("light"))
    painter.end()
    bright = seen(picture, vision)
    for mark in figure.marks(rect, dossier):
        box = mark.area.toAlignedRect().intersected(picture.rect())
        part = bright[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
        if part.size:
            assert part.max() - part.min() > 0.3, mark.words
