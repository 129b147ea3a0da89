"""What goes on each sheet of paper: a part of a pane between marking, heading and page number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.services.colours import light, of_marking
from desktop.services.language import tr
from desktop.services.theme import TextRole, Theme

SHEET_PX: Final = QSize(1280, 905)
"""A4 upright on its long side, at 0.232 mm a pixel: text of 15 px is printed at 10 points."""

_BANNER_PX: Final = 22
_HEAD_PX: Final = 46
_FOOT_PX: Final = 34
_SIDE_PX: Final = 40
_BODY_PX: Final = SHEET_PX.height() - 2 * _BANNER_PX - _HEAD_PX - _FOOT_PX
_ROUNDS: Final = 200
_TURNS: Final = 3
_WIDTHS_PX: Final = (SHEET_PX.width(), 1440, 1600, 1760)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Heading(NamedTuple):
    """What every sheet says: ``marking`` at its edges, the rest around its content."""

    marking: str
    title: str
    as_of: str
    file_name: str


class Page(NamedTuple):
    """A pane to be written: ``pane`` without a parent, and what gives its whole content.

    It is drawn as it looks, so it should have been made with a light theme.
    """

    title: str
    pane: QWidget
    content: Callable[[], QWidget]


@runtime_checkable
class Breakable(Protocol):
    """Content that knows at which heights, in its own pixels, it may be cut."""

    def breaks(self) -> tuple[int, ...]: ...


class Sheet(NamedTuple):
    """One sheet: the rows ``top`` to ``bottom`` (px) of a page's content, as wide as the sheet."""

    heading: Heading
    title: str
    content: QWidget
    top: int
    bottom: int
    number: int
    total: int

    @property
    def scale(self) -> float:
        """How large the content's pixels are set, of those of the sheet."""
        return SHEET_PX.width() / self.content.width()

    def paint(self, painter: QPainter) -> None:
        """Draw it; the painter's units are the pixels of SHEET_PX."""
        colours = light()
        width_px, height_px = SHEET_PX.width(), SHEET_PX.height()
        painter.fillRect(QRectF(0, 0, width_px, height_px), colours.page)
        self._paint_content(painter)
        for top in (0, height_px - _BANNER_PX):
            strip = QRectF(0, top, width_px, _BANNER_PX)
            painter.fillRect(strip, of_marking(self.heading.marking, colours))
            painter.setFont(Theme.font("marking"))
            painter.setPen(colours.on_marking)
            painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, self.heading.marking)
        head = QRectF(_SIDE_PX, _BANNER_PX, width_px - 2 * _SIDE_PX, _HEAD_PX)
        foot = QRectF(head.left(), height_px - _BANNER_PX - _FOOT_PX, head.width(), _FOOT_PX)
        page = tr("Page {number} of {total}").format(number=self.number, total=self.total)
        lines: tuple[tuple[QRectF, Qt.AlignmentFlag, str, TextRole], ...] = (
            (head, _LEFT, f"{self.heading.title} · {self.title}", "caption_strong"),
            (head, _RIGHT, self.heading.as_of, "caption"),
            (foot, _LEFT, self.heading.file_name, "source"),
            (foot, _RIGHT, page, "source"),
        )
        for area, flags, words, role in lines:
            _write(painter, area, flags, words, role)
        for line_y in (head.bottom(), foot.top()):
            painter.fillRect(QRectF(head.left(), line_y, head.width(), 1), colours.hairline)

    def _paint_content(self, painter: QPainter) -> None:
        source = QRect(0, self.top, self.content.width(), self.bottom - self.top)
        painter.save()
        painter.translate(0, _BANNER_PX + _HEAD_PX + 1)
        painter.scale(self.scale, self.scale)
        painter.setClipRect(QRect(QPoint(0, 0), source.size()))
        flags = QWidget.RenderFlag.DrawChildren
        self.content.render(painter, QPoint(0, 0), QRegion(source), flags)
        painter.restore()


def sheets(pages: Sequence[Page], heading: Heading) -> list[Sheet]:
    """Lay out every page at the width of paper and cut it into sheets.

    A page that fits on one sheet when set a little smaller is. The panes and what they hold must
    live until the sheets are painted.
    """
    cuts = [
        (page.title, content, top, bottom)
        for page in pages
        for content in [_laid_out(page)]
        for top, bottom in cut(_breaks(content), _needed_px(content), _body_px(content.width()))
    ]
    return [
        Sheet(heading, *cut, number=number, total=len(cuts)) for number, cut in enumerate(cuts, 1)
    ]


def _laid_out(page: Page) -> QWidget:
    """The whole content of a page, as wide as a sheet and as high as that needs."""
    _show_unseen(page.pane)
    content = page.content()
    if content.window() is not page.pane.window():
        _show_unseen(content)
    _fit(content, _WIDTHS_PX[0])
    if isinstance(content, Breakable):
        return content
    for width_px in _WIDTHS_PX[1:]:
        if _needed_px(content) <= _body_px(content.width()):
            return content
        _fit(content, width_px)
    if _needed_px(content) > _body_px(content.width()):
        _fit(content, _WIDTHS_PX[0])
    return content


def _fit(content: QWidget, width_px: int) -> None:
    """Give content its height at a width; in a window of its own or within its pane."""
    window = content.window()
    window.resize(width_px, _body_px(width_px))
    # Rows come into being, and lists build further, as they are given room: until all is at rest.
    at_rest = 0
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents()
        lacking_px = max(_needed_px(content) - _room_px(content), 0)
        at_rest = 0 if lacking_px else at_rest + 1
        if at_rest == _TURNS:
            break
        window.resize(width_px, window.height() + lacking_px)


def _room_px(content: QWidget) -> int:
    """How high content stands in view; within a scroll area it may be higher than that."""
    around = content.parentWidget()
    return content.height() if around is None else min(content.height(), around.height())


def _body_px(width_px: int) -> int:
    """How much of content of this width a sheet holds, in the content's pixels."""
    return _BODY_PX * width_px // SHEET_PX.width()


def _show_unseen(widget: QWidget) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(SHEET_PX.width(), _BODY_PX)
    widget.show()


def _needed_px(content: QWidget) -> int:
    if content.hasHeightForWidth():
        return content.heightForWidth(content.width())
    return content.sizeHint().height()


def _breaks(content: QWidget) -> tuple[int, ...]:
    """Where content may be cut: as it says itself, or between what must stay whole."""
    if isinstance(content, Breakable):
        return content.breaks()
    blocks: list[tuple[int, int]] = []
    for top, bottom in sorted(_whole_parts(content, content)):
        if blocks and top < blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(bottom, blocks[-1][1]))
        else:
            blocks.append((top, bottom))
    return tuple(bottom for _top, bottom in blocks)


def _whole_parts(widget: QWidget, content: QWidget) -> list[tuple[int, int]]:
    """The extents of rows and of single controls, in pixels of the content."""
    children = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child.isVisibleTo(widget)
    ]
    if widget is not content and (isinstance(widget, QAbstractButton) or not children):
        top = widget.mapTo(content, QPoint(0, 0)).y()
        return [(top, top + widget.height())]
    return [part for child in children for part in _whole_parts(child, content)]


def cut(breaks: Sequence[int], height_px: int, body_px: int) -> list[tuple[int, int]]:
    """Fill one sheet after another; what is higher than a sheet is cut where the sheet ends."""
    allowed = sorted({place for place in breaks if 0 < place < height_px})
    cuts = []
    top = 0
    while top < height_px:
        last = allowed[: bisect_right(allowed, top + body_px)]
        bottom = last[-1] if last and last[-1] > top else top + body_px
        if height_px <= top + body_px:
            bottom = height_px
        cuts.append((top, bottom))
        top = bottom
    return cuts


def _write(
    painter: QPainter, area: QRectF, flags: Qt.AlignmentFlag, words: str, role: TextRole
) -> None:
    painter.setFont(Theme.font(role))
    painter.setPen(light().muted)
    painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, words)
