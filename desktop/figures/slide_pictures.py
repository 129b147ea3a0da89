"""Small pictures of the slides of a briefing, painted one by one while nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from desktop.figures.figure import paint_figure
from desktop.figures.slide_figure import SlideFigure
from desktop.model.dossier import Dossier
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap


class _Picture(NamedTuple):
    """A slide as it was painted: from which dossier, and from what of it."""

    dossier: Dossier
    content: object
    image: QImage


class SlidePictures(QObject):
    """Pictures of ``size`` in device-independent pixels, on light paper whatever the theme.

    After a change a slide keeps its old picture until it is known whether it says something else,
    and is painted anew only then.
    """

    painted = Signal()
    """A picture has come or changed."""

    def __init__(self, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size = QSize(size)
        self._paper = Theme("light", self)
        self._figure = SlideFigure()
        self._briefing_id = ""
        self._dossier: Dossier | None = None
        self._known: dict[str, _Picture] = {}
        self._wanted: dict[str, float] = {}
        self._painting = QTimer(self, singleShot=True, interval=0)
        self._painting.timeout.connect(self._on_painting_timeout)

    def draw_from(self, briefing_id: str, dossier: Dossier) -> None:
        """Show the slides as this briefing of this dossier shows them."""
        if briefing_id != self._briefing_id:
            self._known.clear()
        self._briefing_id, self._dossier = briefing_id, dossier

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw map slides on this coast from now on."""
        self._figure.show_basemap(basemap)
        self._known.clear()

    def resize(self, size: QSize) -> None:
        """Paint all anew in this size, if it is another."""
        if size != self.size:
            self.size = QSize(size)
            self._known.clear()

    @property
    def is_busy(self) -> bool:
        """Whether a picture that was asked for is still to come."""
        return bool(self._wanted)

    def has(self, slide_id: str) -> bool:
        """Whether a slide has been painted, be it before the last change."""
        return slide_id in self._known

    def picture(self, slide_id: str, ratio: float) -> QImage | None:
        """The picture as far as there is one, ``ratio`` times as fine; a newer one will follow."""
        known = self._known.get(slide_id)
        if known is None or known.dossier is not self._dossier:
            self._wanted[slide_id] = ratio
            self._painting.start()
        return known.image if known is not None else None

    def _on_painting_timeout(self) -> None:
        """Paint one picture that was asked for, and come back for the next."""
        while self._wanted and self._dossier is not None:
            slide_id = next(iter(self._wanted))
            ratio = self._wanted.pop(slide_id)
            if self._paint(slide_id, ratio, self._dossier):
                self.painted.emit()
                if self._wanted:
                    self._painting.start()
                return

    def _paint(self, slide_id: str, ratio: float, dossier: Dossier) -> bool:
        """Paint a slide if it says something else than its picture; tell whether it did."""
        known = self._known.get(slide_id)
        self._figure.show_slide(slide_id, self._briefing_id)
        content = self._figure.content(dossier)
        if known is not None and known.content == content:
            self._known[slide_id] = known._replace(dossier=dossier)
            return False
        image = QImage(self.size * ratio, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint_figure(self._figure, painter, QRectF(image.rect()), dossier, self._paper)
        painter.end()
        self._known[slide_id] = _Picture(dossier, content, image)
        return True
