"""Type, icons and the program's one palette and one stylesheet, in light and in dark.

Text takes its colour from a role of the palette, so that a switch between light and dark
repaints every label without visiting one. Our own controls paint themselves from the same
palette; the stylesheet holds only what Qt's own controls need beyond it.
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from desktop.services import colours, paths
from desktop.services.colours import Colours

Mode = Literal["system", "light", "dark"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)

TIGHT_PX: Final = 4
SMALL_PX: Final = 8
MEDIUM_PX: Final = 16
LARGE_PX: Final = 24
WIDE_PX: Final = 48
RADIUS_PX: Final = 6
NO_LIMIT_PX: Final = 16_777_215
"""How wide or high Qt lets a widget be at most (QWIDGETSIZE_MAX, which PySide does not name)."""

Tone = Literal["ink", "muted", "link", "on_link", "agreed", "stale", "differ"]
TextRole = Literal[
    "hero",
    "lead",
    "title",
    "summary",
    "unit",
    "heading",
    "body",
    "strong",
    "label",
    "caption",
    "caption_strong",
    "source",
    "marking",
    "slide_hero",
    "slide_number",
    "slide_title",
    "slide_body",
    "slide_strong",
    "slide_caption",
    "slide_caption_strong",
    "slide_source",
    "slide_marking",
]
"""Those of a slide are in pixels of a page that is 1080 high."""

_FONT_FILES: Final = {400: "Regular", 500: "Medium", 600: "SemiBold"}
_SCALE: Final[dict[TextRole, tuple[int, QFont.Weight]]] = {
    "hero": (46, QFont.Weight.DemiBold),
    "lead": (30, QFont.Weight.Medium),
    "title": (28, QFont.Weight.DemiBold),
    "summary": (18, QFont.Weight.Normal),
    "unit": (18, QFont.Weight.Medium),
    "heading": (16, QFont.Weight.DemiBold),
    "body": (15, QFont.Weight.Normal),
    "strong": (15, QFont.Weight.DemiBold),
    "label": (15, QFont.Weight.Medium),
    "caption": (13, QFont.Weight.Normal),
    "caption_strong": (13, QFont.Weight.DemiBold),
    "source": (12, QFont.Weight.Normal),
    "marking": (12, QFont.Weight.DemiBold),
    "slide_hero": (144, QFont.Weight.DemiBold),
    "slide_number": (96, QFont.Weight.DemiBold),
    "slide_title": (56, QFont.Weight.DemiBold),
    "slide_body": (36, QFont.Weight.Normal),
    "slide_strong": (36, QFont.Weight.DemiBold),
    "slide_caption": (28, QFont.Weight.Normal),
    "slide_caption_strong": (28, QFont.Weight.DemiBold),
    "slide_source": (22, QFont.Weight.Normal),
    "slide_marking": (22, QFont.Weight.DemiBold),
}

# Where the palette keeps each tone of text. Qt knows no role for a state, so the states take
# three that nothing else here paints with.
_Role = QPalette.ColorRole
PALETTE_ROLE: Final[dict[Tone, QPalette.ColorRole]] = {
    "ink": _Role.WindowText,
    "muted": _Role.PlaceholderText,
    "link": _Role.Link,
    "on_link": _Role.HighlightedText,
    "agreed": _Role.LinkVisited,
    "stale": _Role.Shadow,
    "differ": _Role.BrightText,
}


class Theme(QObject):
    """How everything looks: one palette drives widgets, charts and map.

    ``mode`` "system" follows the desktop's light or dark as it changes. A theme that was never
    applied still serves to paint with: exports use ``Theme("light")``.
    """

    changed = Signal()

    def __init__(self, mode: Mode = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._app: QApplication | None = None
        self._desktop = QGuiApplication.styleHints().colorScheme()
        self._dark = self._wants_dark()

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def is_dark(self) -> bool:
        return self._dark

    @property
    def colours(self) -> Colours:
        return colours.dark() if self._dark else colours.light()

    def tone(self, tone: Tone) -> QColor:
        """Return the colour in which text or an icon of ``tone`` is drawn."""
        colour: QColor = getattr(self.colours, tone)
        return colour

    def set_mode(self, mode: Mode) -> None:
        """Switch at once; emits ``changed`` if light became dark or the other way round."""
        self._mode = mode
        if self._app is not None:
            self._tell_desktop()
        self._follow()

    def apply_to(self, app: QApplication) -> None:
        """Dress the whole program in this theme, now and at every later switch."""
        self._app = app
        if self._mode != "system":
            self._tell_desktop()
        app.setFont(self.font("body"))
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_hints_scheme_changed)

    @staticmethod
    def font(role: TextRole, scale: float = 1.0) -> QFont:
        """Return the font of ``role``, ``scale`` times its size on the desk.

        The font is the caller's own copy; sizes are in device-independent pixels.
        """
        return QFont(_font(role, scale))

    def pixmap(self, name: str, tone: Tone, size_px: int, ratio: float = 1.0) -> QPixmap:
        """Return icon ``name`` drawn in ``tone``, square, crisp on a screen of that ratio.

        Raises FileNotFoundError if there is no such icon.
        """
        return _pixmap(name, self.tone(tone).name(), size_px, ratio)

    def icon(self, name: str, tone: Tone, size_px: int) -> QIcon:
        """Return icon ``name`` for a Qt control, crisp on every screen there is now.

        It keeps its colours: ask again when ``changed`` is emitted.
        """
        icon = QIcon()
        for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {2.0}:
            icon.addPixmap(self.pixmap(name, tone, size_px, ratio))
        return icon

    def _wants_dark(self) -> bool:
        if self._mode == "system":
            return self._desktop == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _tell_desktop(self) -> None:
        # The frame and native dialogs are the desktop's to paint.
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        unknown = Qt.ColorScheme.Unknown
        QGuiApplication.styleHints().setColorScheme(schemes.get(self._mode, unknown))

    def _on_hints_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._desktop = scheme
        self._follow()

    def _follow(self) -> None:
        if self._wants_dark() == self._dark:
            return
        self._dark = not self._dark
        if self._app is not None:
            self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        assert self._app is not None
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(_stylesheet(self.colours))


def font_file(weight: int) -> Path:
    """Return the file of the house font in the weight that is nearest to ``weight`` (CSS)."""
    nearest = min(_FONT_FILES, key=lambda each: abs(each - weight))
    return paths.resources() / "fonts" / f"IBMPlexSans-{_FONT_FILES[nearest]}.ttf"


@cache
def _families() -> list[str]:
    for weight in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(font_file(weight)))
    return ["IBM Plex Sans", "sans-serif"]


@cache
def _font(role: TextRole, scale: float) -> QFont:
    size_px, weight = _SCALE[role]
    font = QFont(_families())
    font.setPixelSize(max(1, round(size_px * scale)))
    font.setWeight(weight)
    if role in ("marking", "slide_marking"):
        spaced_px = scale * size_px / _SCALE["marking"][0]
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spaced_px)
    return font


@cache
def _drawing(name: str) -> str:
    file = paths.resources() / "icons" / f"{name}.svg"
    # Tabler draws at 2 px on a grid of 24; the house line is 1.5.
    return file.read_text(encoding="utf-8").replace('stroke-width="2"', 'stroke-width="1.5"')


@cache
def _pixmap(name: str, colour: str, size_px: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawing = _drawing(name).replace("currentColor", colour)
    side_px = max(1, round(size_px * ratio))
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (_Role.Window, c.ground),
        (_Role.WindowText, c.ink),
        (_Role.Base, c.page),
        (_Role.AlternateBase, c.raised),
        (_Role.Text, c.ink),
        (_Role.PlaceholderText, c.muted),
        (_Role.Button, c.raised),
        (_Role.ButtonText, c.ink),
        (_Role.Link, c.link),
        (_Role.LinkVisited, c.agreed),
        (_Role.Shadow, c.stale),
        (_Role.BrightText, c.differ),
        (_Role.Highlight, c.link),
        (_Role.HighlightedText, c.on_link),
        (_Role.Accent, c.link),
        (_Role.Light, c.hover),
        (_Role.Midlight, c.chosen),
        (_Role.Mid, c.hairline),
        (_Role.Dark, c.control),
        (_Role.ToolTipBase, c.raised),
        (_Role.ToolTipText, c.ink),
    ):
        palette.setColor(role, colour)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, c.control)
    return palette


def _stylesheet(c: Colours) -> str:
    ground, raised, page = c.ground.name(), c.raised.name(), c.page.name()
    ink, muted, hairline, control = (
        c.ink.name(),
        c.muted.name(),
        c.hairline.name(),
        c.control.name(),
    )
    link, on_link, hover, chosen = c.link.name(), c.on_link.name(), c.hover.name(), c.chosen.name()
    return f"""
QLineEdit, QPlainTextEdit {{
  background: {page}; color: {ink}; border: 1px solid {control}; border-radius: 6px;
  padding: 6px 9px; selection-background-color: {link}; selection-color: {on_link} }}
QLineEdit[quiet="true"], QLineEdit:read-only, QPlainTextEdit:read-only {{
  background: {ground}; border-color: {hairline} }}
QLineEdit:focus, QPlainTextEdit:focus {{
  border: 2px solid {link}; padding: 5px 8px }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{
  border: 2px solid {c.differ.name()}; padding: 5px 8px }}
QLineEdit[cell="true"] {{ border-radius: 0; padding: 0 9px }}
QLineEdit[cell="true"]:focus {{ padding: 0 8px }}
QLineEdit:disabled {{ color: {control}; border-color: {hairline} }}
QPushButton, QToolButton {{
  background: {raised}; color: {ink}; border: 1px solid {hairline}; border-radius: 6px;
  padding: 7px 15px }}
QPushButton:hover, QToolButton:hover {{ background: {hover} }}
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {chosen} }}
QPushButton:checked {{ background: {chosen}; border-color: {link} }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {link}; padding: 6px 14px }}
QPushButton:disabled, QToolButton:disabled {{ color: {control} }}
QPushButton[primary="true"] {{ background: {link}; color: {on_link}; border-color: {link} }}
QPushButton[primary="true"]:focus {{ border-color: {ink} }}
QPushButton[primary="true"]:disabled {{
  background: {hairline}; color: {muted}; border-color: {hairline} }}
QComboBox {{
  background: {page}; color: {ink}; border: 1px solid {control}; border-radius: 6px;
  padding: 5px 9px }}
QComboBox:focus {{ border: 2px solid {link}; padding: 4px 8px }}
QComboBox::drop-down {{ border: none; background: transparent; width: 24px }}
QToolButton {{ border-color: transparent; background: transparent; padding: 5px }}
QToolButton:focus {{ padding: 4px }}
QToolButton::menu-indicator {{ image: none }}
QScrollArea, QAbstractItemView {{ border: none }}
QScrollBar {{ background: transparent; border: none }}
QScrollBar:vertical {{ width: 10px }}
QScrollBar:horizontal {{ height: 10px }}
QScrollBar::handle {{ background: {hairline}; border-radius: 3px; margin: 2px }}
QScrollBar::handle:vertical {{ min-height: 32px }}
QScrollBar::handle:horizontal {{ min-width: 32px }}
QScrollBar::handle:hover {{ background: {control} }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0 }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none }}
QAbstractItemView {{
  background: {raised}; selection-background-color: {chosen}; selection-color: {ink};
  outline: none }}
QAbstractItemView#suggestions {{ border: 1px solid {control}; padding: 4px }}
QAbstractItemView#suggestions::item {{ padding: 4px 6px }}
QTableView {{ gridline-color: {hairline} }}
QHeaderView::section {{
  background: {raised}; color: {muted}; border: none; border-bottom: 1px solid {hairline};
  padding: 8px 11px; font-size: 13px; font-weight: 600 }}
QMenu {{ background: {raised}; border: 1px solid {hairline}; padding: 4px }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px }}
QMenu::item:selected {{ background: {chosen}; color: {ink} }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 4px 8px }}
QToolTip {{ background: {raised}; color: {ink}; border: 1px solid {hairline}; padding: 4px 6px }}
QSplitter::handle {{ background: {hairline} }}
"""
