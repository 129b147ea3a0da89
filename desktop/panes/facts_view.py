"""How the table of facts looks and is walked through: cells of our own drawing, keys, widths."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.model.states import STATES, State
from desktop.panes.facts_columns import FIELD_OF, Column, column_words
from desktop.panes.facts_table import NOTE_ROLE, STATE_ROLE, FactsTable
from desktop.panes.marks import TONES, state_chip
from desktop.services.language import tr
from desktop.services.theme import PALETTE_ROLE, SMALL_PX, Theme, Tone
from desktop.widgets.chooser import Chooser
from desktop.widgets.line import Line
from desktop.widgets.pressable import draw_focus_ring
from desktop.widgets.suggesting_line import SuggestingLine
from desktop.widgets.text import set_tool_tip

ROW_PX: Final = 36
_SIDE_PX: Final = 12
_ACCENT_PX: Final = 3
_WIDTHS_PX: Final = {
    Column.AREA: 136,
    Column.VALUE: 156,
    Column.STAGE: 108,
    Column.DATE: 112,
    Column.SOURCES: 80,
}
_AMPLE_PX: Final = {Column.VALUE: 270, Column.DATE: 230, Column.AREA: 220}
"""How wide columns grow where the statement has more room than its measure needs."""
_STATEMENT_LEAST_PX: Final = 220
_STATEMENT_MEASURE_PX: Final = 480
_GIVE_WAY: Final = (Column.STAGE, Column.SOURCES, Column.AREA, Column.DATE)
"""Columns that a narrow table does without, the first to go first."""
_TONES: Final[dict[Column, Tone]] = {
    Column.AREA: "muted",
    Column.STAGE: "muted",
    Column.DATE: "muted",
    Column.SOURCES: "muted",
}


class FactCells(QStyledItemDelegate):
    """Draws the cells of the table in the house look, and tells what did not fit.

    ``make_line`` makes the field in which a cell is edited.
    """

    typed = Signal(str, str)
    """Field and text of a cell, at every letter."""
    settled = Signal(str, str)
    taken_back = Signal()

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._chips: dict[tuple[State, float], QPixmap] = {}
        self.make_line: Callable[[str], Line] = lambda _field: Line()
        theme.changed.connect(self._on_theme_changed)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        palette = self._view.palette()
        column = Column(index.column())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, palette.color(QPalette.ColorRole.Midlight))
        line = palette.color(QPalette.ColorRole.Mid)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, line)
        if chosen and column == Column.STATEMENT:
            accent = palette.color(QPalette.ColorRole.Link)
            painter.fillRect(area.left(), area.top(), _ACCENT_PX, area.height(), accent)
        inner = area.adjusted(_SIDE_PX, 0, -_SIDE_PX // 2, -1)
        if column == Column.STATE:
            self._draw_state(painter, inner, index.data(STATE_ROLE))
            return
        if column == Column.STATEMENT:
            inner = self._draw_note(painter, inner, index.data(NOTE_ROLE))
        painter.setFont(Theme.font("caption"))
        painter.setPen(palette.color(PALETTE_ROLE[_TONES.get(column, "ink")]))
        words = _metrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, ROW_PX)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Leave the tool tip to the viewport, which shows plain text only."""
        set_tool_tip(view.viewport(), self._cut_words(index) if index.isValid() else "")
        return False

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """A field of the same kind as in the form, which follows every letter."""
        field = FIELD_OF[Column(index.column())]
        line = self.make_line(field)
        line.setParent(parent)
        line.setFont(Theme.font("caption"))
        line.setProperty("cell", True)
        line.setAccessibleName(column_words(Column(index.column())))
        line.typed.connect(partial(self._on_line_typed, line, field))
        if isinstance(line, SuggestingLine):
            line.chosen.connect(partial(self._on_line_chosen, line))
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, Line)
        if editor.is_touched:
            return
        text = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, Chooser):
            editor.show_key(text)
        else:
            editor.show_text(text)
        editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        assert isinstance(editor, Line)
        if editor.is_touched:
            field = FIELD_OF[Column(index.column())]
            text = editor.text()
            editor.keep(text)
            self.settled.emit(field, text)

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, Line) and editor.is_touched:
            self.taken_back.emit()
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        offers = isinstance(editor, SuggestingLine) and bool(editor.offered())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(editor, SuggestingLine) and editor.takes_enter():
                return False
            # Left to itself, the key would go on to the table, which opens the fact.
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        if offers and event.key() == Qt.Key.Key_Escape:
            return False
        return super().eventFilter(editor, event)

    def _on_line_typed(self, line: Line, field: str) -> None:
        self.typed.emit(field, line.text())

    def _on_line_chosen(self, line: Line, _suggestion: object) -> None:
        self.commitData.emit(line)
        self.closeEditor.emit(line)

    def state_width_px(self) -> int:
        """The width that the widest state needs."""
        chips = (state_chip(self._theme, state, filled=True) for state in STATES)
        return max(chip.sizeHint().width() for chip in chips) + _SIDE_PX + SMALL_PX

    def _cut_words(self, index: QModelIndex | QPersistentModelIndex) -> str:
        column = Column(index.column())
        spoken: str = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if column == Column.STATE:
            return spoken if "," in spoken else ""
        room_px = self._view.visualRect(index).width() - _SIDE_PX - _SIDE_PX // 2
        words: str = index.data()
        return spoken if _metrics().horizontalAdvance(words) > room_px else ""

    def _draw_note(self, painter: QPainter, area: QRect, note: str) -> QRect:
        """Draw why a fact stands here only at the end of the cell; return the room before it."""
        if not note:
            return area
        painter.setFont(Theme.font("caption_strong"))
        painter.setPen(self._view.palette().color(PALETTE_ROLE["link"]))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, note)
        advance = QFontMetrics(painter.font()).horizontalAdvance(note)
        return area.adjusted(0, 0, -advance - SMALL_PX, 0)

    def _draw_state(self, painter: QPainter, area: QRect, state: State | None) -> None:
        if state is None:
            return
        chip = self._chip(state, self._view.devicePixelRatioF())
        height = round(chip.deviceIndependentSize().height())
        left = area.left() + (0 if _is_notable(state) else SMALL_PX)
        painter.drawPixmap(left, area.top() + (area.height() - height) // 2, chip)

    def _chip(self, state: State, ratio: float) -> QPixmap:
        """The mark of a state as other panes show it, drawn once for all rows."""
        found = self._chips.get((state, ratio))
        if found is None:
            chip = state_chip(self._theme, state, filled=_is_notable(state))
            chip.resize(chip.sizeHint())
            found = QPixmap(chip.size() * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            nothing_behind = QWidget.RenderFlag.DrawChildren
            chip.render(found, QPoint(), QRegion(), nothing_behind)
            self._chips[state, ratio] = found
        return found

    def _on_theme_changed(self) -> None:
        self._chips.clear()


class FactsView(QTableView):
    """The table; a row is one stop, Enter opens it, E edits it and Ctrl+C copies it."""

    opened = Signal()
    """The fact of the current row is to be read in full."""
    copied = Signal()
    edit_asked = Signal()
    delete_asked = Signal()

    def __init__(self, theme: Theme, table: FactsTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = FactCells(theme, self)
        self.setItemDelegate(self.cells)
        self.setModel(table)
        self.setAccessibleName(tr("Facts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        rows.setMinimumSectionSize(ROW_PX)
        rows.hide()
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setHighlightSections(False)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_self_double_clicked)

    def set_editing(self, editing: bool) -> None:
        """Let cells be edited, by a double click or F2, or not."""
        triggers = QAbstractItemView.EditTrigger
        wanted = triggers.DoubleClicked if editing else triggers.NoEditTriggers
        self.setEditTriggers(wanted)
        self.viewport().update()

    @property
    def is_editing(self) -> bool:
        return self.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers

    def choose_row(self, row: int) -> None:
        """Mark a row as the one in view and scroll to it; -1 marks none."""
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            column = max(self.currentIndex().column(), 0) if self.is_editing else 0
            # A row just put in lies beyond the end of the scroll bar until it is laid out.
            self.executeDelayedItemsLayout()
            self.setCurrentIndex(self.model().index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.key() == Qt.Key.Key_F2 and self._is_cell_editable():
            self.edit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_E, Qt.Key.Key_F2) and not event.modifiers():
            self.edit_asked.emit()
        elif event.key() == Qt.Key.Key_Delete and self.is_editing:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing here: they belong into the filter."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit_columns()

    def fit_columns(self) -> None:
        """Give every column its width and the statement what is left; some give way."""
        widths = {**_WIDTHS_PX, Column.STATE: self.cells.state_width_px()}
        room_px = self.viewport().width()
        for column in _GIVE_WAY:
            if sum(widths.values()) + _STATEMENT_LEAST_PX > room_px:
                del widths[column]
        for column in [each for each in _AMPLE_PX if each in widths]:
            spare_px = room_px - sum(widths.values()) - _STATEMENT_MEASURE_PX
            grown_px = min(_AMPLE_PX[column], widths[column] + spare_px)
            widths[column] = max(widths[column], grown_px)
        left_px = max(room_px - sum(widths.values()), _STATEMENT_LEAST_PX // 2)
        for column in Column:
            hidden = column != Column.STATEMENT and column not in widths
            self.setColumnHidden(column, hidden)
            self.setColumnWidth(column, widths.get(column, left_px))

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        # Qt paints a cell anew, and the ring goes round the whole row.
        for index in (current, previous):
            row = self.visualRect(index)
            row.setLeft(0)
            row.setRight(self.viewport().width() - 1)
            self.viewport().update(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            row = self.visualRect(index)
            if not self._is_cell_editable():
                row.setLeft(0)
                row.setRight(self.viewport().width() - 1)
            painter = QPainter(self.viewport())
            draw_focus_ring(painter, row.toRectF(), self.palette())
            painter.end()

    def _is_cell_editable(self) -> bool:
        flags = self.model().flags(self.currentIndex())
        return self.is_editing and bool(flags & Qt.ItemFlag.ItemIsEditable)

    def _on_self_double_clicked(self) -> None:
        if not self._is_cell_editable():
            self.opened.emit()


def _is_notable(state: State) -> bool:
    """Whether a state stands on a tint of its own, so that it is seen among the others."""
    return TONES[state] != "muted"


@cache
def _metrics() -> QFontMetrics:
    return QFontMetrics(Theme.font("caption"))
