"""The map in view as a picture to take away, with all that must not be lost from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter

from desktop.figures.figure import paint_figure
from desktop.figures.sea_map import SeaMap
from desktop.files.basemap import Basemap
from desktop.model.dates import EdtfDate
from desktop.model.map_window import MapWindow
from desktop.panes.sea_layers import SeaLayers
from desktop.panes.sea_position import disclaimer
from desktop.services import colours as all_colours
from desktop.services import pictures
from desktop.services.language import tr
from desktop.services.theme import Theme
from desktop.widgets.sea_view import SeaView
from desktop.workspace import Workspace

Kind = Literal["png", "svg", "pdf"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_BANNER_PX: Final = 22.0
_FOOT_PX: Final = 64.0
_COPY_SCALE: Final = 2.0
_PNG_SCALE: Final = 2.0


class SeaPicture:
    """What the view shows, painted anew in the light theme under its marking.

    Below it stand what the file is and how old, who made the ground, and the disclaimer.
    """

    def __init__(
        self,
        workspace: Workspace,
        shown: SeaMap,
        view: SeaView,
        basemap: Basemap,
        by: date | None,
    ) -> None:
        self._workspace = workspace
        self._dossier = workspace.store.dossier
        self._speak = workspace.locale(self._dossier)
        size = view.picture_size
        self._map_size = QSize(round(size.width_px), round(size.height_px))
        self._by = by
        self._map = SeaMap(basemap)
        self._map.show_audience(self._speak.audience)
        self._map.show_layers(shown.layers)
        self._map.show_until(by)
        self._map.show_window(view.map_window or MapWindow(0.0, 0.0, 1.0))

    @property
    def size(self) -> QSize:
        return self._map_size + QSize(0, round(_BANNER_PX + _FOOT_PX))

    def paint(self, painter: QPainter) -> None:
        colours = all_colours.light()
        wide, high = self.size.width(), self.size.height()
        painter.fillRect(QRectF(0, 0, wide, high), colours.page)
        marking = self._dossier.about.marking or tr("NOT MARKED")
        band = QRectF(0, 0, wide, _BANNER_PX)
        painter.fillRect(band, all_colours.of_marking(marking, colours))
        painter.setPen(colours.on_marking)
        painter.setFont(Theme.font("marking"))
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, marking)
        area = QRectF(0, _BANNER_PX, wide, self._map_size.height())
        paint_figure(self._map, painter, area, self._dossier, Theme("light"))
        painter.setPen(colours.muted)
        painter.setFont(Theme.font("source"))
        foot = QRectF(12, area.bottom() + 4, wide - 24, _FOOT_PX - 8)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, "\n".join(self._words()))

    def copy(self) -> None:
        """Put it on the clipboard."""
        image = pictures.to_image(self.size, self.paint, _COPY_SCALE)
        QGuiApplication.clipboard().setImage(image)

    def save(self, kind: Kind) -> None:
        """Ask for a place and write it there, or say why it could not be written."""
        prompts, file = self._workspace.prompts, self._workspace.file
        proposed = (file.path.parent if file else Path()) / f"map.{kind}"
        place = prompts.place_to_save(tr("Save map"), f"{kind.upper()} (*.{kind})", proposed)
        if place is None:
            return
        try:
            place.write_bytes(self.to_bytes(kind))
        except OSError as refused:
            prompts.tell_error(
                tr("Not saved"),
                f"{place}: {refused.strerror or refused}",
                tr("Choose another folder, or make room there, and save again."),
            )

    def to_bytes(self, kind: Kind) -> bytes:
        """The picture as a file of this kind holds it; SVG and PDF as vectors."""
        if kind == "png":
            return pictures.to_png(self.size, self.paint, _PNG_SCALE)
        write = pictures.to_svg if kind == "svg" else pictures.to_pdf
        return write(self.size, self.paint, self._speak.text(self._dossier.about.title))

    def _words(self) -> list[str]:
        about, speak = self._dossier.about, self._speak
        as_of = tr("As of {date}").format(date=speak.date(about.as_of))
        ground = tr("Coast: GSHHG. Depth: ETOPO1. Mercator, WGS 84.")
        by = EdtfDate.of_day(self._by) if self._by else None
        until = tr("What had happened by {date}.").format(date=speak.date(by)) if by else ""
        head = f"{speak.text(about.title)}. {as_of}. {until} {ground}".replace("  ", " ")
        legend = SeaLayers.legend_words(speak) if "holders" in self._map.layers else ""
        return [each for each in (head, legend, disclaimer()) if each]
