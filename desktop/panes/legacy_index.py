"""The way into the War-legacy pane: the questions asked most, and its sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.services.language import tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.side_list import SideList
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text

_ICON_PX: Final = 14


class Entry(NamedTuple):
    """A question or a section by its words."""

    id: str
    words: str


class Group(NamedTuple):
    """Entries under a heading."""

    title: str
    entries: tuple[Entry, ...]


class LegacyIndex(SideList):
    """Questions and sections in a column beside the content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self.setAccessibleName(tr("Questions and sections"))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these entries; the one chosen stays."""
        if tuple(groups) != self._groups:
            self._groups = tuple(groups)
            self.set_groups(
                [(group.title, [_EntryRow(entry) for entry in group.entries]) for group in groups]
            )


class _EntryRow(Row):
    """An entry, on as many lines as its words need."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(entry.id, look="pill", parent=parent)
        self._words = Text(entry.words, "body", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, TIGHT_PX, BLEED_PX, TIGHT_PX)
        line.addWidget(self._words)
        self.set_name(entry.words)

    def set_chosen(self, chosen: bool) -> None:
        super().set_chosen(chosen)
        self._words.set_tone("link" if chosen else "ink")


class LegacyBar(Surface):
    """The same entries in menus over the content, where a column has no room."""

    chosen = Signal(object)
    """Id of the entry that the reader chose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(("bottom",), parent)
        self._theme = theme
        self._groups: tuple[Group, ...] = ()
        self._buttons: list[QToolButton] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(MEDIUM_PX, TIGHT_PX, MEDIUM_PX, TIGHT_PX)
        self._line.setSpacing(SMALL_PX)
        self._line.addStretch(1)
        theme.changed.connect(self._on_theme_changed)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these entries, a menu for each group."""
        if tuple(groups) == self._groups:
            return
        self._groups = tuple(groups)
        while len(self._buttons) < len(groups):
            self._buttons.append(self._new_button())
        for button, group in zip(self._buttons, groups, strict=True):
            menu = button.menu()
            menu.clear()
            for entry in group.entries:
                action = menu.addAction(entry.words.replace("&", "&&"))
                action.setData(entry.id)
                action.setCheckable(True)
        self.choose("")
        self._on_theme_changed()

    def choose(self, entry_id: str) -> None:
        """Say which entry is in view on the button of its group."""
        for button, group in zip(self._buttons, self._groups, strict=True):
            found = next((entry for entry in group.entries if entry.id == entry_id), None)
            words = f"{group.title}: {found.words}" if found else group.title
            button.setText(words.replace("&", "&&"))
            button.setAccessibleName(words)
            for action in button.menu().actions():
                action.setChecked(action.data() == entry_id)

    def buttons(self) -> Sequence[QToolButton]:
        """One for each group."""
        return self._buttons

    def _new_button(self) -> QToolButton:
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFont(Theme.font("body"))
        menu = QMenu(button)
        menu.triggered.connect(self._on_menu_triggered)
        button.setMenu(menu)
        self._line.insertWidget(len(self._buttons), button)
        return button

    def _on_menu_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())

    def _on_theme_changed(self) -> None:
        for button in self._buttons:
            button.setIcon(self._theme.icon("chevron-down", "muted", _ICON_PX))
