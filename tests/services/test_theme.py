"""One palette drives everything: legible in both themes, switched live, cheap at start."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QWidget

from desktop.services import colours, paths
from desktop.services.theme import PALETTE_ROLE, TextRole, Theme, Tone
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.services.colours import Colours

BOTH = pytest.mark.parametrize("c", [colours.light(), colours.dark()], ids=["light", "dark"])


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""

    def luminance(colour: QColor) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def holds(image: QImage, colour: QColor) -> bool:
    wanted = colour.rgb()
    return any(
        image.pixel(x, y) == wanted for x, y in product(range(image.width()), range(image.height()))
    )


@BOTH
@pytest.mark.parametrize("tone", ["ink", "muted", "link", "agreed", "stale", "differ"])
def test_words_are_legible_on_every_background(c: Colours, tone: str) -> None:
    colour = getattr(c, tone)
    for background in (c.page, c.panel, c.ground, c.raised, c.hover, c.chosen):
        assert contrast(colour, background) >= 4.5, background.name()


@BOTH
def test_words_are_legible_on_their_own_tint(c: Colours) -> None:
    assert contrast(c.agreed, c.agreed_tint) >= 4.5
    assert contrast(c.stale, c.stale_tint) >= 4.5
    assert contrast(c.differ, c.differ_tint) >= 4.5
    assert contrast(c.on_link, c.link) >= 4.5
    for marking in (c.unclassified, c.cui, c.not_marked):
        assert contrast(c.on_marking, marking) >= 4.5


@BOTH
def test_what_can_be_written_in_has_an_edge_that_is_seen(c: Colours) -> None:
    for background in (c.page, c.ground, c.raised):
        assert contrast(c.control, background) >= 3
        assert contrast(c.link, background) >= 3


@BOTH
def test_marks_of_charts_stand_out_from_the_page(c: Colours) -> None:
    for mark in (*c.categories, c.money_moved, c.money_obligated, c.money_promised):
        assert contrast(mark, c.page) >= 3


def test_each_tone_of_text_has_a_role_of_its_own_in_the_palette(
    qapp: QApplication, theme: Theme
) -> None:
    assert set(PALETTE_ROLE) == set(get_args(Tone))
    assert len(set(PALETTE_ROLE.values())) == len(PALETTE_ROLE)
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        for tone, role in PALETTE_ROLE.items():
            assert qapp.palette().color(role) == theme.tone(tone)


@pytest.mark.parametrize("role", get_args(TextRole))
def test_every_role_of_text_is_set_in_plex(theme: Theme, role: TextRole) -> None:
    font = theme.font(role)
    assert QFontInfo(font).family() == "IBM Plex Sans"
    assert QFontInfo(font).weight() == font.weight()
    assert font.pixelSize() >= 12


def test_an_audience_size_scales_by_pixels(theme: Theme) -> None:
    assert theme.font("body", 2.4).pixelSize() == 36
    assert theme.font("body").pixelSize() == 15


def test_switching_repaints_what_is_on_screen(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 60)
    words = Text("Bien Hoa", "hero", parent=window)
    window.show()
    assert holds(window.grab().toImage(), colours.light().ink)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    shot = window.grab().toImage()
    assert holds(shot, colours.dark().ink)
    assert holds(shot, colours.dark().ground)
    assert words.isVisible()


def test_the_same_mode_again_announces_nothing(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


def test_system_mode_follows_the_desktop_as_it_changes(qtbot: QtBot, qapp: QApplication) -> None:
    following = Theme("system")
    following.apply_to(qapp)
    desktop = qapp.styleHints().colorSchemeChanged
    with qtbot.waitSignal(following.changed):
        desktop.emit(Qt.ColorScheme.Dark)
    assert following.is_dark
    assert qapp.palette().window().color() == colours.dark().ground
    following.set_mode("light")
    with qtbot.assertNotEmitted(following.changed):
        desktop.emit(Qt.ColorScheme.Light)
        desktop.emit(Qt.ColorScheme.Dark)
    assert not following.is_dark
    with qtbot.waitSignal(following.changed):
        following.set_mode("system")
    assert following.is_dark


def test_a_theme_for_paper_leaves_the_program_as_it_is(qapp: QApplication, theme: Theme) -> None:
    theme.set_mode("dark")
    paper = Theme("light")
    assert paper.colours.page == QColor("#FFFFFF")
    assert qapp.palette().window().color() == colours.dark().ground


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_an_icon_is_drawn_in_its_tone_for_the_screen_it_is_on(theme: Theme, ratio: float) -> None:
    pixmap = theme.pixmap("flag", "differ", 24, ratio)
    assert pixmap.width() == round(24 * ratio)
    assert pixmap.deviceIndependentSize().width() == 24
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    assert holds(image, colours.light().differ)
    assert image.pixelColor(0, 0).alpha() == 0


def test_every_icon_there_is_can_be_drawn(theme: Theme) -> None:
    names = [file.stem for file in (paths.resources() / "icons").glob("*.svg")]
    assert "flag" in names
    for name in names:
        image = theme.pixmap(name, "ink", 24).toImage()
        painted = sum(image.pixelColor(x, y).alpha() > 0 for x, y in product(range(24), range(24)))
        assert painted > 10, name


def test_an_icon_that_is_not_there_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.pixmap("no-such-icon", "ink", 16)


def test_a_window_of_rows_loads_nothing_heavy() -> None:
    story = """
import sys
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from desktop.services.settings import Settings
from desktop.services.theme import Theme
from desktop.widgets.badge import Grade
from desktop.widgets.row import Row
from desktop.widgets.text import Text
app = QApplication([])
settings = Settings()
theme = Theme(settings.theme)
theme.apply_to(app)
window = QWidget()
column = QVBoxLayout(window)
for number in range(12):
    row = Row(number)
    inside = QVBoxLayout(row)
    inside.addWidget(Text(f"{number} sets", "heading"))
    inside.addWidget(Grade("B2"))
    column.addWidget(row)
window.show()
window.grab()
heavy = {"numpy", "asyncio", "pyqtgraph", "platformdirs", "concurrent.futures", "PySide6.QtSvg"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
