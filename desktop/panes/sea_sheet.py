"""The map as it stands on paper: the whole sea, what its marks mean, and the disclaimer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.figures.figure import FigureView
from desktop.figures.sea_legend import disclaimer, ground_words, legend_words
from desktop.figures.sea_map import SeaMap
from desktop.figures.sea_marks import SeaLayer
from desktop.files.basemap import BasemapError, read_basemap
from desktop.panes.sea_ground import bare
from desktop.services.language import tr
from desktop.services.theme import MEDIUM_PX
from desktop.widgets.text import Text
from desktop.workspace import Workspace


class SeaSheet(QWidget):
    """One map over its legend; without a basemap on plain water, which it says."""

    def __init__(
        self,
        workspace: Workspace,
        folder: Path,
        layers: Iterable[SeaLayer],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dossier = workspace.store.dossier
        speak = workspace.locale(dossier)
        said = [disclaimer(), ground_words()]
        try:
            basemap = read_basemap(folder)
        except BasemapError as error:
            basemap = bare()
            said[1] = tr("No coast or depth is drawn: {file} cannot be read.").format(
                file=error.path.name
            )
        figure = SeaMap(basemap)
        figure.show_audience(speak.audience)
        figure.show_layers(layers)
        view = FigureView(figure, workspace.theme, dossier)
        figure.setParent(view)
        legend = legend_words(speak)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(view)
        column.addWidget(Text(legend, "caption", wrap=True))
        column.addWidget(Text(" ".join(said), "caption", wrap=True))
        column.addStretch(1)
