"""Fonts and icons: every Vietnamese letter comes from Plex, and every icon draws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont, QTextLayout
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
FONTS = sorted((RESOURCES / "fonts").glob("*.ttf"))
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))

# The 67 letters that carry a mark, small and capital.
VIETNAMESE = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
)
# What dates, quantities and quotations are written with beyond letters.
SIGNS = "0123456789$€₫%≈≥≤><–—−×…“”‘’·→"


@pytest.fixture(scope="module")
def plex(qapp: QApplication) -> Iterator[str]:
    """The family name under which Qt knows all weights once they are loaded."""
    loaded = [QFontDatabase.addApplicationFont(str(font)) for font in FONTS]
    yield QFontDatabase.applicationFontFamilies(loaded[0])[0]
    for font in loaded:
        QFontDatabase.removeApplicationFont(font)


def test_three_weights_are_shipped() -> None:
    assert [font.stem for font in FONTS] == [
        "IBMPlexSans-Medium",
        "IBMPlexSans-Regular",
        "IBMPlexSans-SemiBold",
    ]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_a_font_holds_every_letter_and_sign_of_a_briefing(qapp: QApplication, font: Path) -> None:
    raw = QRawFont(str(font), 15)

    assert len(set(VIETNAMESE)) == 134
    missing = [sign for sign in VIETNAMESE + SIGNS if not raw.supportsCharacter(ord(sign))]
    assert missing == []


@pytest.mark.parametrize("weight", [400, 500, 600])
@pytest.mark.parametrize("form", ["composed", "decomposed"])
def test_qt_draws_every_vietnamese_letter_from_plex(plex: str, weight: int, form: str) -> None:
    import unicodedata

    text = VIETNAMESE + SIGNS
    if form == "decomposed":
        text = unicodedata.normalize("NFD", text)
    font = QFont(plex)
    font.setWeight(QFont.Weight(weight))
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()

    drawn = {(run.rawFont().familyName(), run.rawFont().weight()) for run in layout.glyphRuns()}

    assert drawn == {("IBM Plex Sans", weight)}


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_figures_have_equal_width(qapp: QApplication, font: Path) -> None:
    raw = QRawFont(str(font), 15)

    widths = {
        advance.x()
        for advance in raw.advancesForGlyphIndexes(raw.glyphIndexesForString("0123456789"))
    }

    assert len(widths) == 1


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_an_icon_draws_and_fetches_nothing(qapp: QApplication, icon: Path) -> None:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(icon)).render(painter, QRectF(image.rect()))
    painter.end()

    inked = [1 for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 127]
    assert len(inked) > 8
    assert not re.search(r"href|<image|url\(", icon.read_text(encoding="utf-8"))
