"""One fact in full: what it says, how sure it is, and every source with its words."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.model.dossier import ChangeSet, Ref, whole_id
from desktop.model.records import Fact
from desktop.panes.fact_parts import BlockMaker
from desktop.panes.fact_words import Block, Paragraphs, as_text, blocks, find_fact
from desktop.services.language import Locale, tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX
from desktop.widgets.link import Link
from desktop.widgets.pressable import draw_focus_ring
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text, set_tool_tip
from desktop.workspace import Workspace

_ICON_PX: Final = 16
_STEP_PX: Final = 48


class FactView(QWidget):
    """Shows the fact of ``show_fact`` and keeps it up to date, beside a table or in a drawer.

    With the focus on the whole view, the arrow and page keys scroll and Ctrl+C copies the fact
    as text; Tab goes on to its quotations and links.
    """

    edit_asked = Signal(object)
    """Ref of the fact that is to be edited."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._fact_id: str | None = None
        self._shown: list[Block] = []
        self._controls: list[QWidget] = []
        self._maker = BlockMaker(
            workspace.theme, self._on_link_activated, workspace.links.open, self._on_settle_asked
        )
        self._ring = False
        self._stale = False
        self._place = Text(role="source", selectable=True, wrap=True)
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QToolButton()
        self.copy_button.setAccessibleName(tr("Copy this fact as text"))
        self.copy_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_tool_tip(self.copy_button, tr("Copy this fact as text (Ctrl+C)"))
        self.copy_button.clicked.connect(self.copy)
        self.edit_button = Link(tr("Edit"))
        self.edit_button.activated.connect(self._on_edit_button_activated)
        set_tool_tip(self.edit_button, tr("Edit this fact (E)"))
        bar = QHBoxLayout()
        bar.setSpacing(SMALL_PX)
        bar.addWidget(self._place, 1)
        bar.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignTop)
        bar.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, SMALL_PX, MEDIUM_PX)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = Scroll(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Fact in full"))
        workspace.theme.changed.connect(self._on_theme_changed)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.settings.changed.connect(self._on_settings_changed)
        self._on_theme_changed()
        self._refresh()

    @property
    def fact_id(self) -> str | None:
        return self._fact_id

    def sizeHint(self) -> QSize:
        return QSize(400, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    def show_fact(self, fact_id: str | None) -> None:
        """Show this fact from its top, or say that none is chosen."""
        if fact_id != self._fact_id:
            self._fact_id = fact_id
            self._scroll.verticalScrollBar().setValue(0)
            self._refresh_when_seen()

    def as_text(self) -> str:
        """The fact with quotations, sources, grades and addresses; empty without one."""
        speak = self._speak()
        fact = find_fact(speak.dossier, self._fact_id) if self._fact_id else None
        return as_text(speak, fact) if fact else ""

    def copy(self) -> None:
        """Put the fact as text on the clipboard."""
        text = self.as_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        page_px = self._scroll.viewport().height() - _STEP_PX
        steps = {
            Qt.Key.Key_Down: _STEP_PX,
            Qt.Key.Key_Up: -_STEP_PX,
            Qt.Key.Key_PageDown: page_px,
            Qt.Key.Key_PageUp: -page_px,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif is_edit_key(event):
            self.ask_edit()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ring:
            painter = QPainter(self)
            draw_focus_ring(painter, QRectF(self.rect()), self.palette())
            painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self._refresh()
        super().showEvent(event)

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _refresh(self) -> None:
        self._stale = False
        speak = self._speak()
        fact = find_fact(speak.dossier, self._fact_id) if self._fact_id else None
        self._place.setText(self._where(fact))
        self._place.setVisible(fact is not None)
        self.copy_button.setVisible(fact is not None)
        self.edit_button.setVisible(fact is not None)
        none = Paragraphs("", (self._why_none(),))
        self._show_blocks(list(blocks(speak, fact)) if fact else [none])
        self.setAccessibleDescription(as_text(speak, fact) if fact else self._why_none())

    def _show_blocks(self, wanted: list[Block]) -> None:
        """Bring the column to these blocks; one that says the same as before is kept."""
        held_focus = self._content.isAncestorOf(self.window().focusWidget())
        kept: dict[Block, list[QWidget]] = {}
        for block, control in zip(self._shown, self._controls, strict=True):
            kept.setdefault(block, []).append(control)
        controls = []
        for place, block in enumerate(wanted):
            same = kept.get(block)
            control = same.pop(0) if same else self._maker.make(block)
            if self._column.indexOf(control) != place:
                self._column.removeWidget(control)
                self._column.insertWidget(place, control)
                control.show()
            controls.append(control)
        for control in chain.from_iterable(kept.values()):
            self._column.removeWidget(control)
            control.hide()
            control.deleteLater()
        self._shown, self._controls = wanted, controls
        # A block that is kept is older than those before it, and Tab would come to it first.
        parts = (part for control in controls for part in control.findChildren(QWidget))
        for one, other in pairwise(filter(_takes_tab, parts)):
            QWidget.setTabOrder(one, other)
        if held_focus and not self._content.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _where(self, fact: Fact | None) -> str:
        """The id, and where in the file it stands."""
        if fact is None:
            return ""
        file, line = self._workspace.file, line_of(self._workspace, Ref(Fact, fact.id))
        if file is None or not line:
            return fact.id
        where = tr("{file} line {line}").format(file=file.path.name, line=line)
        return f"{fact.id}, {where}"

    def _why_none(self) -> str:
        if self._fact_id is None:
            return tr("Choose a fact to read it in full, with every source.")
        ref = Ref(Fact, self._fact_id.partition("/")[0])
        if ref in self._workspace.store.dossier.left_out:
            return tr(
                "“{id}” is in the file but could not be read; the problems of the file say why."
            ).format(id=ref.id)
        return tr("There is no fact “{id}” in this file.").format(id=self._fact_id)

    def _on_link_activated(self, ref: Ref) -> None:
        self._workspace.selection.reveal(ref.id, ref.kind)

    def _on_settle_asked(self) -> None:
        if self._fact_id is not None:
            self._workspace.selection.settle(self._fact_id)

    def _on_edit_button_activated(self) -> None:
        self.ask_edit()

    def ask_edit(self) -> None:
        """Ask for the form of the fact in view, or of the table that it is a row of."""
        if self._fact_id is not None:
            self.edit_asked.emit(Ref(Fact, whole_id(self._fact_id)))

    def _on_theme_changed(self) -> None:
        self.copy_button.setIcon(self._workspace.theme.icon("copy", "muted", _ICON_PX))

    def _on_store_changed(self, _changes: ChangeSet) -> None:
        self._refresh_when_seen()

    def _on_settings_changed(self, key: str) -> None:
        if key == "audience":
            self._refresh_when_seen()

    def _refresh_when_seen(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def is_edit_key(event: QKeyEvent) -> bool:
    """Whether a key asks for the form: E or F2."""
    return event.key() in (Qt.Key.Key_E, Qt.Key.Key_F2) and not event.modifiers()


def line_of(workspace: Workspace, ref: Ref) -> int:
    """The line on which a record begins, counted with what is not saved yet; 0 if it has none."""
    draft, file = workspace.store.draft, workspace.file
    if draft is not None:
        return draft.line_of(Ref(ref.kind, whole_id(ref.id)))
    return file.reading.place_of(ref)[0] if file is not None else 0
