"""What the audience sees: one slide, full screen, and nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.figures.answer_figure import AnswerFigure
from desktop.figures.figure import paint_figure
from desktop.figures.slide_figure import SlideFigure
from desktop.model.dossier import Dossier
from desktop.model.records import Slide, SlideId
from desktop.presentation.session import Session
from desktop.services.language import tr
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_KEPT_BYTES: Final = 128 * 2**20
_LEAST_KEPT: Final = 4
"""Pictures that are kept however large: the slide in view, its neighbours, one that was held."""
_AHEAD_MS: Final = 60
_POINTER_PX: Final = 14.0
_POINTER_HALO_PX: Final = 5.0
_COVERS: Final = {"black": QColor("#000000"), "white": QColor("#FFFFFF")}


class _Key(NamedTuple):
    """All that a kept picture depends on."""

    slide_id: str
    dossier: Dossier
    width: int
    height: int


class Stage(QWidget):
    """The audience's picture of a session, always on light paper, scaled by its height.

    The slides that may come next are painted ahead while nothing happens, so that a step is one
    blit: neighbours first, then maps, then what is near, as many as memory is set aside for.
    ``show_basemap`` brings the coast; until then a map slide has none.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = Theme("light")
        self._slides = SlideFigure("", session.briefing_id)
        self._slides.is_on_screen = True
        self._answer = AnswerFigure(session.briefing_id)
        self._kept: dict[_Key, QImage] = {}
        self._ahead = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._on_ahead_timeout)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Slide for the audience"))
        session.changed.connect(self._on_session_changed)
        self._on_session_changed()

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw map slides on this coast from now on."""
        self._slides.show_basemap(basemap)
        # Not the others: what the audience looks at meanwhile stays as it is, to the pixel.
        for key in [each for each in self._kept if _is_map(each)]:
            del self._kept[key]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        session = self._session
        if session.cover:
            painter.fillRect(self.rect(), _COVERS[session.cover])
        elif session.pushed is not None:
            self._answer.show_fact(session.pushed.fact_id, both=session.pushed.both)
            paint_figure(self._answer, painter, QRectF(self.rect()), session.dossier, self._theme)
        else:
            self._paint_slide(painter)
        painter.end()
        self._ahead.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ScreenChangeInternal:
            self._kept.clear()
        super().changeEvent(event)

    def _paint_slide(self, painter: QPainter) -> None:
        session = self._session
        slide = session.seen
        whole = QRectF(self.rect())
        if slide is None:
            painter.fillRect(whole, self._theme.colours.page)
            return
        region = session.zoom
        if region.width() >= 1.0 or session.is_held:
            region = QRectF(0, 0, 1, 1)
            painter.drawImage(whole, self._picture(slide))
        else:
            # Painted at its size, not enlarged: what is zoomed into is to be read.
            enlarged = QRectF(
                -region.left() / region.width() * whole.width(),
                -region.top() / region.height() * whole.height(),
                whole.width() / region.width(),
                whole.height() / region.height(),
            )
            self._slides.show_slide(slide.id, session.briefing_id)
            paint_figure(self._slides, painter, enlarged, session.dossier, self._theme)
            self._slides.paint_marking(painter, whole, session.dossier, self._theme)
        if session.pointer is not None and not session.is_held:
            self._paint_pointer(painter, session.pointer, region, whole)

    def _paint_pointer(
        self, painter: QPainter, place: QPointF, region: QRectF, whole: QRectF
    ) -> None:
        at = QPointF(
            (place.x() - region.left()) / region.width() * whole.width(),
            (place.y() - region.top()) / region.height() * whole.height(),
        )
        radius = _POINTER_PX * whole.height() / 1080
        halo = _POINTER_HALO_PX * whole.height() / 1080
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_COVERS["white"])
        painter.drawEllipse(at, radius + halo, radius + halo)
        painter.setBrush(self._theme.colours.differ)
        painter.drawEllipse(at, radius, radius)

    def _picture(self, slide: Slide) -> QImage:
        """A slide as it stands in this window, painted now if it was not ahead."""
        session, key = self._session, self._key_of(slide)
        found = self._kept.pop(key, None)
        if found is None:
            width, height = key.width, key.height
            found = QImage(width, height, QImage.Format.Format_RGB32)
            painter = QPainter(found)
            self._slides.show_slide(slide.id, session.briefing_id)
            page = QRectF(0, 0, width, height)
            paint_figure(self._slides, painter, page, session.dossier, self._theme)
            painter.end()
        self._kept[key] = found
        wanted = {slide.id, *(each.id for each in self._ahead_of(self._most()))}
        while len(self._kept) > self._most():
            passed = (each for each in self._kept if each.slide_id not in wanted)
            del self._kept[next(passed, next(iter(self._kept)))]
        return found

    def _key_of(self, slide: Slide) -> _Key:
        ratio = self.devicePixelRatioF()
        width = max(math.ceil(self.width() * ratio), 1)
        height = max(math.ceil(self.height() * ratio), 1)
        return _Key(slide.id, self._session.dossier, width, height)

    def _most(self) -> int:
        """How many pictures are kept at the size of this window."""
        ratio = self.devicePixelRatioF()
        picture_bytes = max(round(self.width() * self.height() * ratio * ratio * 4), 1)
        return max(_KEPT_BYTES // picture_bytes, _LEAST_KEPT)

    def _ahead_of(self, most: int) -> list[Slide]:
        """The slides that may be asked for next, the likeliest first; room is left for two."""
        session = self._session
        everything = [*session.running, *session.backups]
        ids = [slide.id for slide in everything]
        near = [slide.id for slide in (session.next, session.previous) if slide is not None]
        here = ids.index(session.slide.id) if session.slide and session.slide.id in ids else 0

        def unlikely(slide: Slide) -> tuple[bool, bool, int]:
            return slide.id not in near, slide.layout != "map", abs(ids.index(slide.id) - here)

        return sorted(everything, key=unlikely)[: max(most - 2, 2)]

    def _on_session_changed(self) -> None:
        slide = self._session.seen
        shown = self._slides.slide_id
        if slide is not None:
            self._slides.show_slide(slide.id, self._session.briefing_id)
            self.setAccessibleDescription(self._slides.describe(self._session.dossier))
        if slide is not None and slide.id != shown and self.isVisible():
            # The audience first: the console takes its time to lay out notes and warnings.
            self.repaint()
        else:
            self.update()

    def _on_ahead_timeout(self) -> None:
        """Paint one of the slides that may come next; those that are kept cost nothing."""
        if not self.isVisible():
            return
        for slide in self._ahead_of(self._most()):
            if self._key_of(slide) not in self._kept:
                self._picture(slide)
                self._ahead.start()
                return


def _is_map(key: _Key) -> bool:
    slide = key.dossier.slides.get(SlideId(key.slide_id))
    return slide is not None and slide.layout == "map"
