"""Slides one by one as pictures, and all of them as one page for a browser."""

from __future__ import annotations

import html
import re
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop.export.handout import Handout, Leaf
from desktop.export.steps import Steps
from desktop.figures.figure import paint_figure
from desktop.services import pictures
from desktop.services.language import tr
from desktop.services.theme import Theme

FULL_HD: Final = QSize(1920, 1080)

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_STYLE: Final = """
html { scroll-snap-type: y mandatory; background: #0f1720 }
body { margin: 0; font-family: "IBM Plex Sans", sans-serif; color: #12202f }
section { scroll-snap-align: start; height: 100vh; display: flex; align-items: center;
  justify-content: center }
section > svg, section > img { width: min(100%, calc(100vh * 16 / 9)); height: auto;
  aspect-ratio: 16 / 9; background: #fff }
nav { position: fixed; top: 0; left: 0; background: #fff; padding: 12px 16px; max-height: 90vh;
  overflow: auto; transform: translateY(-110%) }
nav:focus-within { transform: none }
nav a { display: block; color: #1f5fa8; padding: 2px 0 }
@page { size: 338.67mm 190.5mm; margin: 0 }
@media print {
  html { background: #fff }
  nav { display: none }
  section { height: auto; break-after: page }
  section > svg, section > img { width: 338.67mm; height: 190.5mm }
}
"""
_INLINE: Final = re.compile(r"<svg.*</svg>", re.DOTALL)
_FACES: Final = re.compile(r"<style>.*?</style>", re.DOTALL)


def to_png(leaf: Leaf, handout: Handout, size: QSize = FULL_HD) -> bytes:
    """One page as an image of this many pixels."""
    return pictures.to_png(size, lambda painter: _paint(painter, leaf, handout, size), 1.0)


def to_svg(leaf: Leaf, handout: Handout, size: QSize = FULL_HD) -> bytes:
    """One page as vectors and text, its fonts within."""
    return pictures.to_svg(size, lambda painter: _paint(painter, leaf, handout, size), leaf.title)


def to_html(handout: Handout) -> Steps:
    """All pages as one file that asks nothing of a network and runs no script.

    The browser's own keys go from page to page; Tab opens the list of them. A map is an image, all
    else vectors and text in one set of fonts.
    """
    sections, links = [], []
    faces: dict[str, None] = {}
    leaves = list(handout.leaves())
    for number, leaf in enumerate(leaves, start=1):
        yield (number - 1) / len(leaves)
        name = html.escape(leaf.figure.describe(handout.dossier), quote=True)
        if leaf.slide is not None and leaf.slide.layout == "map":
            drawn = _image(to_png(leaf, handout), name)
        else:
            drawn, found = _vectors(to_svg(leaf, handout).decode(), number, name)
            faces |= dict.fromkeys(found)
        sections.append(f'<section id="page-{number}">{drawn}</section>')
        links.append(f'<a href="#page-{number}">{number}. {html.escape(leaf.title)}</a>')
    title = html.escape(handout.title)
    listed = html.escape(tr("Pages"), quote=True)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{handout.speak.tag}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{''.join(faces)}{_STYLE}</style></head>",
            f'<body><nav aria-label="{listed}">{"".join(links)}</nav>',
            *sections,
            "</body></html>",
        )
    ).encode()


def _paint(painter: QPainter, leaf: Leaf, handout: Handout, size: QSize) -> None:
    whole = QRectF(0, 0, size.width(), size.height())
    paint_figure(leaf.figure, painter, whole, handout.dossier, Theme("light"))


def _image(png: bytes, name: str) -> str:
    import base64

    data = base64.b64encode(png).decode()
    return f'<img alt="{name}" src="data:image/png;base64,{data}">'


def _vectors(svg: str, number: int, name: str) -> tuple[str, list[str]]:
    """The drawing alone, its ids made its own, and the fonts it brought."""
    found = _INLINE.search(svg)
    inner = found[0] if found else ""
    faces = [
        face
        for style in _FACES.findall(inner)
        for face in re.findall(r"@font-face\{.*?\}", style, re.DOTALL)
    ]
    inner = _FACES.sub("", inner)
    inner = re.sub(r'\bid="', f'id="p{number}-', inner)
    inner = inner.replace("url(#", f"url(#p{number}-").replace('href="#', f'href="#p{number}-')
    labelled = f'<svg role="img" aria-label="{name}" '
    return inner.replace("<svg ", labelled, 1), faces
