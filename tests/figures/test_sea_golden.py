"""Six views of the sea map as they were when somebody looked at them and found them right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from PySide6.QtGui import QImage, QPainter

from desktop.figures.sea_map import SeaMap
from desktop.figures.sea_marks import DEFAULT_LAYERS, SEA_LAYERS
from desktop.model import geo
from desktop.model.map_window import MapWindow, Size
from desktop.services.theme import Mode, Theme
from tests.figures.golden import MOST_STRANGE, assert_as_known, strangeness
from tests.figures.sea_samples import HANOI_VI, dossier, whole_basemap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from desktop.figures.sea_marks import SeaLayer
    from desktop.model.records import AudienceId


class View(NamedTuple):
    """A window by its middle and its width, in degrees, and what is shown in it."""

    lon: float
    lat: float
    across_deg: float
    mode: Mode = "light"
    layers: Iterable[SeaLayer] = DEFAULT_LAYERS
    audience: AudienceId | None = None
    ratio: float = 1.0
    size: Size = Size(480, 270)


LARGE: Final = Size(800, 450)
VIEWS: Final = {
    "whole-sea": View(112.5, 14.2, 34.0, size=LARGE),
    "whole-sea-dark-all-layers": View(112.5, 14.2, 34.0, "dark", SEA_LAYERS, size=LARGE),
    "spratlys-all-layers": View(114.0, 9.7, 8.0, "light", SEA_LAYERS),
    "paracels-dark-for-hanoi": View(111.0, 16.4, 7.0, "dark", DEFAULT_LAYERS, HANOI_VI),
    "da-nang-bay": View(108.22, 16.12, 0.6),
    "da-nang-bay-twice-as-dense": View(108.22, 16.12, 0.6, "dark", ratio=2.0),
}


def drawn(view: View) -> QImage:
    """The view as a slide or a saved picture has it."""
    figure = SeaMap(whole_basemap())
    figure.show_layers(view.layers, vivid_holders="incidents" in view.layers)
    figure.show_audience(view.audience)
    x_m, y_m = geo.to_mercator(view.lon, view.lat)
    scale = geo.to_mercator(view.across_deg, 0.0)[0] / view.size.width_px
    image = QImage(
        round(view.size.width_px * view.ratio),
        round(view.size.height_px * view.ratio),
        QImage.Format.Format_RGB32,
    )
    painter = QPainter(image)
    painter.scale(view.ratio, view.ratio)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    scene = figure.scene(dossier(), Theme(view.mode))
    assert scene is not None
    scene.paint(painter, MapWindow(float(x_m), float(y_m), float(scale)), view.size)
    painter.end()
    return image


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.usefixtures("theme")
def test_the_map_looks_as_it_did_when_it_was_found_right(name: str, tmp_path: Path) -> None:
    assert_as_known(drawn(VIEWS[name]), name, tmp_path)


def test_a_layer_that_went_missing_would_be_noticed(qapp: QApplication, theme: Theme) -> None:
    whole = VIEWS["whole-sea"]
    known = drawn(whole)

    assert strangeness(drawn(whole), known) == 0.0
    for layer in ("depth", "sites", "port-visits", "holders"):
        assert (
            strangeness(drawn(whole._replace(layers=DEFAULT_LAYERS - {layer})), known)
            > MOST_STRANGE
        )
