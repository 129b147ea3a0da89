"""The fields of one kind of record, laid out once and filled for each record that is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.problems import FieldPath
from desktop.model.records import About, Record
from desktop.panes.form_editors import (
    Editor,
    LeafEditor,
    StructEditor,
    section_of,
)
from desktop.panes.form_fields import SELDOM, EditorMaker, rows_of
from desktop.panes.form_lists import ItemsEditor
from desktop.services.language import tr
from desktop.services.record_words import field_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.button import Button
from desktop.widgets.line import Line
from desktop.widgets.link import Link
from desktop.widgets.text import Text

ID: Final = "id"
_GAP_PX: Final = 12


class Mark(NamedTuple):
    """What is said beside a field, and where in it."""

    path: FieldPath
    words: str
    doubtful: bool = False


class FormPage(QWidget):
    """One editor for each field of ``kind``; those seldom filled wait behind a link."""

    settled = Signal(str)
    """The field in which something was edited to an end."""
    typed = Signal(str)

    def __init__(self, kind: type[Record], maker: EditorMaker) -> None:
        super().__init__()
        self.kind = kind
        self.editors: dict[str, Editor] = {}
        self.duplicate_button = Button(tr("Duplicate"), parent=self)
        self.delete_button = Button(tr("Delete"), parent=self)
        self.more = Link(tr("More fields"))
        self.more.activated.connect(self._on_more_activated)
        self._seldom: dict[str, QWidget] = {}
        self._marks: dict[str, list[Mark]] = {}
        self._doubts: dict[str, Text] = {}
        self._shows_all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SMALL_PX, MEDIUM_PX, MEDIUM_PX)
        self._column.setSpacing(_GAP_PX)
        for row in rows_of(kind):
            self._column.addLayout(self._row(row, maker))
        self._column.addWidget(self.more)
        if kind is not About:
            self._column.addWidget(self._place(ID, LeafEditor(tr("Id"), Line(), str)))
            buttons = QHBoxLayout()
            buttons.setSpacing(SMALL_PX)
            buttons.addWidget(self.duplicate_button)
            buttons.addWidget(self.delete_button)
            buttons.addStretch(1)
            self._column.addLayout(buttons)
        self._column.addStretch(1)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show a record field by field; what is being typed stays."""
        for name, editor in self.editors.items():
            editor.show_value(values.get(name))
        self._show_seldom(values)

    def set_read_only(self, read_only: bool) -> None:
        """Let the record be read and copied, and not be edited; or let it be edited."""
        self.duplicate_button.setEnabled(not read_only)
        self.delete_button.setEnabled(not read_only)
        for editor in self.editors.values():
            if editor.is_read_only != read_only:
                editor.set_read_only(read_only)

    def show_marks(self, marks: Mapping[str, list[Mark]]) -> None:
        """Say beside each field what is wrong with it, and nothing beside the others."""
        for name, editor in self.editors.items():
            wanted = marks.get(name, [])
            if wanted != self._marks.get(name, []):
                editor.clear_marks()
                self._doubt(name, [mark for mark in wanted if mark.doubtful and not mark.path])
                for mark in wanted:
                    if not self._is_wide_doubt(name, mark):
                        editor.mark(mark.path, mark.words, doubtful=mark.doubtful)
        self._marks = dict(marks)
        for name in marks:
            self._seldom.get(name, self).show()

    def touched(self) -> dict[FieldPath, str]:
        """What is typed and not settled, by field and below."""
        return {
            (name, *path): text
            for name, editor in self.editors.items()
            for path, text in editor.touched().items()
        }

    def retype(self, texts: Mapping[FieldPath, str]) -> None:
        for name, editor in self.editors.items():
            own = {path[1:]: text for path, text in texts.items() if path[0] == name}
            if own:
                editor.retype(own)
                self._seldom.get(name, self).show()

    def take_back(self) -> None:
        for editor in self.editors.values():
            editor.take_back()

    def first(self) -> QWidget:
        return next(iter(self.editors.values())).first()

    def reveal(self, name: str, path: FieldPath = ()) -> QWidget:
        """The control of a field, or at a path below; brought out if it waits behind the link."""
        self._seldom.get(name, self).show()
        return self.editors[name].at(path)

    def doubts(self, name: str) -> str:
        """What is doubtful of a field that shares its row, said across the row."""
        return self._doubts[name].text() if name in self._doubts else ""

    def _doubt(self, name: str, marks: list[Mark]) -> None:
        place = self._doubts.get(name)
        if place is not None:
            place.setText("\n".join(mark.words for mark in marks))
            place.setVisible(bool(marks))

    def _is_wide_doubt(self, name: str, mark: Mark) -> bool:
        return mark.doubtful and not mark.path and name in self._doubts

    def _row(self, names: Sequence[str], maker: EditorMaker) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        around = QVBoxLayout()
        around.setSpacing(TIGHT_PX)
        around.addLayout(line)
        for name in names:
            line.addWidget(self._place(name, maker.make(self.kind, name)), 1)
            if len(names) > 1:
                self._doubts[name] = Text(role="source", tone="stale", wrap=True, parent=self)
                self._doubts[name].hide()
                around.addWidget(self._doubts[name])
        return around

    def _place(self, name: str, editor: Editor) -> QWidget:
        self.editors[name] = editor
        editor.settled.connect(partial(self.settled.emit, name))
        editor.typed.connect(partial(self.typed.emit, name))
        has_heading = isinstance(editor, StructEditor | ItemsEditor)
        place = section_of(field_words(name), editor) if has_heading else editor
        if name in SELDOM.get(self.kind, ()):
            self._seldom[name] = place
        return place

    def _show_seldom(self, values: Mapping[str, Any]) -> None:
        for name, place in self._seldom.items():
            filled = values.get(name) not in (None, (), {})
            place.setVisible(self._shows_all or filled or bool(self.editors[name].touched()))
        self.more.setVisible(any(place.isHidden() for place in self._seldom.values()))

    def _on_more_activated(self) -> None:
        self._shows_all = True
        waiting = [name for name, place in self._seldom.items() if place.isHidden()]
        for place in self._seldom.values():
            place.show()
        self.more.hide()
        self.editors[waiting[0]].first().setFocus(Qt.FocusReason.TabFocusReason)
