"""Taking the map away: copied, or saved as picture, vectors or data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.figures.sea_map import SeaMap
from desktop.panes.sea_measuring import SeaMeasuring
from desktop.services.language import tr
from desktop.widgets.sea_view import SeaView
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.figures.sea_print import SeaPrint

Kind = Literal["png", "svg", "pdf", "geojson"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_SCALE: Final = 2.0
_WIDTHS_PX: Final = (1280, 1920, 3840, 7680)


class SeaSaving(QObject):
    """Fills a menu with what can be taken away, and does it: the map as it is in the view."""

    def __init__(
        self,
        workspace: Workspace,
        menu: QMenu,
        shown: SeaMap,
        view: SeaView,
        measuring: SeaMeasuring,
    ) -> None:
        super().__init__(menu)
        self._workspace = workspace
        self._map = shown
        self._view = view
        self._measuring = measuring
        menu.addAction(tr("Copy as picture")).triggered.connect(_without_state(self.copy))
        menu.addSeparator()
        for kind in KINDS:
            action = menu.addAction(tr("Save as {kind}…").format(kind=_name_of(kind)))
            action.setData(kind)
            action.triggered.connect(_without_state(partial(self.save, kind)))
        sizes = menu.addMenu(tr("Save as PNG of this width"))
        for width_px in _WIDTHS_PX:
            action = sizes.addAction(tr("{width} pixels…").format(width=f"{width_px:,}"))
            action.triggered.connect(_without_state(partial(self.save, "png", width_px)))

    def sheet(self) -> SeaPrint:
        """The map as it is in view, with all that must stand with it."""
        from desktop.figures.sea_print import SeaPrint  # what looking at the map never needs

        dossier = self._workspace.store.dossier
        speak, shown = self._workspace.locale(dossier), self._map.twin()
        size, window = self._view.size(), self._view.map_window
        measured = self._measuring.measured
        around_px = SeaPrint(shown, speak, size, window, measured).around_px
        return SeaPrint(shown, speak, size + QSize(0, round(around_px)), window, measured)

    def copy(self) -> None:
        """Put the map on the clipboard as a picture."""
        from desktop.services import pictures

        drawn = self.sheet()
        image = pictures.to_image(drawn.size, drawn.paint, _SCALE)
        QGuiApplication.clipboard().setImage(image)

    def save(self, kind: Kind, width_px: int = 0) -> None:
        """Ask for a place and write it there, or say why it could not be written.

        A PNG is ``width_px`` wide, or twice as wide as the screen shows it.
        """
        prompts, file = self._workspace.prompts, self._workspace.file
        proposed = (file.path.parent if file else Path()) / f"map.{kind}"
        words = f"{_name_of(kind)} (*.{kind})"
        place = prompts.place_to_save(tr("Save map"), words, proposed)
        if place is None:
            return
        try:
            place.write_bytes(self.to_bytes(kind, width_px))
        except OSError as refused:
            prompts.tell_error(
                tr("Not saved"),
                f"{place}: {refused.strerror or refused}",
                tr("Choose another folder, or make room there, and save again."),
            )

    def to_bytes(self, kind: Kind, width_px: int = 0) -> bytes:
        """The map as a file of this kind holds it; SVG and PDF as vectors, GeoJSON as data."""
        from desktop.figures import sea_features
        from desktop.services import pictures

        dossier = self._workspace.store.dossier
        speak = self._workspace.locale(dossier)
        if kind == "geojson":
            shown, measured = self._map, self._measuring.measured
            content = shown.content(dossier)
            return sea_features.to_geojson(speak, content, shown.layers, shown.by, measured)
        drawn = self.sheet()
        if kind == "png":
            scale = width_px / drawn.size.width() if width_px else _SCALE
            return pictures.to_png(drawn.size, drawn.paint, scale)
        write = pictures.to_svg if kind == "svg" else pictures.to_pdf
        return write(drawn.size, drawn.paint, speak.text(dossier.about.title))


def _name_of(kind: Kind) -> str:
    return "GeoJSON" if kind == "geojson" else kind.upper()


def _without_state(do: Callable[[], object]) -> Callable[[bool], None]:
    """Take the state that a menu's signal passes away from what it calls."""

    def called(_checked: bool) -> None:
        do()

    return called
