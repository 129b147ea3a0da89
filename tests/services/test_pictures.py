"""What is drawn once comes out as pixels, as vectors with their fonts, and as one page."""

from __future__ import annotations

import base64
import re
import zlib
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QRawFont,
)
from PySide6.QtSvg import QSvgRenderer

from desktop.services import pictures
from desktop.services.theme import Theme

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = QSize(200, 100)
INK = QColor("#B3261E")
SVG = "{http://www.w3.org/2000/svg}"


def paint(painter: QPainter) -> None:
    painter.fillRect(QRectF(20, 40, 60, 30), INK)
    painter.setFont(Theme.font("strong"))
    painter.setPen(INK)
    painter.drawText(QPointF(100, 60), "Biên Hòa")


def pixel(image: QImage, x: int, y: int) -> str:
    return image.pixelColor(x, y).name()


def test_a_png_has_as_many_pixels_as_asked_and_everything_in_scale() -> None:
    image = QImage.fromData(QByteArray(pictures.to_png(SIZE, paint, 3.0)), "PNG")

    assert image.size() == SIZE * 3
    assert pixel(image, 150, 165) == INK.name()
    assert pixel(image, 10, 10) == "#ffffff"


def test_an_svg_is_vectors_and_text_with_the_fonts_it_is_set_in() -> None:
    data = pictures.to_svg(SIZE, paint, "A <title>")
    root = ElementTree.fromstring(data)

    assert root.findtext(f"{SVG}title") == "A <title>"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Biên Hòa"]
    assert not list(root.iter(f"{SVG}image"))
    (style,) = (element.text or "" for element in root.iter(f"{SVG}style"))
    fonts = dict(re.findall(r'font-weight:(\d+);src:url\("data:font/ttf;base64,([^"]+)"\)', style))
    semibold = QRawFont(QByteArray(base64.b64decode(fonts["600"])), 15)
    assert semibold.familyName() == Theme.font("strong").family()
    assert semibold.supportsCharacter(ord("ê"))


def test_an_svg_drawn_again_shows_the_same_where_it_was_painted() -> None:
    renderer = QSvgRenderer(QByteArray(pictures.to_svg(SIZE, paint, "")))
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()

    assert pixel(image, 50, 55) == INK.name()
    assert pixel(image, 10, 10) == "#ffffff"


def test_a_pdf_is_one_page_of_just_this_size_with_its_fonts_and_no_picture() -> None:
    data = pictures.to_pdf(SIZE, paint, "A title")

    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert [(float(wide), float(high)) for wide, high in boxes] == [(150, 75)]
    assert b"/FontFile2" in data
    assert b"/Subtype /Image" not in data


def test_no_font_is_missing_for_the_weights_that_the_theme_sets_type_in() -> None:
    Theme.font("label")

    weights = {
        QFontDatabase.weight("IBM Plex Sans", style)
        for style in QFontDatabase.styles("IBM Plex Sans")
    }
    assert {400, 500, 600} <= weights


def test_letters_on_paper_stand_as_far_apart_as_on_the_screen() -> None:
    marking = "UNCLASSIFIED"

    def paint_marking(painter: QPainter) -> None:
        painter.setFont(Theme.font("marking"))
        painter.drawText(QPointF(10, 50), marking)

    page = pictures.to_pdf(SIZE, paint_marking, "")
    streams = [
        zlib.decompressobj().decompress(each)
        for each in re.findall(rb"stream\r?\n(.*?)endstream", page, re.S)
        if each[:1] == b"x"
    ]
    (text,) = (each for each in streams if b"Tj" in each)
    _first, *steps = (float(each) for each in re.findall(rb"([\d.]+) -?[\d.]+ Td", text))

    wide_px = QFontMetricsF(Theme.font("marking")).horizontalAdvance(marking[:-1])
    assert sum(steps) == pytest.approx(wide_px, abs=1.0)
