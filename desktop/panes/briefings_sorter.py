"""The slides of a briefing one below the other, to be looked through and put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.figures.drawing import broken
from desktop.figures.slide_pictures import SlidePictures
from desktop.model.dossier import Dossier
from desktop.model.records import Briefing, Slide
from desktop.services.language import Locale, tr
from desktop.services.theme import SMALL_PX, Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_SLIDE_PX: Final = QSize(128, 72)
_HEAD_PX: Final = 34
_ROW_PX: Final = _SLIDE_PX.height() + 2 * SMALL_PX
_FORMAT: Final = "application/x-charthouse-slide"
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole
_FAINT: Final = 0.6
_WITH_CONTROL: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_D)
_Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """One slide of the list: its title as the audience reads it, its time, what to look at."""

    slide_id: str
    number: int
    title: str
    seconds: int | None
    findings: int
    is_backup: bool


class Order(NamedTuple):
    """The slides of a briefing and its backups, by id, as they are to stand."""

    slides: tuple[str, ...]
    backup: tuple[str, ...]


class SlideSorter(QListView):
    """``reordered`` asks for an order; ``chosen`` names the slide that the reader came to.

    A slide is dragged to its place, or moved with Ctrl+Up and Ctrl+Down; below the line stand the
    backups. ``duplicated`` and ``removed`` name a slide that is to be doubled or taken out.
    """

    chosen = Signal(str)
    reordered = Signal(object)
    duplicated = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self._rows.dropped.connect(self._on_rows_dropped)
        self.setModel(self._rows)
        self._cells = _Cells(theme, self)
        self.setItemDelegate(self._cells)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Slides"))
        self.selectionModel().currentChanged.connect(self._on_selection_current_changed)

    def show_briefing(
        self, briefing: Briefing | None, rows: Sequence[Row], dossier: Dossier
    ) -> None:
        """List these slides; the one in view stays so if it is still there."""
        here = self.current()
        self._cells.pictures.draw_from(briefing.id if briefing else "", dossier)
        self._rows.show(rows)
        self.choose(here)

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw map slides on this coast from now on."""
        self._cells.pictures.show_basemap(basemap)
        self.viewport().update()

    def choose(self, slide_id: str) -> None:
        """Bring a slide into view, or none."""
        place = self._rows.place_of(slide_id)
        index = self._rows.index(place) if place is not None else QModelIndex()
        if index != self.currentIndex():
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(blocked)
            self.viewport().update()

    def current(self) -> str:
        """Id of the slide in view, or an empty string."""
        row = self.currentIndex().data(_ROW_ROLE)
        return row.slide_id if isinstance(row, Row) else ""

    def shift(self, by: int) -> None:
        """Move the slide in view up or down, across the line to the backups too."""
        here = self.currentIndex().row()
        lines = self._rows.lines()
        if not isinstance(self.currentIndex().data(_ROW_ROLE), Row):
            return
        there = here + by
        if 0 <= there < len(lines) and not (there == 0 and lines[0] is None):
            line = lines.pop(here)
            lines.insert(there, line)
            self.reordered.emit(_order_of(lines))

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the sorter before the menu, where some have another use."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Delete or (control and event.key() in _WITH_CONTROL):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        control = Qt.KeyboardModifier.ControlModifier
        if held == control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if key == Qt.Key.Key_Up else 1)
        elif held == control and key == Qt.Key.Key_D and self.current():
            self.duplicated.emit(self.current())
        elif key == Qt.Key.Key_Delete and self.current():
            self.removed.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _on_rows_dropped(self, slide_id: str, row: int) -> None:
        lines = self._rows.lines()
        here = self._rows.place_of(slide_id)
        if here is None:
            return
        line = lines.pop(here)
        lines.insert(row - (here < row), line)
        order = _order_of(lines)
        # Qt is still within the drop: the list is not to change under it.
        QTimer.singleShot(0, self, partial(self.reordered.emit, order))

    def _on_selection_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(_ROW_ROLE)
        if isinstance(row, Row):
            self.chosen.emit(row.slide_id)


def _order_of(lines: Sequence[Row | None]) -> Order:
    """The order that lines stand for; None is the line above the backups."""
    divide = lines.index(None)
    running = (row.slide_id for row in lines[:divide] if row)
    return Order(tuple(running), tuple(row.slide_id for row in lines[divide + 1 :] if row))


class _Rows(QAbstractListModel):
    """Running slides, the line above the backups, and the backups."""

    dropped = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Row | None] = [None]

    def show(self, rows: Sequence[Row]) -> None:
        running: list[Row | None] = [row for row in rows if not row.is_backup]
        lines = [*running, None, *(row for row in rows if row.is_backup)]
        if len(lines) == len(self._lines):
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def lines(self) -> list[Row | None]:
        return list(self._lines)

    def place_of(self, slide_id: str) -> int | None:
        places = (n for n, row in enumerate(self._lines) if row and row.slide_id == slide_id)
        return next(places, None)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        row = self._lines[index.row()]
        if role == _ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row is None:
                return tr("Backups, reached by number")
            return f"{row.number}. {row.title}"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if self._lines[index.row()] is None:
            return Qt.ItemFlag.NoItemFlags
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return shown | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        row = indexes[0].data(_ROW_ROLE) if indexes else None
        if isinstance(row, Row):
            data.setData(_FORMAT, QByteArray(row.slide_id.encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        slide_id = data.data(_FORMAT).toStdString()
        if slide_id:
            self.dropped.emit(slide_id, row if row >= 0 else len(self._lines))
        # Our own order comes back through the store; Qt is not to take the row out as well.
        return False


class _Cells(QStyledItemDelegate):
    """Draws a small picture of each slide, its number, title and time."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.pictures = SlidePictures(_SLIDE_PX, self)
        self.pictures.painted.connect(self._on_pictures_painted)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW_PX if index.data(_ROW_ROLE) else _HEAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette, area = self._view.palette(), option.rect
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        row: Row | None = index.data(_ROW_ROLE)
        painter.save()
        if row is None:
            painter.setFont(Theme.font("caption_strong"))
            painter.setPen(muted)
            words = area.adjusted(SMALL_PX, 0, -SMALL_PX, -6)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(words, flags, tr("Backups, reached by number"))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._theme.colours.chosen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colours.link, 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        picture = QRect(area.topLeft(), _SLIDE_PX).translated(SMALL_PX + 22, SMALL_PX)
        self._paint_picture(painter, picture, row)
        painter.setFont(Theme.font("caption"))
        painter.setPen(muted)
        number = QRect(area.left(), picture.top(), SMALL_PX + 16, 20)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight, str(row.number))
        words = QRect(picture.right() + SMALL_PX, picture.top() - 2, 0, picture.height())
        words.setRight(area.right() - SMALL_PX)
        self._paint_words(painter, words, row, muted)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, row: Row, muted: Any) -> None:
        painter.setPen(self._view.palette().color(QPalette.ColorRole.WindowText))
        above = area.adjusted(0, 0, 0, -18)
        metrics = painter.fontMetrics()
        most = max(above.height() // metrics.lineSpacing(), 1)
        lines = broken(row.title, "caption", above.width()).split("\n")
        if len(lines) > most:
            rest = " ".join(lines[most - 1 :])
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, above.width())
            lines = [*lines[: most - 1], shown]
        painter.drawText(above, Qt.AlignmentFlag.AlignTop, "\n".join(lines))
        painter.setFont(Theme.font("source"))
        painter.setPen(muted)
        below = area.adjusted(0, area.height() - 16, 0, 2)
        time = f"{row.seconds // 60}:{row.seconds % 60:02}" if row.seconds is not None else ""
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, time)

    def _paint_picture(self, painter: QPainter, area: QRect, row: Row) -> None:
        shown = self.pictures.picture(row.slide_id, self._view.devicePixelRatioF())
        if shown is not None:
            painter.setOpacity(_FAINT if row.is_backup else 1.0)
            painter.drawImage(area, shown)
            painter.setOpacity(1.0)
        painter.setPen(QPen(self._theme.colours.hairline, 1))
        painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _on_pictures_painted(self) -> None:
        self._view.viewport().update()


def rows_of(
    slides: Sequence[Slide],
    backups: Sequence[Slide],
    speak: Locale,
    findings: Callable[[str], int],
) -> list[Row]:
    """The rows of a briefing; ``findings`` tells how much there is to look at on a slide."""
    found = []
    for number, slide in enumerate((*slides, *backups), start=1):
        title = "".join(each.text for each in speak.sentence(slide.title))
        is_backup = number > len(slides)
        count = findings(slide.id)
        found.append(Row(slide.id, number, title, slide.seconds, count, is_backup))
    return found
