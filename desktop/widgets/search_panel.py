"""A box over the window in which one types, and what is found under it, by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.theme import MEDIUM_PX, PALETTE_ROLE, RADIUS_PX, SMALL_PX, WIDE_PX, Theme
from desktop.widgets.pressable import give_focus
from desktop.widgets.search_box import SearchBox
from desktop.widgets.text import Text, set_tool_tip

WIDTH_PX: Final = 680
_TOP_PX: Final = 64
_ROW_PX: Final = 50
_HEAD_PX: Final = 32
_ICON_PX: Final = 18
_RESULT_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class Result(NamedTuple):
    """One thing found: ``detail`` names its kind, ``note`` stands at the right."""

    key: object
    title: str
    detail: str
    note: str = ""
    icon: str = ""


class ResultGroup(NamedTuple):
    """Results under one heading."""

    title: str
    results: Sequence[Result]


class SearchPanel(QWidget):
    """Lies over ``parent`` until something is chosen, Escape is pressed or it is clicked beside.

    The keyboard stays in the box: the arrows walk the results, Tab goes from group to group and
    Enter chooses. Closing gives the focus back to what had it.
    """

    typed = Signal(str)
    chosen = Signal(object)
    """Key of the result; the panel has closed."""
    closed = Signal()

    def __init__(self, theme: Theme, searches: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._came_from: QWidget | None = None
        self.box = SearchBox(theme, searches)
        self.message = Text(tone="muted", wrap=True)
        self.message.setContentsMargins(SMALL_PX, SMALL_PX, SMALL_PX, SMALL_PX)
        self.results = _Results(theme)
        self._card = _Card(self)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(MEDIUM_PX, MEDIUM_PX, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(SMALL_PX)
        column.addWidget(self.box)
        column.addWidget(self.message)
        column.addWidget(self.results, 1)
        self.box.textChanged.connect(self.typed)
        self.box.stepped_down.connect(self.results.step_down)
        self.box.stepped_up.connect(self.results.step_up)
        self.box.installEventFilter(self)
        self.results.clicked.connect(self._on_results_clicked)
        self.results.current_changed.connect(self._on_results_current_changed)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come into view, empty, and take the focus."""
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self.box.clear()
        self._fit()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_groups(self, groups: Sequence[ResultGroup], message: str = "") -> None:
        """List what was found, the first marked; ``message`` stands over it if it says anything."""
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.results.setVisible(bool(groups))
        self.results.show_groups(groups)
        self._fit()

    def shut(self) -> None:
        """Go out of view and give the focus back."""
        if not self.isVisible():
            return
        came_from, self._came_from = self._came_from, None
        # Hidden first, it would hand on the focus as Qt sees fit.
        if came_from is not None and shiboken6.isValid(came_from):
            give_focus(came_from)
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._fit()
        if watched is self.box and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._takes(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.shut()

    def _takes(self, event: QKeyEvent) -> bool:
        """Handle a key before the box does; tell whether it was one of ours."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Taken here: the box would let it go on to the window, which may have uses of its own.
            self._choose(self.results.current())
        elif event.key() == Qt.Key.Key_Tab:
            self.results.step_group(1)
        elif event.key() == Qt.Key.Key_Backtab:
            self.results.step_group(-1)
        else:
            return False
        return True

    def _choose(self, result: Result | None) -> None:
        if result is not None:
            self.shut()
            self.chosen.emit(result.key)

    def _on_results_clicked(self, index: QModelIndex) -> None:
        self._choose(index.data(_RESULT_ROLE))

    def _on_results_current_changed(self, words: str) -> None:
        # The focus stays in the box, so it is the box that tells a screen reader what Enter takes.
        self.box.setAccessibleDescription(words)

    def _fit(self) -> None:
        around = self._over.rect()
        self.setGeometry(around)
        width_px = min(WIDTH_PX, around.width() - 2 * MEDIUM_PX)
        most_px = around.height() - _TOP_PX - WIDE_PX
        margins_px = 2 * MEDIUM_PX + self.box.sizeHint().height()
        if not self.message.isHidden():
            margins_px += self.message.heightForWidth(width_px - 2 * MEDIUM_PX) + SMALL_PX
        if not self.results.isHidden():
            margins_px += self.results.whole_px() + SMALL_PX
        left_px = (around.width() - width_px) // 2
        self._card.setGeometry(left_px, _TOP_PX, width_px, min(margins_px, most_px))


class _Card(QWidget):
    """The raised ground on which box and results lie."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_PX, RADIUS_PX)
        painter.end()


class _ResultModel(QAbstractListModel):
    """Groups laid out as one list: a heading, then its results."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Result | ResultGroup] = []

    def show_groups(self, groups: Sequence[ResultGroup]) -> None:
        self.beginResetModel()
        self._lines = []
        for group in groups:
            self._lines += [group, *group.results]
        self.endResetModel()

    def line(self, row: int) -> Result | ResultGroup:
        return self._lines[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._lines[index.row()], ResultGroup):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == _RESULT_ROLE:
            return line if isinstance(line, Result) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, ResultGroup):
                return line.title
            return ", ".join(part for part in (line.title, line.note, line.detail) if part)
        return None


class _ResultCells(QStyledItemDelegate):
    """Draws headings and results."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, _HEAD_PX if index.data(_RESULT_ROLE) is None else _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette = self._view.palette()
        result: Result | None = index.data(_RESULT_ROLE)
        if result is None:
            area = option.rect.adjusted(SMALL_PX, 0, -SMALL_PX, -2)
            painter.setFont(Theme.font("caption_strong"))
            painter.setPen(palette.color(PALETTE_ROLE["muted"]))
            painter.drawText(area, Qt.AlignmentFlag.AlignBottom, index.data())
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            painter.drawRoundedRect(option.rect, RADIUS_PX, RADIUS_PX)
            painter.restore()
        self._draw(painter, option.rect.adjusted(SMALL_PX, 5, -SMALL_PX, -5), result)

    def helpEvent(
        self,
        event: Any,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Leave the tool tip to the viewport, which shows plain text only."""
        result: Result | None = index.data(_RESULT_ROLE) if index.isValid() else None
        set_tool_tip(view.viewport(), result.title if result else "")
        return False

    def _draw(self, painter: QPainter, area: QRect, result: Result) -> None:
        palette = self._view.palette()
        if result.icon:
            ratio = self._view.devicePixelRatioF()
            icon = self._theme.pixmap(result.icon, "muted", _ICON_PX, ratio)
            painter.drawPixmap(area.left(), area.top() + (area.height() - _ICON_PX) // 2, icon)
        area = area.adjusted(_ICON_PX + SMALL_PX + 4, 0, 0, 0)
        flags = Qt.TextFlag.TextSingleLine
        painter.setFont(Theme.font("caption_strong"))
        painter.setPen(palette.color(PALETTE_ROLE["ink"]))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, right | flags, result.note)
        area.setRight(area.right() - QFontMetrics(painter.font()).horizontalAdvance(result.note))
        for words, role, tone, place in (
            (result.title, "body", "ink", Qt.AlignmentFlag.AlignTop),
            (result.detail, "caption", "muted", Qt.AlignmentFlag.AlignBottom),
        ):
            font = Theme.font(role)  # type: ignore[arg-type]
            shown = QFontMetrics(font).elidedText(
                words, Qt.TextElideMode.ElideRight, area.width() - SMALL_PX
            )
            painter.setFont(font)
            painter.setPen(palette.color(PALETTE_ROLE[tone]))  # type: ignore[index]
            painter.drawText(area, place | flags, shown)


class _Results(QListView):
    """The list under the box; it never takes the focus."""

    current_changed = Signal(str)
    """What a screen reader is to say of the result that Enter would choose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _ResultModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(_ResultCells(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_groups(self, groups: Sequence[ResultGroup]) -> None:
        self._lines.show_groups(groups)
        self._go_to(self._next(-1, 1))

    def current(self) -> Result | None:
        """The result that Enter would choose."""
        index = self.currentIndex()
        return index.data(_RESULT_ROLE) if index.isValid() else None

    def whole_px(self) -> int:
        """How high all lines are together, in pixels."""
        rows = range(self._lines.rowCount())
        heads = sum(isinstance(self._lines.line(row), ResultGroup) for row in rows)
        return heads * _HEAD_PX + (len(rows) - heads) * _ROW_PX

    def step_down(self) -> None:
        self._go_to(self._next(self.currentIndex().row(), 1))

    def step_up(self) -> None:
        self._go_to(self._next(self.currentIndex().row(), -1))

    def step_group(self, by: int) -> None:
        """Go to the first result of the next or the previous group, round the end."""
        rows = range(self._lines.rowCount())
        firsts = [row + 1 for row in rows if isinstance(self._lines.line(row), ResultGroup)]
        here = self.currentIndex().row()
        if firsts:
            group = sum(first <= here for first in firsts) - 1
            self._go_to(firsts[(group + by) % len(firsts)])

    def _next(self, row: int, by: int) -> int:
        """The next row in a direction that holds a result, or the same one at the end."""
        there = row + by
        while 0 <= there < self._lines.rowCount():
            if isinstance(self._lines.line(there), Result):
                return there
            there += by
        return row

    def _go_to(self, row: int) -> None:
        index = self._lines.index(max(row, 0), 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row == 1:
            self.scrollToTop()
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        self.current_changed.emit(spoken)
