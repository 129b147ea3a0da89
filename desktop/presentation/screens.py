"""Which screen the audience looks at, and windows put on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from desktop.services.settings import Settings


def name_of(screen: QScreen) -> str:
    """A screen as people tell it from others: its model if it says one, else its socket."""
    return screen.model() or screen.name()


def size_words(screen: QScreen) -> str:
    """Name and size in the screen's own dots: "HDMI-1, 1920 × 1080"."""
    size = screen.geometry().size() * screen.devicePixelRatio()
    return ", ".join(filter(None, (name_of(screen), f"{size.width()} × {size.height()}")))


def audience_screen(home: QScreen | None, settings: Settings) -> QScreen | None:
    """The screen for the audience: the one chosen before among these screens, else another one.

    None where there is only the one at which the briefer sits.
    """
    screens = QGuiApplication.screens()
    remembered = _remembered(settings, screens)
    chosen = [screen for screen in screens if screen.name() == remembered]
    others = [screen for screen in screens if screen is not home]
    return next(iter([*chosen, *others]), None) if len(screens) > 1 else None


def home_screen(audience: QScreen | None, home: QScreen | None) -> QScreen | None:
    """Where the console goes when the audience has its screen."""
    if home is not None and home is not audience:
        return home
    others = [screen for screen in QGuiApplication.screens() if screen is not audience]
    return others[0] if others else home


def remember(settings: Settings, audience: QScreen) -> None:
    """Keep this choice for the next time the same screens are there."""
    key = _key(QGuiApplication.screens())
    kept = [each for each in settings.audience_screens if not each.startswith(f"{key}=")]
    settings.audience_screens = (f"{key}={audience.name()}", *kept)


def fill(widget: QWidget, screen: QScreen) -> None:
    """Show a window over the whole of a screen."""
    if not widget.isVisible():
        # One that was full screen before would come back where it was, in the scale it had.
        widget.setWindowState(Qt.WindowState.WindowNoState)
        widget.destroy()
    widget.setGeometry(screen.geometry())
    widget.create()
    handle = widget.windowHandle()
    if handle is not None:
        # Geometry alone is not enough where screens differ in scale.
        handle.setScreen(screen)
        handle.setGeometry(screen.geometry())
    widget.showFullScreen()


def _remembered(settings: Settings, screens: Sequence[QScreen]) -> str:
    key = _key(screens)
    pairs = (each.rpartition("=") for each in settings.audience_screens)
    return next((name for found, _, name in pairs if found == key), "")


def _key(screens: Sequence[QScreen]) -> str:
    return "+".join(sorted(screen.name() for screen in screens))
