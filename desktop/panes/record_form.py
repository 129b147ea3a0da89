"""The form: one record field by field, each settled as one step of undo or refused beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.files.fields import Faults
from desktop.model.changes import (
    AddRecord,
    Change,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetField,
    SetFields,
)
from desktop.model.checks import check_record
from desktop.model.dossier import ChangeSet, Ref
from desktop.model.problems import FieldPath, Problem
from desktop.model.records import About, Fact, Record
from desktop.model.references import naming
from desktop.model.unsettled import Unsettled
from desktop.panes.fact_view import line_of
from desktop.panes.form_editors import Around
from desktop.panes.form_fields import EditorMaker
from desktop.panes.form_page import ID, FormPage, Mark
from desktop.panes.form_words import (
    beside,
    built,
    doubts_of,
    free_id,
    is_lack,
    lacking,
    missing,
    new_id,
    place_of,
    sentence,
)
from desktop.panes.new_source import values_from_address
from desktop.panes.record_changes import RecordChanges
from desktop.services.language import Locale, tr, tr_count
from desktop.services.record_words import one_of_kind_words, record_words, short_words
from desktop.services.theme import SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.line import Line, Typed
from desktop.widgets.link import Link
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

_MOST_NAMED: Final = 6
_AROUND_PX: Final = 64
_STAND_INS: Final[Mapping[type[Record], Mapping[str, Any]]] = {Fact: {"kind": "event"}}
"""What a new record is taken for while it is checked and a field is not filled in yet."""


class RecordForm(QWidget):
    """Edits the record of ``show_record``, or a new one from ``begin`` until it is added.

    What is typed is settled field by field. What is refused stays in its field, marked, also
    while other records are looked at, until it is mended or taken back.
    """

    done = Signal()
    """The reader wants to see the record as it is read."""
    moved = Signal(object)
    """Ref of the record that is edited from now on: it was added, or has another id."""
    waiting_changed = Signal()
    source_asked = Signal(str)
    """A source is to be edited by its id, or added by its address."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ref: Ref | None = None
        self._drafts: dict[type[Record], dict[str, Any]] = {}
        self._waiting: dict[str, Any] = {}
        self._refused: dict[str, Problem] = {}
        self._unsettled: dict[Ref, dict[FieldPath, str]] = {}
        self._fills = False
        self._is_asked = False
        self._pages: dict[type[Record], FormPage] = {}
        self._maker = EditorMaker(Around(self._speak, workspace.theme), self.source_asked.emit)
        self._where = Text(role="source", wrap=True)
        self._name = ElidedText(role="heading")
        self._name.setContentsMargins(0, 0, SMALL_PX, 0)
        self._why_read_only = Text(role="caption", tone="stale", wrap=True)
        self._why_read_only.hide()
        self._told = Text(role="caption", tone="differ", wrap=True)
        self._named = QVBoxLayout()
        self.done_button = Button(tr("Done"))
        self.done_button.clicked.connect(self.finish)
        self.discard_link = Link(tr("Discard"))
        self.discard_link.activated.connect(self._on_discard_activated)
        self._scroll = Scroll(QWidget())
        self.changes = RecordChanges(workspace)
        self._compose()
        self.setAccessibleName(tr("Edit"))
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_application_focus_changed)

    def _compose(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, SMALL_PX, 0)
        bar.setSpacing(SMALL_PX)
        bar.addWidget(self._where, 1)
        bar.addWidget(self.discard_link)
        bar.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 0, 3)
        column.setSpacing(SMALL_PX)
        column.addLayout(bar)
        column.addWidget(self._name)
        column.addWidget(self._why_read_only)
        column.addWidget(self._told)
        column.addLayout(self._named)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.changes)
        self._tell("")

    def sizeHint(self) -> QSize:
        return QSize(420, 600)

    # What is edited

    @property
    def ref(self) -> Ref | None:
        """The record that is edited; its id is empty for one that is not added yet."""
        return self._ref

    @property
    def is_new(self) -> bool:
        return self._ref is not None and not self._ref.id

    @property
    def page(self) -> FormPage | None:
        """The fields of the record in view."""
        return self._pages.get(self._ref.kind) if self._ref else None

    def is_waiting(self, ref: Ref) -> bool:
        """Whether something that was typed for a record is not settled."""
        if ref == self._ref and self.page is not None:
            return bool(self.page.touched())
        return ref in self._unsettled

    def unfinished(self) -> int:
        """For how many records something is typed that is in no fact yet."""
        self.settle()
        return len(self.waiting())

    def waiting(self) -> tuple[Ref, ...]:
        """The records for which something is typed that is in no fact yet; new ones without id."""
        begun = [Ref(kind, "") for kind, values in self._drafts.items() if any(values.values())]
        touched = self.page is not None and self._ref is not None and bool(self.page.touched())
        here = [self._ref] if touched and self._ref is not None else []
        return tuple(dict.fromkeys([*begun, *here, *self._unsettled]))

    def bring_back(self, found: Unsettled) -> None:
        """Put back what was typed for a record before the program ended."""
        ref = found.ref
        if not ref.id:
            self._drafts[ref.kind] = dict(found.begun)
        self._unsettled[ref] = dict(found.words)
        if ref == self._ref:
            self._refresh()
            self._retype()
        self._tell_store()

    def forget(self) -> None:
        """Let go of all that is typed and in no fact."""
        self._take_all_back()
        self._unsettled, self._drafts = {}, {}
        self._turn_to(None if self.is_new else self._ref)

    def show_record(self, ref: Ref | None) -> None:
        """Edit this record from now on; None or one that is not there leaves the form empty."""
        if ref is not None and self._workspace.store.dossier.find(ref) is None:
            if ref == self._ref:
                return
            ref = None
        if ref != self._ref:
            self._turn_to(ref)

    def begin(self, kind: type[Record], values: Mapping[str, Any] | None = None) -> None:
        """Edit a new record, from these values or as far as one was begun before."""
        begun = self.is_waiting(Ref(kind, "")) or any(self._drafts.get(kind, {}).values())
        if not begun:
            self._drafts[kind] = dict(values or {})
        self._turn_to(Ref(kind, ""))
        if begun and values is not None:
            what = one_of_kind_words(kind)
            self._tell(tr("Add or discard this {kind} first.").format(kind=what))

    def duplicate(self) -> None:
        """Begin a new record like this one."""
        record = self._record()
        if record is not None and not isinstance(record, About):
            values = {name: getattr(record, name) for name in record.__struct_fields__}
            copy_id = free_id(self._workspace.store.dossier, type(record), record.id)
            self.begin(type(record), {**values, ID: copy_id})

    def delete(self) -> bool:
        """Take the record away; one that is named elsewhere stays, and where is told."""
        if self._ref is None or self.is_new or self._ref.kind is About:
            return False
        ref = self._ref
        named = naming(self._workspace.store.dossier, ref)
        if named:
            self._tell_named([namer for namer, _path in named])
            return False
        self._take_all_back()
        return self._made(DeleteRecord(ref)) is None

    def finish(self) -> None:
        """Add what is new; else leave the form, unless something in it is refused."""
        self.settle()
        if self.is_new:
            self.add()
        elif self.page is not None and self.page.touched():
            first = next(iter(self.page.touched()))
            self.page.reveal(str(first[0])).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.done.emit()

    def settle(self) -> None:
        """Settle what is being typed."""
        focus = self.window().focusWidget()
        if isinstance(focus, Typed) and self.isAncestorOf(focus):
            focus.settle()

    def give_focus(self) -> None:
        if self.page is not None:
            self.page.first().setFocus(Qt.FocusReason.TabFocusReason)

    def line(self, field: str) -> Line:
        """A line for one field of a fact, to be edited elsewhere."""
        return self._maker.line(Fact, field)

    def type_in(self, field: str, text: str) -> None:
        """Show what is being typed for a field elsewhere, with what is wrong with it."""
        if self.page is not None and field in self.page.editors:
            self.page.retype({(field,): text})
            self._on_page_typed(field)

    def enter(self, field: str, text: str) -> bool:
        """Settle what was typed elsewhere; if it is refused, it stays here to be mended."""
        self.type_in(field, text)
        if self.page is None:
            return False
        self._on_page_settled(field)
        refused = bool(self.page.editors[field].touched())
        if refused:
            self.page.reveal(field).setFocus(Qt.FocusReason.TabFocusReason)
        return not refused

    def take_back(self) -> None:
        """Show again what is settled."""
        self._take_all_back()
        self._mark()

    def reveal_id(self) -> None:
        """Go to the id, to give the record another."""
        if self.page is not None and ID in self.page.editors:
            control = self.page.reveal(ID)
            self._scroll.ensureWidgetVisible(control)
            control.setFocus(Qt.FocusReason.TabFocusReason)

    def fill_in(self, ref: Ref, asked: str, source_id: str) -> None:
        """Put a source that was added where another record cites it by what was ``asked`` for."""
        texts = self._unsettled.get(ref, {})
        for path, text in texts.items():
            if path[-1] == "source" and text.strip() == asked:
                texts[path] = source_id
        draft = self._drafts.get(ref.kind, {}) if not ref.id else {}
        if draft.get("citations"):
            # A citation that has its words is part of the draft, whatever it names.
            draft["citations"] = tuple(
                replace(each, source=source_id) if each.source == asked else each
                for each in draft["citations"]
            )
        self._fills = bool(texts)

    # Keys

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _is_done(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_done(event):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape and not self.is_new:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._refresh()
        super().showEvent(event)

    # Showing

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _record(self) -> Record | None:
        return self._workspace.store.dossier.find(self._ref) if self._ref else None

    def _turn_to(self, ref: Ref | None) -> None:
        self._take_all_back(keep=True)
        self._ref = ref
        self._waiting, self._refused = {}, {}
        self._is_asked = False
        self._tell("")
        self.changes.show_record(ref)
        page = self._page_of(ref.kind) if ref is not None else None
        if page is None:
            self._scroll.hide()
        elif self._scroll.widget() is not page:
            other = self._scroll.takeWidget()
            if other is not None:
                other.setParent(self)
                other.hide()
            self._scroll.setWidget(page)
            page.show()
            page.setAutoFillBackground(False)
        self._refresh()
        if page is not None and ref is not None:
            self._scroll.show()
            self._scroll.verticalScrollBar().setValue(0)
            texts = self._retype()
            if self._fills:
                self._fills = False
                for field in {str(path[0]) for path in texts}:
                    self._settle(field)
        self._tell_store()
        self.waiting_changed.emit()

    def _retype(self) -> Mapping[FieldPath, str]:
        """Show again what was typed for the record in view; it is told what that was."""
        page, ref = self.page, self._ref
        assert page is not None
        assert ref is not None
        texts = self._unsettled.pop(ref, {})
        if texts:
            page.retype(texts)
            self._mark()
        return texts

    def _tell_store(self) -> None:
        """Let the store hold what is typed and in no fact, so that a crash does not take it."""
        here = self.page.touched() if self.page is not None else {}
        typed = {**self._unsettled, **({self._ref: here} if here and self._ref else {})}
        found = []
        for ref in self.waiting():
            begun = {} if ref.id else self._drafts.get(ref.kind, {})
            found.append(Unsettled(ref, typed.get(ref, {}), dict(begun)))
        self._workspace.store.hold_unsettled(tuple(found))

    def _page_of(self, kind: type[Record]) -> FormPage:
        """The fields of a kind, made when one of it is first edited."""
        if kind not in self._pages:
            page = FormPage(kind, self._maker)
            page.settled.connect(self._on_page_settled)
            page.typed.connect(self._on_page_typed)
            page.duplicate_button.clicked.connect(self.duplicate)
            page.delete_button.clicked.connect(self.delete)
            self._pages[kind] = page
        return self._pages[kind]

    def _take_all_back(self, *, keep: bool = False) -> None:
        """Empty the form of what is not settled, or keep it for when the record is back."""
        if self._ref is None or self.page is None:
            return
        texts = self.page.touched()
        if keep and texts:
            self._unsettled[self._ref] = texts
        self.page.take_back()
        self._tell_store()

    def _values(self) -> Mapping[str, Any]:
        if self._ref is None:
            return {}
        if self.is_new:
            return self._drafts.get(self._ref.kind, {})
        record = self._record()
        return {} if record is None else msgspec.structs.asdict(record)

    def _refresh(self) -> None:
        page = self.page
        if page is None or self._ref is None:
            self._where.setText("")
            self._name.setText(tr("Choose a record to edit it."))
            self.done_button.hide()
            self.discard_link.hide()
            return
        page.show_values(self._values())
        is_single = self.is_new or self._ref.kind is About
        page.duplicate_button.setVisible(not is_single)
        page.delete_button.setVisible(not is_single)
        self._follow_lock()
        self.done_button.show()
        self.done_button.set_words(tr("Add") if self.is_new else tr("Done"))
        self.discard_link.setVisible(self.is_new)
        self._propose_id(page)
        self._show_name()
        self._mark()

    def _follow_lock(self) -> None:
        """Let the record only be read where another window edits the file, and say so."""
        locked = self._workspace.store.locked
        self._why_read_only.setText(sentence(locked) if locked is not None else "")
        self._why_read_only.setVisible(locked is not None and self.page is not None)
        self.done_button.setEnabled(locked is None or not self.is_new)
        if self.page is not None:
            self.page.set_read_only(locked is not None)

    def _propose_id(self, page: FormPage) -> None:
        """Show in the empty field of the id the one that a new record gets."""
        if ID in page.editors:
            line = page.editors[ID].first()
            assert isinstance(line, Line)
            line.setPlaceholderText(self._proposed_id(self._values()) if self.is_new else "")

    def _show_name(self) -> None:
        record, ref = self._record(), self._ref
        assert ref is not None
        if self.is_new or record is None:
            what = one_of_kind_words(ref.kind)
            self._where.setText(tr("Not added yet"))
            self._name.setText(tr("New {kind}").format(kind=what))
            return
        file, line = self._workspace.file, line_of(self._workspace, ref)
        where = record.id if ref.kind is not About else one_of_kind_words(About).capitalize()
        if file is not None and line:
            where = tr("{id}, {file} line {line}").format(id=where, file=file.path.name, line=line)
        self._where.setText(where)
        self._name.setText(record_words(self._speak(), record))

    # What is wrong

    def _mark(self, refusals: Sequence[Problem] = ()) -> None:
        """Say beside each field what is wrong or doubtful as it stands and as it is typed."""
        page = self.page
        if page is None or self._ref is None:
            return
        marks: dict[str, list[Mark]] = {}
        touched = {str(path[0]) for path in page.touched()}
        found = self._problems(touched)
        known = {(place_of(each), each.code) for each in found}
        found += [each for each in refusals if (place_of(each), each.code) not in known]
        for problem in found:
            field, path = place_of(problem)
            words = sentence(problem)
            is_doubt = problem.severity == "warning"
            marks.setdefault(field, []).append(Mark(path, words, is_doubt))
        for field, words in doubts_of(self._speak(), self._ref, self._values()):
            marks.setdefault(field, []).append(Mark((), words, True))
        page.show_marks(marks)
        if refusals:
            wrong = {name: [mark for mark in marks[name] if not mark.doubtful] for name in marks}
            first = next(name for name in (*page.editors, ID) if wrong.get(name))
            page.reveal(first, wrong[first][0].path).setFocus()

    def _problems(self, touched: set[str]) -> list[Problem]:
        """What is found in the record, with the touched fields as they are typed."""
        page, ref = self.page, self._ref
        assert page is not None
        assert ref is not None
        found: list[Problem] = []
        values = dict(self._values())
        for name in touched - {ID}:
            value, faults = self._read(name)
            if faults:
                found += faults
            else:
                values[name] = value
            found += _problems_of(page.editors[name].unripe())
        found += [each for name, each in self._refused.items() if name in touched | {ID}]
        if self._is_asked:
            found += self._lacks(values, found)
        given = {name: value for name, value in values.items() if value is not None}
        candidate = built(ref.kind, {**_STAND_INS.get(ref.kind, {}), **given, ID: ref.id or "new"})
        if candidate is not None:
            dossier = self._workspace.store.dossier
            if touched or self.is_new:
                dossier = dossier.with_record(candidate)
            known = {(place_of(each)) for each in found}
            found += [
                each
                for each in check_record(dossier, candidate)
                if place_of(each) not in known and not (self._may_lack() and is_lack(each))
            ]
        return found

    def _may_lack(self) -> bool:
        """Whether nobody has asked yet to add the new record, so that it may lack something."""
        return self.is_new and not self._is_asked

    def _lacks(self, values: Mapping[str, Any], known: Sequence[Problem]) -> list[Problem]:
        """What a new record needs to be added, but for the fields of which ``known`` tells."""
        page = self.page
        assert page is not None
        told = {place_of(each)[0] for each in known}
        found = [missing(name) for name in lacking(page.kind, values) if name != ID]
        for name, editor in page.editors.items():
            found += [missing(name, path) for path in editor.gaps()]
        return [each for each in found if place_of(each)[0] not in told]

    def _read(self, name: str) -> tuple[Any, list[Problem]]:
        page = self.page
        assert page is not None
        faults: Faults = []
        value = page.editors[name].value((name,), faults)
        found = _problems_of(faults)
        if not found and not self.is_new and lacking(page.kind, {**self._values(), name: value}):
            found = [missing(name)]
        return value, found

    def _tell(self, words: str) -> None:
        """Say over the fields what concerns the record as a whole."""
        self._told.setText(words)
        self._told.setVisible(bool(words))
        while (item := self._named.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _tell_named(self, namers: Sequence[Ref]) -> None:
        once = list(dict.fromkeys(namers))
        self._tell(
            tr_count(
                "{count} other record names this one; take it out there first.",
                "{count} other records name this one; take it out there first.",
                len(once),
            )
        )
        for namer in once[:_MOST_NAMED]:
            kind = one_of_kind_words(namer.kind)
            name = short_words(self._speak(), namer)
            words = name if namer.kind is About else f"{kind.capitalize()}: {name}"
            link = Link(words, key=namer)
            link.activated.connect(self._on_namer_activated)
            self._named.addWidget(link)

    # Making changes

    def add(self) -> None:
        """Put the new record among the others; what it lacks is said where it belongs."""
        page, ref = self.page, self._ref
        if page is None or ref is None:
            return
        values = dict(self._values())
        found: list[Problem] = []
        for name in page.editors:
            if name != ID:
                values[name], problems = self._read(name)
                found += problems
        found += self._lacks(values, found)
        values[ID] = self._proposed_id(values)
        self._is_asked = True
        candidate = None if found else built(ref.kind, values)
        if candidate is not None:
            refusal = self._made(AddRecord(candidate))
            if refusal is None:
                del self._drafts[ref.kind]
                self._take_all_back()
                self._turn_to(Ref(ref.kind, candidate.id))
                self.moved.emit(self._ref)
                return
            dossier = self._workspace.store.dossier.with_record(candidate)
            errors = [e for e in check_record(dossier, candidate) if e.severity == "error"]
            found = errors or [refusal]
        self._mark(found)

    def _made(self, change: Change) -> Problem | None:
        """Apply a change; the problem if it is refused."""
        try:
            self._workspace.store.apply(change)
        except ChangeRefused as refused:
            return refused.problem
        return None

    def _on_page_settled(self, field: str) -> None:
        self._settle(field)
        self._tell_store()

    def _settle(self, field: str) -> None:
        self._tell("")
        self._refused.pop(field, None)
        if field == ID:
            self._settle_id()
            return
        value, faults = self._read(field)
        if faults:
            self._waiting.pop(field, None)
        elif self.is_new:
            self._settle_draft(field, value)
        else:
            self._settle_field(field, value)
        self._mark()

    def _settle_draft(self, field: str, value: Any) -> None:
        assert self._ref is not None
        draft = self._drafts[self._ref.kind]
        draft[field] = value
        if field == "url" and value and not draft.get("accessed"):
            proposed = values_from_address(value, self._workspace.today())
            draft |= {name: each for name, each in proposed.items() if not draft.get(name)}
        self._refresh()

    def _settle_field(self, field: str, value: Any) -> None:
        assert self._ref is not None
        if value == self._values().get(field):
            self._waiting.pop(field, None)
            self._refresh()
            return
        together = {**self._waiting, field: value}
        alone: Change = SetField(self._ref, field, value)
        if len(together) > 1 and self._made(SetFields(self._ref, together)) is None:
            self._waiting, self._refused = {}, {}
            return
        refusal = self._made(alone)
        if refusal is None:
            self._waiting.pop(field, None)
        else:
            self._waiting[field] = value
            self._refused[field] = beside(refusal, field, self._ref)

    def _settle_id(self) -> None:
        page, ref = self.page, self._ref
        assert page is not None
        assert ref is not None
        text, _ = self._read(ID)
        if self.is_new:
            self._drafts[ref.kind][ID] = text
            self._refresh()
            return
        new = Ref(ref.kind, text or "")
        self._ref = new
        refusal = self._made(RenameRecord(ref, new.id))
        if refusal is not None:
            self._ref = ref
            self._refused[ID] = refusal
            self._mark()
        else:
            page.show_values(self._values())
            self.moved.emit(new)

    def _proposed_id(self, values: Mapping[str, Any]) -> str:
        assert self._ref is not None
        return new_id(self._workspace.store.dossier, self._ref.kind, values)

    # What happens around

    def _on_application_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        page = self.page
        if now is not None and page is not None and page.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, _AROUND_PX)

    def _on_page_typed(self, field: str) -> None:
        page = self.page
        if page is not None and not page.editors[field].touched():
            self._waiting.pop(field, None)
        self._refused.pop(field, None)
        self._mark()
        self._tell_store()

    def _on_store_changed(self, changes: ChangeSet) -> None:
        ref = self._ref
        if ref is not None and not self.is_new and self._record() is None:
            come = [each for each in changes.added if each.kind is ref.kind]
            self._turn_to(come[0] if len(come) == 1 else None)
            if come and self.isVisible():
                self.moved.emit(self._ref)
        elif self.isVisible():
            self._refresh()
            self._tell_store()

    def _on_store_undo_changed(self) -> None:
        self._follow_lock()

    def _on_discard_activated(self) -> None:
        if self._ref is not None and self.is_new:
            self._take_all_back()
            del self._drafts[self._ref.kind]
            self._turn_to(None)
            self.done.emit()

    def _on_namer_activated(self, ref: Ref) -> None:
        self.moved.emit(ref)


def _problems_of(faults: Faults) -> list[Problem]:
    return [Problem(each.code, "error", field=each.field, params=each.params) for each in faults]


def _is_done(event: QKeyEvent) -> bool:
    enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enters and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
