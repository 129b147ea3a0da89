"""All slides of a briefing side by side, small, to jump to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.figures.slide_pictures import SlidePictures
from desktop.model.records import Slide
from desktop.presentation.session import Session
from desktop.services.language import Locale, tr
from desktop.services.theme import NO_LIMIT_PX, SMALL_PX, Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_SLIDE_PX: Final = QSize(144, 81)
_WORDS_PX: Final = 20
_MOST_PX: Final = 320
_FAINT: Final = 0.45


class SheetStrip(QWidget):
    """One row of slides with their numbers, that in view framed; backups stand faint at the end.

    It scrolls so that the slide in view stays within. Pictures are painted one by one, while
    nothing else happens. ``chosen`` names the slide that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._pictures = SlidePictures(_SLIDE_PX, self)
        self._pictures.draw_from(session.briefing_id, session.dossier)
        self._pictures.painted.connect(self.update)
        self._first = 0
        self.setFixedHeight(_SLIDE_PX.height() + _WORDS_PX + SMALL_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("All slides"))
        session.changed.connect(self._on_session_changed)

    def show_basemap(self, basemap: Basemap) -> None:
        self._pictures.show_basemap(basemap)
        self.update()

    @property
    def is_painted(self) -> bool:
        """Whether every slide has its picture."""
        return all(self._pictures.has(slide.id) for slide in self._slides())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        session, running = self._session, len(self._session.running)
        here = session.slide.id if session.slide else ""
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setFont(Theme.font("source"))
        metrics = painter.fontMetrics()
        for place, slide in enumerate(self._slides()):
            area = self._area(place)
            # Asked for out of view, too: it is there when the strip has moved on.
            picture = self._pictures.picture(slide.id, self.devicePixelRatioF())
            if not area.intersects(self.rect()):
                continue
            painter.setOpacity(1.0 if place < running else _FAINT)
            if picture is None:
                painter.fillRect(area, self._theme.colours.panel)
            else:
                painter.drawImage(area, picture)
            if slide.id == here:
                painter.setOpacity(1.0)
                painter.setPen(QPen(self._theme.colours.link, 2))
                painter.drawRect(area.adjusted(-1, -1, 0, 0))
            painter.setPen(ink)
            below = QRect(area.left(), area.bottom() + 2, area.width(), _WORDS_PX)
            words = f"{place + 1}  {title_words(session, slide)}"
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, slide in enumerate(self._slides()):
            if self._area(place).contains(event.position().toPoint()):
                self.chosen.emit(slide.id)

    def _slides(self) -> list[Slide]:
        return [*self._session.running, *self._session.backups]

    def _area(self, place: int) -> QRect:
        step_px = self._pictures.size.width() + SMALL_PX
        left_px = 2 + (place - self._first) * step_px
        return QRect(QPoint(left_px, 2), self._pictures.size)

    def _on_session_changed(self) -> None:
        self._pictures.draw_from(self._session.briefing_id, self._session.dossier)
        self._keep_in_view()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_in_view()
        super().resizeEvent(event)

    def _keep_in_view(self) -> None:
        session = self._session
        ids = [slide.id for slide in self._slides()]
        here = session.slide.id if session.slide else ""
        if here in ids:
            room = max((self.width() - 2) // (_SLIDE_PX.width() + SMALL_PX), 1)
            place = ids.index(here)
            # The next slide stays in view too.
            self._first = min(max(self._first, place + 2 - room), place)
            self._first = max(min(self._first, len(ids) - room), 0)


class SheetGrid(SheetStrip):
    """The same in rows, as large as all of them have room at once."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._columns = 1
        self.setMinimumHeight(_SLIDE_PX.height())
        self.setMaximumHeight(NO_LIMIT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _area(self, place: int) -> QRect:
        row, column = divmod(place, self._columns)
        left_px = 2 + column * (self._pictures.size.width() + SMALL_PX)
        top_px = 2 + row * (self._pictures.size.height() + _WORDS_PX + SMALL_PX)
        return QRect(QPoint(left_px, top_px), self._pictures.size)

    def _keep_in_view(self) -> None:
        """Find the columns with which the slides are largest."""
        count = len(self._slides())
        sizes = [(self._width_in(columns, count), columns) for columns in range(1, count + 1)]
        width_px, self._columns = max(sizes, default=(_SLIDE_PX.width(), 1))
        self._pictures.resize(QSize(width_px, width_px * 9 // 16))

    def _width_in(self, columns: int, count: int) -> int:
        """How wide a slide is in so many columns, in px."""
        rows = -(-count // columns)
        across_px = (self.width() - 4) // columns - SMALL_PX
        high_px = (self.height() - 4) // rows - SMALL_PX - _WORDS_PX
        return max(min(across_px, high_px * 16 // 9, _MOST_PX), 16)


def title_words(session: Session, slide: Slide) -> str:
    """The title of a slide as its audience reads it."""
    speak = Locale(session.dossier, session.audience)
    return "".join(each.text for each in speak.sentence(slide.title))
