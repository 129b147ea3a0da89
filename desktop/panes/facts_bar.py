"""The line over the table of facts, and what stands in the table's place when nothing is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.model.dossier import Ref
from desktop.model.records import (
    SECTION_OF,
    SECTIONS,
    About,
    Area,
    Fact,
    Place,
    Record,
    Source,
)
from desktop.panes.facts_columns import FILE_ORDER, Column, column_words
from desktop.panes.facts_table import NO_AREA, FactFilter, FactsTable, facet_words
from desktop.services.language import Locale, tr, tr_count
from desktop.services.record_words import kind_words, one_of_kind_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, WIDE_PX, Theme
from desktop.widgets.button import Button
from desktop.widgets.link import Link
from desktop.widgets.search_box import SearchBox
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, Text, set_tool_tip

_ICON_PX: Final = 14
_FILTER_PX: Final = 280
_ROOMY_PX: Final = 800


class FactsBar(Surface):
    """What is typed to filter by, how many facts that leaves, and in which order they stand."""

    cleared = Signal()
    filters_asked = Signal(bool)
    left_out_asked = Signal()
    add_asked = Signal()
    unfinished_asked = Signal()
    kind_asked = Signal(object)
    """The kind of record that is to be listed."""
    tool_asked = Signal(str)
    """The id of an action on many facts."""
    sort_asked = Signal(int, bool)
    """A column, or FILE_ORDER, and whether it is to run downwards."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(("bottom",), parent)
        self._theme = theme
        self.filters_button = Button(tr("Filters"))
        self.filters_button.setCheckable(True)
        self.filters_button.clicked.connect(self.filters_asked)
        self.filter_box = SearchBox(theme, tr("Filter facts"), "Ctrl F")
        self.filter_box.setMaximumWidth(_FILTER_PX)
        self.found_words = ElidedText(role="caption")
        self.clear_link = Link(tr("Clear filters"))
        self.clear_link.activated.connect(self._on_clear_link_activated)
        self.left_out_link = Link(tone="differ")
        self.left_out_link.activated.connect(self._on_left_out_link_activated)
        self.unfinished_link = Link(tone="stale")
        self.unfinished_link.hide()
        self.unfinished_link.activated.connect(self._on_unfinished_link_activated)
        self.sort_button = self._menu_button()
        self._order_words = ""
        self._sort_menu = QMenu(self)
        self._orders: dict[int, QAction] = {}
        self._downwards = QAction(tr("Downwards"), self)
        self._build_sort_menu()
        self.kind_button = self._menu_button()
        self.add_button = Button(tr("Add"))
        self.add_button.clicked.connect(self.add_asked)
        self._kinds: dict[type[Record], QAction] = {}
        self._build_kind_menu()
        self.tools_button = self._menu_button()
        self._build_tools_menu()
        line = QHBoxLayout(self)
        line.setContentsMargins(MEDIUM_PX, SMALL_PX + 2, SMALL_PX, SMALL_PX + 2)
        line.setSpacing(SMALL_PX + 4)
        line.addWidget(self.kind_button)
        line.addWidget(self.filters_button)
        line.addWidget(self.filter_box, 100)
        line.addWidget(self.found_words)
        line.addWidget(self.clear_link)
        line.addStretch(1)
        line.addWidget(self.unfinished_link)
        line.addWidget(self.left_out_link)
        line.addWidget(self.sort_button)
        line.addWidget(self.tools_button)
        line.addWidget(self.add_button)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_kind(self, kind: type[Record], found: int, total: int, *, filtered: bool) -> None:
        """Say which kind of record is listed; facts say more of themselves in ``show_state``."""
        self._kinds[kind].setChecked(True)
        words = kind_words(kind)
        self.kind_button.setText(words.replace("&", "&&"))
        self.kind_button.setAccessibleName(tr("Listed: {kind}").format(kind=words.lower()))
        self.add_button.setVisible(kind is not About)
        self.add_button.setAccessibleName(
            tr("Add a new {kind}").format(kind=one_of_kind_words(kind))
        )
        self.filter_box.setPlaceholderText(tr("Filter"))
        is_facts = kind is Fact
        self.sort_button.setVisible(is_facts)
        self.tools_button.setVisible(is_facts)
        self.filter_box.setVisible(kind is not About)
        self._give_way()
        if not is_facts:
            self.filters_button.hide()
            self.clear_link.hide()
            self.left_out_link.hide()
            some = tr("{found} of {total}").format(found=f"{found:,}", total=f"{total:,}")
            self.found_words.setText(some if filtered else f"{total:,}")

    def show_state(self, table: FactsTable, said: Sequence[str], left_out: int) -> None:
        """Say how many of the facts are shown, and how many the file has but could not be read.

        ``said`` are the filters in force.
        """
        found, total = table.rowCount(), table.count()
        all_facts = tr_count("{count} fact", "{count} facts", total)
        some = tr("{found} of {all_facts}").format(found=f"{found:,}", all_facts=all_facts)
        # What is typed stands in the box beside it.
        chosen = said[1:] if table.filter.query else said
        self.found_words.setText(" · ".join([some, *chosen]) if said else all_facts)
        self.clear_link.setVisible(bool(said))
        self.left_out_link.setVisible(left_out > 0)
        self.left_out_link.set_words(
            tr_count("{count} record left out", "{count} records left out", left_out)
        )
        self.show_order(*table.sorted_by)

    def show_order(self, column: int, downwards: bool) -> None:
        self._orders[column].setChecked(True)
        self._downwards.setChecked(downwards)
        words = tr("Order: {order}").format(order=order_words(column))
        self._order_words = words
        self._give_way()
        name = f"{words}, {tr('downwards')}" if downwards else words
        self.sort_button.setAccessibleName(name)

    def offer_adding(self, offered: bool, why_not: str) -> None:
        """Let records be added, or say why they cannot be."""
        self.add_button.setEnabled(offered)
        set_tool_tip(self.add_button, why_not)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Say less in a narrow bar: only that there is an order, and what is unfinished first."""
        roomy = self.width() >= _ROOMY_PX
        words = self._order_words if roomy else tr("Order")
        self.sort_button.setText(words.replace("&", "&&"))
        waits = not self.unfinished_link.isHidden()
        is_counted = not self._kinds[About].isChecked()
        self.found_words.setVisible(is_counted and (roomy or not waits))

    def offer_filters(self, offered: bool, shown: bool) -> None:
        """Show the button for the filters where they do not stand beside the table anyway."""
        self.filters_button.setVisible(offered)
        self.filters_button.setChecked(shown)

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFont(Theme.font("caption"))
        return button

    def _build_kind_menu(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(self)
        others = [each for each in SECTIONS.values() if each is not Fact]
        kinds: list[type[Record]] = [Fact, *others, About]
        for kind in kinds:
            action = menu.addAction(kind_words(kind))
            action.setCheckable(True)
            action.setData(SECTION_OF[kind])
            group.addAction(action)
            self._kinds[kind] = action
        group.triggered.connect(self._on_kind_triggered)
        self.kind_button.setMenu(menu)

    def _on_kind_triggered(self, action: QAction) -> None:
        self.kind_asked.emit(SECTIONS.get(action.data(), About))

    def _build_tools_menu(self) -> None:
        menu = QMenu(self)
        for action_id, words in (
            ("edit.replace", tr("Find and replace…")),
            ("edit.set-field", tr("Set a field of the chosen facts…")),
            ("file.import", tr("Bring in a table…")),
            ("file.table", tr("Save the facts shown as a table…")),
        ):
            menu.addAction(words.replace("&", "&&")).setData(action_id)
        menu.triggered.connect(self._on_tools_menu_triggered)
        self.tools_button.setText(tr("Several"))
        self.tools_button.setAccessibleName(tr("Several facts at once"))
        set_tool_tip(self.tools_button, tr("Several facts at once"))
        self.tools_button.setMenu(menu)

    def _on_tools_menu_triggered(self, action: QAction) -> None:
        self.tool_asked.emit(str(action.data()))

    def _build_sort_menu(self) -> None:
        group = QActionGroup(self)
        for column in (FILE_ORDER, *Column):
            action = self._sort_menu.addAction(order_words(column).replace("&", "&&"))
            action.setCheckable(True)
            action.setData(int(column))
            group.addAction(action)
            self._orders[column] = action
        group.triggered.connect(self._on_order_triggered)
        self._sort_menu.addSeparator()
        self._downwards.setCheckable(True)
        self._sort_menu.addAction(self._downwards)
        self._downwards.triggered.connect(self._on_downwards_triggered)
        self.sort_button.setMenu(self._sort_menu)

    def _on_order_triggered(self, action: QAction) -> None:
        self.sort_asked.emit(action.data(), self._downwards.isChecked())

    def _on_downwards_triggered(self, downwards: bool) -> None:
        column = next(each for each, action in self._orders.items() if action.isChecked())
        self.sort_asked.emit(column, downwards)

    def _on_clear_link_activated(self) -> None:
        self.cleared.emit()

    def show_unfinished(self, count: int) -> None:
        """Say for how many records, out of view, something is typed that is in no fact."""
        self.unfinished_link.setVisible(count > 0)
        self._give_way()
        self.unfinished_link.set_words(
            tr_count("{count} not finished", "{count} not finished", count)
        )

    def _on_unfinished_link_activated(self) -> None:
        self.unfinished_asked.emit()

    def _on_left_out_link_activated(self) -> None:
        self.left_out_asked.emit()

    def _on_theme_changed(self) -> None:
        for button in (self.sort_button, self.kind_button, self.tools_button):
            button.setIcon(self._theme.icon("chevron-down", "muted", _ICON_PX))


class NothingFound(QWidget):
    """Says which filters leave no fact, and offers to clear them."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Text(role="heading", wrap=True)
        self._words = Text(tone="muted", wrap=True)
        self.clear_button = Button(tr("Clear filters"))
        self.clear_button.clicked.connect(self._on_clear_button_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_PX, WIDE_PX, WIDE_PX, WIDE_PX)
        column.setSpacing(SMALL_PX)
        column.addWidget(self._head)
        column.addWidget(self._words)
        column.addSpacing(SMALL_PX)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def words(self) -> str:
        return f"{self._head.text()} {self._words.text()}"

    def show_words(self, said: Sequence[str], nothing_yet: tuple[str, str] = ("", "")) -> None:
        """Say which filters are in force; without any, what is missing and what to do."""
        self.clear_button.setVisible(bool(said))
        head, words = nothing_yet
        if said:
            head, words = tr("No fact passes these filters"), " · ".join(said)
        elif not head:
            head = tr("No facts yet")
            words = tr("The file holds no fact that can be read. Press Add to write one.")
        self._head.setText(head)
        self._words.setText(words)

    def _on_clear_button_clicked(self) -> None:
        self.cleared.emit()


def order_words(column: int) -> str:
    return tr("as in the file") if column == FILE_ORDER else column_words(Column(column)).lower()


def filter_words(speak: Locale, wanted: FactFilter) -> list[str]:
    """The filters in force, each as people would say it."""
    said = []
    if wanted.query:
        said.append(f"“{wanted.query.text}”")
    if wanted.facet != "all":
        said.append(facet_words(wanted.facet))
    if wanted.area is not None:
        said.append(_area_words(speak, wanted.area))
    if wanted.of is not None:
        said.append(_of_words(speak, wanted.of))
    return said


def _area_words(speak: Locale, area_id: str) -> str:
    found = speak.dossier.find(Ref(Area, area_id))
    if isinstance(found, Area):
        return speak.text(found.name)
    return tr("No area") if area_id == NO_AREA else area_id


def _of_words(speak: Locale, ref: Ref) -> str:
    found = speak.dossier.find(ref)
    if isinstance(found, Source):
        return tr("Citing {source}").format(source=speak.source(found))
    if isinstance(found, Place):
        return tr("At {place}").format(place=speak.name(found))
    return ref.id
