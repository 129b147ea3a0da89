"""The parts of a form: each edits one value of a record, however deep, in the format's own words.

A value is shown as the text that the file would have, and read back by its declared type, so
that form and file accept the same and say the same of what they do not accept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.files.fields import Fault, Faults, to_value
from desktop.model.problems import FieldPath
from desktop.model.values import LANGUAGES, LocalText
from desktop.services.language import Locale, tr
from desktop.services.record_words import field_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.chooser import Chooser
from desktop.widgets.entry import Entry
from desktop.widgets.line import Line, TextBox
from desktop.widgets.link import Link
from desktop.widgets.text import Text

Texts = Mapping[FieldPath, str]
"""What is typed and not settled, by where it belongs."""
_LANGUAGE_NAMES: Final = {"en": "English", "vi": "Vietnamese", "zh": "Chinese", "fil": "Filipino"}


class Around(NamedTuple):
    """What parts of a form are given: how the file is spoken of now, and how all looks."""

    speak: Callable[[], Locale]
    theme: Theme


class Editor(QWidget):
    """Edits one value; ``settled`` says that some of it was edited to an end."""

    settled = Signal()
    typed = Signal()
    is_read_only = False

    def set_read_only(self, read_only: bool) -> None:
        """Let what stands here be read and copied, and not be edited; or let it be edited."""
        self.is_read_only = read_only

    def show_value(self, value: Any) -> None:
        """Show a value as the record has it; what is being typed into it stays."""
        raise NotImplementedError

    def value(self, path: FieldPath, faults: Faults) -> Any:
        """The value as it is typed; what is wrong with it goes to ``faults``."""
        raise NotImplementedError

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        """Say beside the control at ``path`` below this one what is wrong; () is itself."""
        raise NotImplementedError

    def clear_marks(self) -> None:
        raise NotImplementedError

    def touched(self) -> dict[FieldPath, str]:
        """What is typed and not settled."""
        raise NotImplementedError

    def retype(self, texts: Texts) -> None:
        """Put back what was typed and not settled, when this was last shown."""
        raise NotImplementedError

    def take_back(self) -> None:
        """Show again what is settled."""
        raise NotImplementedError

    def gaps(self) -> list[FieldPath]:
        """Where something has to be filled in before what is begun is part of the value."""
        return []

    def unripe(self) -> Faults:
        """What was wrong, when the value was read last, in what is begun and not part of it."""
        return []

    def first(self) -> QWidget:
        """The control that takes the focus."""
        raise NotImplementedError

    def at(self, _path: FieldPath) -> QWidget:
        """The control beside which something at ``path`` is marked."""
        return self.first()


class LeafEditor(Editor):
    """One field to type or choose in.

    ``reading`` says in words beside it what the text means. A chooser's value is its key. Spaces
    around the text count for nothing, unless it is told not to strip them.
    """

    def __init__(
        self,
        label: str,
        line: Line | TextBox,
        declared: Any,
        reading: Callable[[str], str] | None = None,
        *,
        strips: bool = True,
    ) -> None:
        super().__init__()
        self._strips = strips
        self.line = line
        self.entry = Entry(label, line)
        self._declared = declared
        self._reading = reading
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.entry)
        line.settled.connect(self.settled)
        line.typed.connect(self._on_line_typed)
        line.taken_back.connect(self._on_line_typed)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.line.setReadOnly(read_only)

    def show_value(self, value: Any) -> None:
        text = text_of(value)
        if isinstance(self.line, Chooser):
            self.line.show_key(text)
        else:
            self.line.show_text(text)
        self._read()

    def text(self) -> str:
        typed = self.line.key() if isinstance(self.line, Chooser) else self.line.text()
        return typed.strip() if self._strips and self.line.is_touched else typed

    def value(self, path: FieldPath, faults: Faults) -> Any:
        text = self.text()
        return to_value(self._declared, text, path, faults) if text else None

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        if doubtful:
            self.entry.warn(words)
        else:
            self.entry.refuse(words)

    def clear_marks(self) -> None:
        self.entry.refuse("")
        self.entry.warn("")

    def touched(self) -> dict[FieldPath, str]:
        return {(): self.line.text()} if self.line.is_touched else {}

    def retype(self, texts: Texts) -> None:
        if () in texts:
            self.line.put_text(texts[()])
            self._read()

    def take_back(self) -> None:
        if self.line.is_touched:
            self.line.put_text(self.line.kept)
            self.line.keep(self.line.kept)
            self._read()

    def first(self) -> QWidget:
        return self.line

    def _on_line_typed(self) -> None:
        self._read()
        self.typed.emit()

    def _read(self) -> None:
        if self._reading is not None:
            self.entry.set_hint(self._reading(self.text()))


class GroupEditor(Editor):
    """An editor made of others, each under a key of its value."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str | int, Editor] = {}
        self.own_words = Text("", "source", tone="differ", wrap=True, parent=self)
        self.own_words.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SMALL_PX)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        for part in self.parts.values():
            part.set_read_only(read_only)

    def add_part(self, key: str | int, part: Editor) -> None:
        self.parts[key] = part
        part.set_read_only(self.is_read_only)
        part.settled.connect(self.settled)
        part.typed.connect(self.typed)

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        part = self.parts.get(path[0]) if path else None
        if part is not None:
            part.mark(path[1:], words, doubtful=doubtful)
            return
        said = " ".join(each for each in (self.own_words.text(), words) if each)
        self.own_words.set_tone("stale" if doubtful else "differ")
        self.own_words.setText(said)
        self.own_words.show()

    def clear_marks(self) -> None:
        self.own_words.setText("")
        self.own_words.hide()
        for part in self.parts.values():
            part.clear_marks()

    def touched(self) -> dict[FieldPath, str]:
        return {
            (key, *path): text
            for key, part in self.parts.items()
            for path, text in part.touched().items()
        }

    def retype(self, texts: Texts) -> None:
        for key, part in list(self.parts.items()):
            part.retype({path[1:]: text for path, text in texts.items() if path[:1] == (key,)})

    def take_back(self) -> None:
        for part in self.parts.values():
            part.take_back()

    def gaps(self) -> list[FieldPath]:
        return [(key, *path) for key, part in self.parts.items() for path in part.gaps()]

    def unripe(self) -> Faults:
        return [fault for part in self.parts.values() for fault in part.unripe()]

    def first(self) -> QWidget:
        return next(iter(self.parts.values())).first()

    def at(self, path: FieldPath) -> QWidget:
        part = self.parts.get(path[0]) if path else None
        return self.first() if part is None else part.at(path[1:])


class LocalTextEditor(GroupEditor):
    """Words in English and, where there are some or they are asked for, in other languages."""

    def __init__(
        self, label: str, *, always: Sequence[str] = ("en",), paragraphs: bool = False
    ) -> None:
        super().__init__()
        self._paragraphs = paragraphs
        self._label = label
        self._always = tuple(always)
        self._lacks_vietnamese = False
        self.more = Link(tr("Add Vietnamese"))
        self.more.set_name(tr("Add {label} in Vietnamese").format(label=label.lower()))
        self.more.activated.connect(self._on_more_activated)
        self.column.addWidget(self.more)
        self.column.addWidget(self.own_words)
        for language in LANGUAGES:
            self._add(language)

    def show_value(self, value: Any) -> None:
        words = value.by_language if isinstance(value, LocalText) else {}
        for language, part in self.parts.items():
            part.show_value(words.get(str(language), ""))
            asked = language in self._always or language in words or bool(part.touched())
            part.setVisible(asked)
        self._lacks_vietnamese = bool(words) and self.parts["vi"].isHidden()
        self.more.setVisible(self._lacks_vietnamese and not self.is_read_only)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.more.setVisible(self._lacks_vietnamese and not read_only)

    def value(self, path: FieldPath, faults: Faults) -> LocalText | None:
        words = {key: part.value((*path, key), faults) for key, part in self.parts.items()}
        given = {str(key): text for key, text in words.items() if text}
        return LocalText(**given) if given else None

    def retype(self, texts: Texts) -> None:
        super().retype(texts)
        for path in texts:
            self.parts[path[0]].show()

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        shown = next((key for key, part in self.parts.items() if not part.isHidden()), "en")
        super().mark(path or (shown,), words, doubtful=doubtful)

    def first(self) -> QWidget:
        return next(part for part in self.parts.values() if not part.isHidden()).first()

    def _add(self, language: str) -> None:
        alone = self._always == ("en",) and language == "en"
        name = tr(_LANGUAGE_NAMES[language])
        label = self._label if alone else f"{self._label}, {name}"
        part = LeafEditor(label, TextBox(paragraphs=self._paragraphs), str)
        self.add_part(language, part)
        self.column.insertWidget(len(self.parts) - 1, part)

    def _on_more_activated(self) -> None:
        self.parts["vi"].show()
        self._lacks_vietnamese = False
        self.more.hide()
        self.parts["vi"].first().setFocus(Qt.FocusReason.TabFocusReason)


class StructEditor(GroupEditor):
    """Fields that belong together; one that is not there yet waits behind a link.

    What is begun and lacks a field that it has to have is not part of the value yet, and says so.
    """

    def __init__(
        self,
        kind: type[msgspec.Struct],
        rows: Sequence[Sequence[str]],
        make: Callable[[type[msgspec.Struct], str], Editor],
        *,
        asks: str = "",
        title: str = "",
    ) -> None:
        super().__init__()
        self._kind = kind
        self._rows = tuple(rows)
        self._make = make
        self._value: msgspec.Struct | None = None
        self._fields = {field.name: field for field in msgspec.structs.fields(kind)}
        self._title = title
        self._lacks: list[str] = []
        self._unripe: Faults = []
        self._waits = Text("", "source", tone="stale", wrap=True)
        self._waits.hide()
        self.body = QWidget()
        self.ask = Link(asks)
        self.ask.activated.connect(self.unfold)
        self.column.addWidget(self.ask)
        self.column.addWidget(self.body)
        self.column.addWidget(self._waits)
        self.column.addWidget(self.own_words)
        self.ask.setVisible(bool(asks))
        self.body.hide()

    def show_value(self, value: Any) -> None:
        self._value = value
        if value is not None and self.ask.words():
            self.build()
        if self.parts:
            for name, part in self.parts.items():
                part.show_value(getattr(value, self._name(name), None))
        is_open = value is not None or bool(self.touched())
        if self.ask.words():
            self.body.setVisible(is_open)
            self.ask.setVisible(not is_open)
        self._say_missing()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.ask.setEnabled(not read_only)

    def value(self, path: FieldPath, faults: Faults) -> Any:
        if not self.parts:
            return self._value
        found: Faults = []
        given = {self._name(key): p.value((*path, key), found) for key, p in self.parts.items()}
        given = {name: value for name, value in given.items() if value not in (None, ())}
        missing = self._say_missing(given)
        self._unripe = []
        if not given and not found and not missing:
            return None
        if missing and (self._value is None or not given):
            self._unripe = found
            return None
        faults += found
        for name in missing:
            if not any(fault.field[: len(path) + 1] == (*path, name) for fault in found):
                faults.append(Fault("missing-field", (*path, name), {"field": name}))
        return None if missing or found else self._kind(**given)

    def unfold(self) -> None:
        """Show the fields, and go to the first."""
        self.build()
        self.body.show()
        self.ask.hide()
        self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def build(self) -> None:
        """Make the fields, once."""
        if self.parts:
            return
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        if self._title:
            column.addWidget(Text(self._title, "caption_strong", tone="ink"))
            column.setContentsMargins(SMALL_PX, 0, 0, 0)
        for row in self._rows:
            line = QHBoxLayout()
            line.setSpacing(SMALL_PX)
            for name in row:
                part = self._make(self._kind, name)
                self.add_part(self._fields[name].encode_name, part)
                line.addWidget(part, 1)
            column.addLayout(line)
        self.show_value(self._value)

    def retype(self, texts: Texts) -> None:
        if texts:
            self.build()
            self.body.show()
            self.ask.hide()
        super().retype(texts)

    def mark(self, path: FieldPath, words: str, *, doubtful: bool = False) -> None:
        if path and not self.parts:
            self.build()
            self.body.show()
        super().mark(path, words, doubtful=doubtful)

    def gaps(self) -> list[FieldPath]:
        lacked = [(self._fields[name].encode_name,) for name in self._lacks]
        return [*lacked, *super().gaps()]

    def unripe(self) -> Faults:
        return [*self._unripe, *super().unripe()]

    def _name(self, key: str | int) -> str:
        """The attribute of a field that the file calls ``key``."""
        return next(name for name, field in self._fields.items() if field.encode_name == key)

    def _required(self) -> list[str]:
        return [name for name, field in self._fields.items() if field.required]

    def lacking(self, given: Mapping[str, Any]) -> list[str]:
        """The fields that have to be there and are not, as it stands."""
        return [name for name in self._required() if name not in given]

    def _say_missing(self, given: Mapping[str, Any] | None = None) -> list[str]:
        missing = self.lacking(given) if given is not None else []
        begun = bool(given) and self._value is None and bool(missing)
        self._lacks = missing if begun else []
        names = tr(" and ").join(field_words(name).lower() for name in missing)
        words = tr("Not among the facts yet: it needs {names}.").format(names=names)
        self._waits.setText(words if begun else "")
        self._waits.setVisible(begun)
        return missing


def text_of(value: Any) -> str:
    """A single value as the file writes it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".")
    return value if isinstance(value, str) else str(value).strip()


def section_of(title: str, content: QWidget) -> QWidget:
    """``content`` under a heading of its own."""
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, MEDIUM_PX - SMALL_PX, 0, 0)
    column.setSpacing(SMALL_PX)
    column.addWidget(Text(title, "caption_strong"))
    column.addWidget(content)
    return section
