"""The parts of a form that hold several values: records named, citations, rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.files.fields import Fault, Faults, to_value
from desktop.model.checks import QUOTE_WORDS
from desktop.model.dates import EdtfDate
from desktop.model.problems import FieldPath, Malformed
from desktop.model.records import Citation, Point, Points
from desktop.model.values import LocalText, Quantity
from desktop.panes.fact_words import quoted
from desktop.panes.form_editors import (
    Around,
    Editor,
    GroupEditor,
    LeafEditor,
    StructEditor,
    Texts,
    text_of,
)
from desktop.panes.new_source import is_address
from desktop.services.citation_words import grade_of, grade_words
from desktop.services.language import audience_words, tr
from desktop.services.theme import RADIUS_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.badge import Grade
from desktop.widgets.button import Button
from desktop.widgets.chooser import Choices, Chooser
from desktop.widgets.entry import Entry
from desktop.widgets.line import Line, TextBox
from desktop.widgets.link import Link
from desktop.widgets.row import Row
from desktop.widgets.text import ElidedText, set_tool_tip

_ICON_PX: Final = 14


class RefsEditor(Editor):
    """Several records named by one field: each in a row of its own, and a chooser for another."""

    def __init__(self, label: str, choices: Choices, around: Around) -> None:
        super().__init__()
        self._label = label
        self._choices = choices
        self._around = around
        self._ids: tuple[str, ...] = ()
        self._rows: list[QWidget] = []
        self.chooser = Chooser(choices)
        self.chooser.setPlaceholderText(tr("Add…"))
        self.entry = Entry(label, self.chooser)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        column.addWidget(self.entry)
        column.addLayout(self._list)
        self.chooser.settled.connect(self.settled)
        self.chooser.typed.connect(self.typed)

    def show_value(self, value: Any) -> None:
        ids = tuple(value or ())
        if self.chooser.is_touched and self.chooser.key() in ids:
            self.chooser.put_text("")
        if ids != self._ids or len(ids) != len(self._rows):
            self._ids = ids
            self._fill()

    def value(self, path: FieldPath, faults: Faults) -> tuple[str, ...]:
        added = self.chooser.key()
        return (*self._ids, added) if added else self._ids

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        if doubtful:
            self.entry.warn(words)
        else:
            self.entry.refuse(words)

    def clear_marks(self) -> None:
        self.entry.refuse("")
        self.entry.warn("")

    def touched(self) -> dict[FieldPath, str]:
        return {(): self.chooser.text()} if self.chooser.is_touched else {}

    def retype(self, texts: Texts) -> None:
        if () in texts:
            self.chooser.put_text(texts[()])

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.chooser.setReadOnly(read_only)
        self._fill()

    def take_back(self) -> None:
        self.chooser.put_text("")

    def first(self) -> QWidget:
        return self.chooser

    def remove(self, record_id: str) -> None:
        """Name this record no more."""
        self._ids = tuple(each for each in self._ids if each != record_id)
        self._fill()
        self.chooser.setFocus()
        self.settled.emit()

    def shift(self, record_id: str, by: int) -> None:
        """Let a record change places with the one before or after it."""
        here = self._ids.index(record_id)
        there = here + by
        if 0 <= there < len(self._ids):
            ids = list(self._ids)
            ids[here], ids[there] = ids[there], ids[here]
            self._ids = tuple(ids)
            self._fill()
            self._rows[there].setFocus(Qt.FocusReason.OtherFocusReason)
            self.settled.emit()

    def _fill(self) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(each, self._choices.words(each) or each) for each in self._ids]
        for row in self._rows:
            self._list.addWidget(row)

    def _row(self, record_id: str, words: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL_PX)
        line.addWidget(ElidedText(words, "caption", tone="ink"), 1)
        cross = _Cross(tr("Take out {name}").format(name=words), record_id, self)
        line.addWidget(cross)
        cross.setEnabled(not self.is_read_only)
        row.setFocusProxy(cross)
        return row


class _Cross(QToolButton):
    """Takes one row out of a list; Alt with the arrow keys moves it."""

    def __init__(self, name: str, record_id: str, editor: RefsEditor) -> None:
        super().__init__()
        self._record_id = record_id
        self._editor = editor
        self.setAccessibleName(name)
        set_tool_tip(self, name)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setIcon(editor._around.theme.icon("x", "muted", _ICON_PX))
        self.clicked.connect(self._on_self_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._editor.shift(self._record_id, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_self_clicked(self) -> None:
        self._editor.remove(self._record_id)


class ItemsEditor(GroupEditor):
    """Things of one kind after one another; a new one joins once it has all that it needs."""

    def __init__(
        self, make: Callable[[], StructEditor], add_words: str, join: type = tuple
    ) -> None:
        super().__init__()
        self._make = make
        self._join = join
        self.items: list[StructEditor] = []
        self._known = 0
        self.add_button = Button(add_words)
        self.add_button.clicked.connect(self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT_PX)
        self.column.addLayout(self._list)
        self.column.addWidget(self.own_words)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, value: Any) -> None:
        values: Sequence[Any] = value or ()
        while len(self.items) > max(len(values), self._known and len(values)):
            if len(self.items) > self._known and self.items[-1].touched():
                break
            self._drop(self.items[-1])
        for number, each in enumerate(values):
            if number == len(self.items):
                self._append()
            self.items[number].show_value(each)
        self._known = len(values)

    def value(self, path: FieldPath, faults: Faults) -> Any:
        found = (item.value((*path, n), faults) for n, item in enumerate(self.items))
        return self._join(each for each in found if each is not None)

    def retype(self, texts: Texts) -> None:
        for path in texts:
            while len(self.items) <= int(path[0]):
                self._append()
        super().retype(texts)

    def take_back(self) -> None:
        for item in self.items[self._known :]:
            self._drop(item)
        super().take_back()

    def first(self) -> QWidget:
        return self.items[0].first() if self.items and self.items[0].parts else self.add_button

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.add_button.setEnabled(not read_only)

    def add(self) -> None:
        """Begin a new one."""
        item = self._append()
        item.unfold()

    def remove(self, item: StructEditor) -> None:
        self._drop(item)
        self.add_button.setFocus()
        self.settled.emit()

    def _append(self) -> StructEditor:
        item = self._make()
        self.items.append(item)
        self.add_part(len(self.items) - 1, item)
        self._list.addWidget(item)
        return item

    def _drop(self, item: StructEditor) -> None:
        self.items.remove(item)
        self._list.removeWidget(item)
        item.blockSignals(True)
        item.hide()
        item.deleteLater()
        self.parts = dict(enumerate(self.items))


class CitationEditor(StructEditor):
    """One source with its words: a line to press, and behind it the fields."""

    removed = Signal(object)
    source_asked = Signal(str)
    """Id of the source that is to be edited, or the address of one that is not there yet."""

    def __init__(
        self,
        around: Around,
        rows: Sequence[Sequence[str]],
        make: Callable[[type[msgspec.Struct], str], Editor],
    ) -> None:
        super().__init__(Citation, rows, make)
        self._around = around
        self.head = _Head(look="pill")
        self._edit = Link(parent=self)
        self._edit.hide()
        self._remove = Link(tr("Take this citation out"), parent=self)
        self._remove.hide()
        self._source = ElidedText(role="label")
        self._grade = Grade()
        self._quote = ElidedText(role="source", tone="muted")
        line = QHBoxLayout(self.head)
        line.setContentsMargins(SMALL_PX + 2, SMALL_PX, SMALL_PX + 2, SMALL_PX)
        line.setSpacing(SMALL_PX)
        line.addWidget(self._source, 3)
        line.addWidget(self._grade)
        line.addWidget(self._quote, 2)
        self.head.activated.connect(self._on_head_activated)
        self.column.insertWidget(0, self.head)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._show_head()

    def value(self, path: FieldPath, faults: Faults) -> Any:
        value = super().value(path, faults)
        if value is None and self.parts:
            # A citation that is whole is checked with its record.
            words = len(self._text("quote").split())
            if words > QUOTE_WORDS:
                params = {"words": str(words), "most": str(QUOTE_WORDS)}
                self._unripe.append(Fault("long-quotation", (*path, "quote"), params))
        return value

    def build(self) -> None:
        if self.parts:
            return
        super().build()
        links = QHBoxLayout()
        links.setSpacing(SMALL_PX * 2)
        edit, remove = self._edit, self._remove
        edit.activated.connect(self._on_edit_activated)
        self.parts["source"].typed.connect(self._name_edit)
        self._name_edit()
        remove.activated.connect(self._on_remove_activated)
        links.addWidget(edit)
        links.addWidget(remove)
        links.addStretch(1)
        column = self.body.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(links)
        self.set_read_only(self.is_read_only)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        if self.parts:
            self._remove.setVisible(not read_only)
            self._name_edit()

    def unfold(self) -> None:
        super().unfold()
        self._show_head()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held
        source = self.parts.get("source")
        asks = enters and not self.is_read_only
        is_there = source is not None and source.first().hasFocus()
        if asks and is_there and self._is_new_address():
            self._on_edit_activated()
        else:
            super().keyPressEvent(event)

    def lacking(self, given: Mapping[str, Any]) -> list[str]:
        missing = super().lacking(given)
        return missing if given.get("quote") or given.get("locator") else [*missing, "quote"]

    def _show_head(self) -> None:
        value = self._value
        if self.parts:
            self._name_edit()
        self.head.setVisible(value is not None)
        if not isinstance(value, Citation):
            return
        speak = self._around.speak()
        source = speak.dossier.sources.get(value.source)
        name = speak.source(source) if source else value.source
        words = quoted(value.quote) if value.quote else value.locator or ""
        self._source.setText(name)
        self._grade.setText(grade_of(source, value))
        self._grade.setAccessibleName(grade_words(source, value))
        self._quote.setText(words)
        self.head.set_name(f"{name}, {grade_words(source, value)}, {words}")

    def _on_head_activated(self) -> None:
        if self.body.isVisible():
            self.body.hide()
        else:
            self.unfold()
        self.head.set_chosen(self.body.isVisible())

    def _on_edit_activated(self) -> None:
        self.source_asked.emit(self._text("source"))

    def _text(self, name: str) -> str:
        field = self.parts[name]
        assert isinstance(field, LeafEditor)
        return field.text()

    def _name_edit(self) -> None:
        known = self._text("source") in self._around.speak().dossier.sources
        is_new = self._is_new_address()
        words = tr("Add it as a new source") if is_new else tr("Add a new source")
        known_words = tr("Show this source") if self.is_read_only else tr("Edit this source")
        self._edit.set_words(known_words if known else words)
        self._edit.setVisible(known or not self.is_read_only)

    def _is_new_address(self) -> bool:
        text = self._text("source")
        return is_address(text) and text not in self._around.speak().dossier.sources

    def _on_remove_activated(self) -> None:
        self.removed.emit(self)


class _Head(Row):
    """A row in a frame, like the fields around it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_PX, RADIUS_PX)
        self.draw_ring(painter)
        painter.end()


class BareAmountEditor(LeafEditor):
    """An amount in its measure's unit, as it stands in a table."""

    def value(self, path: FieldPath, faults: Faults) -> Any:
        try:
            return Quantity.parse_bare(self.text()) if self.text() else None
        except Malformed as error:
            faults.append(Fault(error.code, path, error.params))
            return None


class PlainNoteEditor(LeafEditor):
    """Words in English on one line; those in other languages stay as they are."""

    def __init__(self, label: str) -> None:
        super().__init__(label, Line(), str)
        self._others: dict[str, str] = {}

    def show_value(self, value: Any) -> None:
        words = value.by_language if isinstance(value, LocalText) else {}
        self._others = {language: text for language, text in words.items() if language != "en"}
        super().show_value(words.get("en"))

    def value(self, path: FieldPath, faults: Faults) -> LocalText | None:
        given = {**self._others, **({"en": self.text()} if self.text() else {})}
        return LocalText(**given) if given else None


class PointEditor(StructEditor):
    """One row of a table: when, how much, and a note."""

    def __init__(self, number: int) -> None:
        self._number = number
        super().__init__(Point, (("period", "value", "note"),), self._made)

    def _made(self, _kind: type[msgspec.Struct], name: str) -> Editor:
        label = {"period": tr("Period"), "value": tr("Amount"), "note": tr("Note")}[name]
        part: LeafEditor
        if name == "note":
            part = PlainNoteEditor(label)
        elif name == "value":
            part = BareAmountEditor(label, Line(), Quantity)
        else:
            part = LeafEditor(label, Line(), EdtfDate)
        part.line.setAccessibleName(f"{label} {self._number}")
        if self._number > 1:
            part.entry.hide_label()
        return part


class PointsEditor(ItemsEditor):
    """The table of a fact; emptied, a row is taken out."""

    def __init__(self) -> None:
        super().__init__(self._row, tr("Add a row"), Points)

    def value(self, path: FieldPath, faults: Faults) -> Any:
        rows = [item for item in self.items if item.touched() or item._value is not None]
        found = []
        for item in rows:
            period = item.parts["period"]
            assert isinstance(period, LeafEditor)
            key = period.text()
            value = item.value((*path, key), faults) if key else None
            if value is not None:
                found.append(value)
        periods = [point.period.text for point in found]
        for period in {each for each in periods if periods.count(each) > 1}:
            faults.append(Fault("repeated-id", (*path, period), {"id": period}))
        return Points(found)

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        for number, item in enumerate(self.items):
            period = item.parts.get("period")
            if path and isinstance(period, LeafEditor) and period.text() == path[0]:
                below = path[1:] or ("period",)
                super().mark((number, *below), words, doubtful=doubtful)
                return
        super().mark((), words, doubtful=doubtful)

    def _row(self) -> StructEditor:
        row = PointEditor(len(self.items) + 1)
        row.build()
        row.body.show()
        return row


class NamesEditor(GroupEditor):
    """A name for each audience that needs one of its own."""

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around

    def show_value(self, value: Any) -> None:
        for audience in self._around.speak().dossier.audiences.values():
            if audience.id not in self.parts:
                label = tr("Name for {audience}").format(audience=audience_words(audience))
                part = LeafEditor(label, Line(), str)
                self.add_part(audience.id, part)
                self.column.addWidget(part)
            self.parts[audience.id].show_value((value or {}).get(audience.id))

    def value(self, path: FieldPath, faults: Faults) -> dict[str, str]:
        names = {str(key): part.value((*path, key), faults) for key, part in self.parts.items()}
        return {key: name for key, name in names.items() if name}


class LinesEditor(LeafEditor):
    """Lines on the map in one text: points “longitude latitude, …”, lines parted by “;”."""

    def __init__(self, label: str, declared: Any) -> None:
        super().__init__(label, TextBox(), declared, self._counted)

    def show_value(self, value: Any) -> None:
        lines = (
            ", ".join(" ".join(text_of(float(each)) for each in point) for point in line)
            for line in value or ()
        )
        super().show_value("; ".join(lines))

    def value(self, path: FieldPath, faults: Faults) -> Any:
        lines = [line for line in self.text().split(";") if line.strip()]
        raw: list[Any] = [[point.split() for point in line.split(",")] for line in lines]
        found = to_value(self._declared, raw, path, faults)
        return found if found is not None else ()

    def _counted(self, text: str) -> str:
        if not text:
            return tr("longitude latitude, longitude latitude; next line")
        lines = [line for line in text.split(";") if line.strip()]
        points = sum(len(line.split(",")) for line in lines)
        return tr("{lines} lines with {points} points").format(lines=len(lines), points=points)


def quote_words(text: str) -> str:
    """How long a quotation is, beside how long it may be."""
    count = len(text.split())
    return tr("{count} of at most {most} words").format(count=count, most=QUOTE_WORDS)
