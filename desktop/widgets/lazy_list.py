"""A long list of rows that are built as the reader nears them."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.theme import LARGE_PX

BATCH: Final = 40

K = TypeVar("K", bound=Hashable)
W = TypeVar("W", bound=QWidget)


class LazyList(QWidget):
    """Rows under one another, each standing for a key.

    Inside a scroll area the first ``BATCH`` rows are built, and as many again whenever the
    reader comes within a page of the last; outside one, all of them. Up, Down, Home and End move
    the focus from row to row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[Hashable, ...] = ()
        self._rows: dict[Hashable, QWidget] = {}
        self._shown: dict[Hashable, object] = {}
        self._make: Callable[[], QWidget] | None = None
        self._fill: Callable[[Any, Any], None] | None = None
        self._content: Callable[[Any], object] | None = None
        self._scroll: QScrollArea | None = None
        self._building = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_rows(
        self,
        keys: Sequence[K],
        make: Callable[[], W],
        fill: Callable[[W, K], None],
        content: Callable[[K], object] | None = None,
    ) -> None:
        """Show one row for each of ``keys``, in that order; a key stands once.

        ``make`` returns an empty row; ``fill`` writes what stands under a key into one. A row
        whose key stays is kept, with its focus, and filled again only if ``content`` of the key
        is no longer equal to what it was; without ``content``, every time. Rows whose key went
        are used again for new ones.
        """
        if make != self._make:
            self._discard(list(self._rows.values()))
            self._rows, self._shown = {}, {}
        self._make, self._fill, self._content = make, fill, content
        kept = any(key in self._rows for key in keys)
        count = max(BATCH, len(self._rows)) if kept else BATCH
        self._keys = tuple(keys)
        self._build(count)
        self._build_near()

    def keys(self) -> tuple[Hashable, ...]:
        """Return all keys, built or not."""
        return self._keys

    def row(self, key: Hashable) -> QWidget | None:
        """Return the row of ``key`` if it has been built."""
        return self._rows.get(key)

    def reveal(self, key: Hashable) -> None:
        """Build as far as ``key``, bring its row into view and give it the focus."""
        if key not in self._keys:
            return
        if key not in self._rows:
            self._build(self._keys.index(key) + 1)
            # New rows have their places only in the next turn.
            QTimer.singleShot(0, self._show_focus)
        self._go_to(self._rows[key])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        ancestor = self.parentWidget()
        while ancestor is not None and not isinstance(ancestor, QScrollArea):
            ancestor = ancestor.parentWidget()
        if self._scroll is None and ancestor is not None:
            self._scroll = ancestor
            bar = ancestor.verticalScrollBar()
            bar.valueChanged.connect(self._build_near)
        self._build_near()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._build_near()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._build_near()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = list(self._rows.values())
        here = next((place for place, row in enumerate(rows) if _has_focus(row)), None)
        there = None if here is None else _steps(event.key(), here, len(rows) - 1)
        if there is not None and 0 <= there < len(rows):
            self._go_to(rows[there])
        else:
            super().keyPressEvent(event)

    def _build(self, count: int) -> None:
        """Have rows for just the first ``count`` keys, in order, showing what is so now."""
        if self._make is None or self._fill is None:
            return
        # What a row shows while it is filled resizes the list, which then asks for more rows.
        self._building = True
        try:
            self._build_rows(self._make, self._fill, self._keys[:count])
        finally:
            self._building = False

    def _build_rows(
        self,
        make: Callable[[], QWidget],
        fill: Callable[[Any, Any], None],
        wanted: Sequence[Hashable],
    ) -> None:
        staying = {key: self._rows[key] for key in wanted if key in self._rows}
        spare = [row for key, row in self._rows.items() if key not in staying]
        in_place = list(self._rows) == list(wanted)
        rows: dict[Hashable, QWidget] = {}
        shown: dict[Hashable, object] = {}
        for place, key in enumerate(wanted):
            row = staying.get(key) or (spare.pop(0) if spare else make())
            rows[key] = row
            content = self._content(key) if self._content else None
            shown[key] = content
            if key not in staying or self._content is None or self._shown[key] != content:
                fill(row, key)
            if in_place:
                continue
            item = self._column.itemAt(place)
            if item is None or item.widget() is not row:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
        self._rows, self._shown = rows, shown
        self._discard(spare)

    def _discard(self, rows: Sequence[QWidget]) -> None:
        for row in rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _build_near(self) -> None:
        built = len(self._rows)
        if self._building or built == len(self._keys) or not self.isVisible():
            return
        if self._scroll is None:
            self._build(len(self._keys))
            return
        # New rows come into view one by one; until the last is there, they need no height yet.
        if self._rows and next(reversed(self._rows.values())).isHidden():
            return
        viewport = self._scroll.viewport()
        # What the rows need, not what they have: before they are laid out that is nothing.
        needed_px = self._column.minimumSize().height()
        if self._column.hasHeightForWidth():
            needed_px = self._column.minimumHeightForWidth(self.width())
        if self.mapTo(viewport, QPoint(0, needed_px)).y() < 2 * viewport.height():
            self._build(built + BATCH)

    def _go_to(self, row: QWidget) -> None:
        # A layout shows what it is given only in the next turn, and what is hidden takes no focus.
        row.show()
        # Qt has the ring shown for Tab itself and for shortcuts; an arrow is as good as one.
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_focus()

    def _show_focus(self) -> None:
        focus = self.window().focusWidget()
        if self._scroll is not None and self.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus, 0, LARGE_PX)


def _has_focus(row: QWidget) -> bool:
    focus = row.window().focusWidget()
    return focus is row or row.isAncestorOf(focus)


def _steps(key: int, here: int, last: int) -> int | None:
    if key == Qt.Key.Key_Up:
        return here - 1
    if key == Qt.Key.Key_Down:
        return here + 1
    return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(key))
