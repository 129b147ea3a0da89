"""The window: marking, title, tabs, search and status around the panes; it keeps no facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.registry import Registry, group_words
from desktop.model.dossier import ChangeSet, Ref
from desktop.model.records import SECTION_OF, Area, Record, Slide
from desktop.panes.pane import Pane
from desktop.services.language import marking_words, tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX
from desktop.widgets.banner import Banner
from desktop.widgets.drawer import Drawer
from desktop.widgets.link import Link
from desktop.widgets.notice import Notice
from desktop.widgets.search_button import SearchButton
from desktop.widgets.surface import Surface
from desktop.widgets.tab_bar import TabBar
from desktop.widgets.text import ElidedText, set_tool_tip
from desktop.workspace import Workspace

_FIRST_SIZE: Final = QSize(1600, 900)
_LEAST_SIZE: Final = QSize(880, 560)
_MENU_ICON_PX: Final = 20
_TITLE_PX: Final = 128
_TITLE_SHARE: Final = 4
"""How much of the room to spare is left of the tabs, of one part that is right of them."""
_MENU_GROUPS: Final = ("file", "edit", "go", "view", "present", "help")
_QUIT: Final = "file.quit"
"""Comes last in its menu, wherever it was declared."""


class Tab(NamedTuple):
    """A pane by name: ``title`` as the audience calls it, ``make`` on first show."""

    id: str
    title: Callable[[], str]
    make: Callable[[Workspace], Pane]


class Window(QWidget):
    """Tabs over panes that are made when first shown.

    The drawer at the right edge takes a closer look at one thing, in whichever pane the reader is.
    """

    search_requested = Signal()
    problems_requested = Signal()
    changes_requested = Signal()
    audience_requested = Signal()
    file_dropped = Signal(object)
    """Path of a file that was dropped here."""

    def __init__(self, workspace: Workspace, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.workspace = workspace
        self.actions_registry = Registry(self)
        self._tabs = tuple(tabs)
        self._panes: dict[str, Pane] = {}
        self._instead: QWidget | None = None
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; False keeps it."""
        self.top_banner = Banner("", workspace.theme)
        self.bottom_banner = Banner("", workspace.theme)
        self.notice = Notice(workspace.theme)
        self.tab_bar = TabBar()
        self.tab_bar.setAccessibleName(tr("Panes"))
        self._stack = QStackedWidget()
        self.drawer = Drawer(workspace.theme, "", self._stack)
        self._compose()
        for tab in self._tabs:
            self.tab_bar.add_tab(tab.title())
            self._stack.addWidget(QWidget())
        self.tab_bar.currentChanged.connect(self._on_tab_bar_current_changed)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)
        workspace.settings.changed.connect(self._on_settings_changed)
        workspace.selection.reveal_requested.connect(self._on_selection_reveal_requested)
        workspace.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.update_words()
        self.setMinimumSize(_LEAST_SIZE)
        self.setAcceptDrops(True)

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.top_banner, self._header(), self.notice):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._status())
        column.addWidget(self.bottom_banner)

    def _header(self) -> QWidget:
        self._title = ElidedText(role="strong")
        self._as_of = ElidedText(role="source", tone="muted")
        self._title.setMinimumWidth(_TITLE_PX)
        self.search = SearchButton(self.workspace.theme, tr("Search"), "Ctrl K")
        self.search.activated.connect(self.search_requested)
        self.menu_button = QToolButton()
        self.menu_button.setAccessibleName(tr("Menu"))
        self.menu_button.setIconSize(QSize(_MENU_ICON_PX, _MENU_ICON_PX))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_tool_tip(self.menu_button, tr("Menu"))
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addStretch(1)
        titles.addWidget(self._title)
        titles.addWidget(self._as_of)
        titles.addStretch(1)
        header = Surface(("bottom",))
        line = QHBoxLayout(header)
        line.setContentsMargins(LARGE_PX, 0, MEDIUM_PX, 0)
        line.setSpacing(MEDIUM_PX)
        line.addLayout(titles, _TITLE_SHARE)
        line.addWidget(self.tab_bar, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        line.addWidget(self.search)
        line.addWidget(self.menu_button)
        return header

    def _status(self) -> QWidget:
        self.file_words = ElidedText(role="source")
        self.changes_link = Link(tr("What saving will change"), role="source")
        self.changes_link.activated.connect(self._on_changes_link_activated)
        self.changes_link.hide()
        self.count_words = ElidedText(role="source")
        self.problem_link = Link(role="source", tone="muted")
        self.problem_link.activated.connect(self.problems_requested)
        self.audience_link = Link(role="source", tone="muted")
        self.audience_link.activated.connect(self.audience_requested)
        status = Surface(("top",))
        line = QHBoxLayout(status)
        line.setContentsMargins(LARGE_PX, 5, LARGE_PX, 5)
        line.setSpacing(LARGE_PX)
        for part in (self.file_words, self.changes_link, self.count_words, self.problem_link):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.audience_link)
        return status

    def tabs(self) -> Sequence[tuple[str, Callable[[], str]]]:
        return [(tab.id, tab.title) for tab in self._tabs]

    def pane(self, tab_id: str) -> Pane:
        """The pane of a tab, made now if it has not been shown yet; KeyError for an unknown tab."""
        if tab_id not in self._panes:
            index = [tab.id for tab in self._tabs].index(tab_id)
            pane = self._tabs[index].make(self.workspace)
            pane.setAccessibleName(self._tabs[index].title())
            placeholder = self._stack.widget(index)
            self._stack.insertWidget(index, pane)
            if placeholder is not None:
                self._stack.removeWidget(placeholder)
                placeholder.deleteLater()
            self._panes[tab_id] = pane
        return self._panes[tab_id]

    def made_pane(self, tab_id: str) -> Pane | None:
        """The pane of a tab if it has been shown yet."""
        return self._panes.get(tab_id)

    def current_tab(self) -> str:
        return self._tabs[self.tab_bar.currentIndex()].id

    def show_tab(self, tab_id: str) -> None:
        """Raise a tab; an unknown id leaves the one in view."""
        ids = [tab.id for tab in self._tabs]
        if tab_id not in ids:
            return
        pane = self.pane(tab_id)
        # Filled only when shown, it would be laid out and painted twice.
        pane.bring_up_to_date()
        self.tab_bar.setCurrentIndex(ids.index(tab_id))
        if self._instead is None:
            self._stack.setCurrentWidget(pane)
        self.drawer.raise_()
        self.workspace.settings.tab = tab_id

    def show_instead(self, page: QWidget | None) -> None:
        """Show a page in place of all panes, without their tabs; None brings them back."""
        before, self._instead = self._instead, page
        if before is page:
            return
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        of_a_file = (self.top_banner, self.bottom_banner, self._title, self._as_of, self.search)
        for part in (*of_a_file, self.tab_bar):
            part.setVisible(page is None)
        if page is None:
            self.show_tab(self.current_tab())
        else:
            self._stack.addWidget(page)
            self._stack.setCurrentWidget(page)
            self.drawer.raise_()

    def step_tab(self, by: int) -> None:
        index = (self.tab_bar.currentIndex() + by) % len(self._tabs)
        self.show_tab(self._tabs[index].id)

    def open_drawer(self, title: str, content: QWidget, *, wide: bool = False) -> None:
        """Take a closer look at something, beside the pane in view."""
        self.drawer.set_title(title)
        self.drawer.set_content(content)
        self.drawer.open(wide=wide)

    def close_drawer(self) -> None:
        self.drawer.close()

    def build_menu(self, submenus: Sequence[QMenu] = ()) -> None:
        """Fill the menu from the registered actions; ``submenus`` go where their name says."""
        menu = QMenu(self)
        extra = {submenu.objectName(): submenu for submenu in submenus}
        for group in _MENU_GROUPS:
            members = [action for action in self.actions_registry.all() if action.group == group]
            leaving = [action for action in members if action.id == _QUIT]
            if not members:
                continue
            part = menu.addMenu(group_words(group))
            for action in members:
                if action not in leaving:
                    part.addAction(self.actions_registry.trigger(action.id))
            if group in extra:
                part.addSeparator()
                part.addMenu(extra[group])
            for action in leaving:
                part.addSeparator()
                part.addAction(self.actions_registry.trigger(action.id))
        self.menu_button.setMenu(menu)

    def update_words(self) -> None:
        """Say anew what the file is, how old, and for whom."""
        self._told_on = self.workspace.today()
        dossier = self.workspace.store.dossier
        speak = self.workspace.locale(dossier)
        marking = marking_words(dossier.about)
        for banner in (self.top_banner, self.bottom_banner):
            banner.set_words(marking)
        title = speak.text(dossier.about.title)
        as_of = tr("As of {date}").format(date=speak.date(dossier.about.as_of, short=True))
        age = speak.age(self._told_on)
        if self._lacks_as_of():
            as_of, age = tr("The file gives no as-of day that can be read"), ""
        saved = "" if self.workspace.store.is_saved() else " •"
        self._as_of.short = as_of
        self._title.setText(title + saved)
        if self.workspace.file is None:
            self._as_of.setText("")
            self.setWindowTitle("Charthouse")
        else:
            self._as_of.setText(f"{as_of}, {age}" if age else as_of)
            self.setWindowTitle(f"{title}{saved} – {as_of} – Charthouse")
        for index, tab in enumerate(self._tabs):
            words = tab.title().replace("&", "&&")
            if words != self.tab_bar.tabText(index):  # Qt lays the bar out again for the same words
                self.tab_bar.setTabText(index, words)
        self.actions_registry.update_states()

    def _lacks_as_of(self) -> bool:
        """Whether the as-of day of the dossier is not the file's own, but one that stands in."""
        file = self.workspace.file
        return file is not None and any(
            problem.kind == "about" and problem.field[:1] in ((), ("as_of",))
            for problem in file.reading.problems
            if problem.severity == "error"
        )

    def restore(self) -> None:
        """Come up where the window stood, in the tab it had; off the screens it starts afresh."""
        settings = self.workspace.settings
        area = settings.geometry
        if area is not None:
            self.setGeometry(area)
        else:
            screen = QGuiApplication.primaryScreen().availableGeometry()
            size = _FIRST_SIZE.boundedTo(screen.size() - QSize(0, 40)).expandedTo(_LEAST_SIZE)
            place = QRect(screen.topLeft(), size)
            place.moveCenter(screen.center())
            place.moveTo(max(place.x(), screen.x()), max(place.y(), screen.y()))
            self.setGeometry(place)
        if settings.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        known = settings.tab in [tab.id for tab in self._tabs]
        self.show_tab(settings.tab if known else self._tabs[0].id)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.workspace.today() != self._told_on:
            self.update_words()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button that was pressed in the drawer and is dead now has lost the focus to nobody.
        if event.key() == Qt.Key.Key_Escape and self.drawer.isVisible():
            self.drawer.close()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        settings = self.workspace.settings
        settings.maximised = self.isMaximized()
        settings.geometry = self.normalGeometry() if self.isMaximized() else self.geometry()
        ref = self.workspace.selection.ref
        settings.selection = f"{SECTION_OF[ref.kind]}/{ref.id}" if ref else ""
        settings.save()
        super().closeEvent(event)

    def _on_changes_link_activated(self) -> None:
        self.changes_requested.emit()

    def _on_tab_bar_current_changed(self, index: int) -> None:
        self.show_tab(self._tabs[index].id)

    def _on_store_changed(self, _changes: ChangeSet) -> None:
        self.update_words()

    def _on_store_undo_changed(self) -> None:
        self.update_words()

    def _on_settings_changed(self, key: str) -> None:
        if key == "audience":
            self.update_words()

    def _on_selection_reveal_requested(self, ref: Ref) -> None:
        homes: dict[type[Record], str] = {Area: "areas", Slide: "briefings"}
        self.show_tab(homes.get(ref.kind, "facts"))
        self.drawer.close()

    def _on_theme_changed(self) -> None:
        self.menu_button.setIcon(self.workspace.theme.icon("list", "ink", _MENU_ICON_PX))


def _dropped(event: QDropEvent) -> Path | None:
    """The one file of this system that is being dropped; None where it is anything else."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_file() else None
