"""The readings of a chart as a table, for those who cannot see it or would rather read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
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

from desktop.figures.chart_table import TableRow
from desktop.files.csv_file import defused
from desktop.services.theme import Theme
from desktop.widgets.text import set_tool_tip

_MOST_ROWS: Final = 12
_ROW_PX: Final = 30
_SIDE_PX: Final = 11
_WIDE: Final = (2, 4)
"""The columns that share what room the others leave: of what it is, and the sources."""
_NOWHERE: Final = QModelIndex()
_Role = Qt.ItemDataRole


class _Rows(QAbstractTableModel):
    """Rows of words, as they were worked out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._header: tuple[str, ...] = ()
        self.rows: list[TableRow] = []

    def set_rows(self, header: Sequence[str], rows: Sequence[TableRow]) -> None:
        self.beginResetModel()
        self._header, self.rows = tuple(header), list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._header)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = _Role.DisplayRole
    ) -> Any:
        if index.isValid() and role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return self.rows[index.row()].cells[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._header[section]
        return None


class _Cells(QStyledItemDelegate):
    """Draws a cell in the house look; what does not fit ends in an ellipsis and a tool tip."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        palette = self._view.palette()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, palette.color(QPalette.ColorRole.Midlight))
        line = palette.color(QPalette.ColorRole.Mid)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, line)
        painter.setFont(Theme.font("caption"))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        inner = area.adjusted(_SIDE_PX, 0, -_SIDE_PX // 2, -1)
        words = _elided(index.data(), inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        wide_px = QFontMetrics(Theme.font("caption")).horizontalAdvance(index.data())
        return QSize(wide_px + 2 * _SIDE_PX, _ROW_PX)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Leave the tool tip to the viewport, which shows plain text only."""
        whole = index.data() if index.isValid() else ""
        room_px = view.visualRect(index).width() - _SIDE_PX - _SIDE_PX // 2
        set_tool_tip(view.viewport(), whole if _elided(whole, room_px) != whole else "")
        return False


def _elided(words: str, width_px: int) -> str:
    metrics = QFontMetrics(Theme.font("caption"))
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width_px)


class ChartTableView(QTableView):
    """One row for each reading; Enter or a double click picks its fact, Ctrl+C copies all rows."""

    picked = Signal(object)
    """Id of the fact whose row was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.doubleClicked.connect(self._on_self_double_clicked)

    def show_rows(self, header: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Show these rows, the first chosen; as high as they are, up to a dozen."""
        self._rows.set_rows(header, rows)
        for column in range(len(header)):
            mode = QHeaderView.ResizeMode.ResizeToContents
            if column in _WIDE:
                mode = QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)
        head_px = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head_px + _ROW_PX * min(max(len(rows), 1), _MOST_ROWS) + 4)
        if rows:
            self.selectRow(0)

    def as_text(self) -> str:
        """Header and rows with tabs between their cells, to paste elsewhere."""
        columns = range(self._rows.columnCount())
        across = Qt.Orientation.Horizontal
        lines = [[str(self._rows.headerData(column, across)) for column in columns]]
        lines += [list(row.cells) for row in self._rows.rows]
        return "\n".join("\t".join(defused(cell) for cell in cells) for cells in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        self._pick(index)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self._rows.rows[index.row()].fact_id)
