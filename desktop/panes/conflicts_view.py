"""What was changed here and on disk, each otherwise: chosen one by one, nothing in advance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, get_args, get_origin

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.files.fields import Faults
from desktop.files.merge import Conflict
from desktop.model.changes import AddRecord, Change, DeleteRecord, SetFields
from desktop.model.dossier import Ref
from desktop.model.problems import Problem
from desktop.panes.form_editors import Around, Editor
from desktop.panes.form_fields import EditorMaker, declared_of
from desktop.services.language import Locale, tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.record_words import field_words, record_words
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.services.value_words import value_words
from desktop.widgets.button import Button
from desktop.widgets.radio_button import RadioButton
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

Choice = Literal["ours", "theirs", "other"]
_SIDE_BY_SIDE_PX: Final = 560


class ConflictsView(QWidget):
    """Each conflict with the original, ours and theirs side by side.

    ``settled`` carries the changes that bring what was chosen onto their file; where theirs was
    chosen there is nothing to change. Put off, both sides stay as they are.
    """

    settled = Signal(object)
    put_off = Signal()

    def __init__(
        self, workspace: Workspace, conflicts: Sequence[Conflict], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.blocks = [ConflictBlock(workspace, each) for each in conflicts]
        self._intro = Text(
            tr(
                "These were changed here and on disk, each otherwise. Closed now, nothing is lost: "
                "your work stays in this window, unsaved, and theirs stays on disk."
            ),
            wrap=True,
        )
        self.settle_button = Button("", primary=True)
        self.later_button = Button(tr("Decide later"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(self._intro)
        for block in self.blocks:
            column.addWidget(block)
            block.chosen.connect(self._on_block_chosen)
        column.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(0, SMALL_PX, MEDIUM_PX, SMALL_PX)
        line.setSpacing(SMALL_PX)
        line.addStretch(1)
        line.addWidget(self.later_button)
        line.addWidget(self.settle_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Scroll(content), 1)
        whole.addLayout(line)
        self.settle_button.clicked.connect(self.settle)
        self.later_button.clicked.connect(self.put_off)
        self._on_block_chosen()

    def settle(self) -> None:
        """Hand over what was chosen, if all was and every value that was typed can be read."""
        changes: list[Change] = []
        for block in self.blocks:
            chosen = block.change()
            if block.choice is None or block.is_wrong:
                return
            if chosen is not None:
                changes.append(chosen)
        self.settled.emit(_together(changes))

    def _on_block_chosen(self) -> None:
        open_ones = sum(block.choice is None for block in self.blocks)
        self.settle_button.setEnabled(not open_ones)
        left = tr_count("{count} left to choose", "{count} left to choose", open_ones)
        self.settle_button.set_words(left if open_ones else tr("Settle and go on"))


class ConflictBlock(QWidget):
    """One conflict; ``choice`` is None until somebody has chosen."""

    chosen = Signal()

    def __init__(
        self, workspace: Workspace, conflict: Conflict, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.conflict = conflict
        self.is_wrong = False
        self._buttons: dict[Choice, RadioButton] = {}
        self._group = QButtonGroup(self)
        self._editor = self._new_editor()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(LARGE_PX)
        self._compose()
        self._group.buttonClicked.connect(self._on_group_button_clicked)

    @property
    def choice(self) -> Choice | None:
        return next((each for each, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, choice: Choice) -> None:
        self._buttons[choice].click()

    def change(self) -> Change | None:
        """The change onto their file that was chosen; None for theirs, or where it is refused."""
        ref, field, _, ours, theirs = self.conflict
        self.is_wrong = False
        if self.choice in (None, "theirs"):
            return None
        if field is None:
            return _record_change(ref, ours, theirs)
        value = self._typed() if self.choice == "other" else ours
        return None if self.is_wrong else SetFields(ref, {field: value})

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _SIDE_BY_SIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        super().resizeEvent(event)

    def _compose(self) -> None:
        ref, field, base, ours, theirs = self.conflict
        speak = self._speak()
        what = field_words(field).partition(",")[0] if field else tr("The whole record")
        name = _name(speak, self.conflict)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        column.addWidget(Hairline())
        column.addWidget(Text(what, "strong", wrap=True))
        column.addWidget(Text(name, "caption", wrap=True))
        column.addLayout(self._sides)
        declared = _item_of(ref, field)
        for title, choice, value in (
            (tr("Ours, in this window"), "ours", ours),
            (tr("Theirs, on disk"), "theirs", theirs),
            (tr("Before both"), None, base),
        ):
            words = (
                _record_words(speak, value, _told(self.conflict))
                if field is None
                else value_words(speak, value, declared)
            )
            side = self._side(title, choice, words, f"{what}, {name}")  # type: ignore[arg-type]
            self._sides.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        if self._editor is not None:
            column.addWidget(self._radio("other", tr("Something else"), f"{what}, {name}"))
            column.addWidget(self._editor)
            self._editor.hide()

    def _side(self, title: str, choice: Choice | None, words: str, about: str) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        if choice is None:
            head: QWidget = Text(title, "caption_strong", tone="muted")
            head.setMinimumHeight(RadioButton("x").sizeHint().height())
        else:
            head = self._radio(choice, title, f"{about}: {words}")
        column.addWidget(head)
        tone: Literal["muted", "ink"] = "muted" if choice is None else "ink"
        column.addWidget(Text(words, wrap=True, selectable=True, tone=tone))
        return side

    def _radio(self, choice: Choice, title: str, about: str) -> RadioButton:
        button = RadioButton(title)
        button.setAccessibleName(f"{title}. {about}")
        self._group.addButton(button)
        self._buttons[choice] = button
        return button

    def _new_editor(self) -> Editor | None:
        ref, field, _, ours, _ = self.conflict
        if field is None:
            return None
        maker = EditorMaker(Around(self._speak, self._workspace.theme), _no_source)
        editor = maker.make(ref.kind, field)
        editor.show_value(ours)
        return editor

    def _typed(self) -> Any:
        """The value that was typed in place of both, or None after saying what is wrong with it."""
        assert self._editor is not None
        assert self.conflict.field is not None
        faults: Faults = []
        self._editor.clear_marks()
        value = self._editor.value((), faults)
        for fault in faults:
            words = problem_words(Problem(fault.code, "error", params=fault.params))
            self._editor.mark(fault.field, f"{words[:1].upper()}{words[1:]}.")
        self.is_wrong = bool(faults)
        return value

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _on_group_button_clicked(self) -> None:
        if self._editor is not None:
            self._editor.setVisible(self.choice == "other")
            if self.choice == "other":
                self._editor.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()


def _together(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with all fields of one record in one, where one alone might break a rule."""
    values: dict[Ref, dict[str, Any]] = {}
    for change in changes:
        if isinstance(change, SetFields):
            values.setdefault(change.ref, {}).update(change.values)
    whole = (change for change in changes if not isinstance(change, SetFields))
    return (*whole, *(SetFields(ref, each) for ref, each in values.items()))


def _record_change(ref: Ref, ours: Any, theirs: Any) -> Change | None:
    if ours is None:
        return None if theirs is None else DeleteRecord(ref)
    if theirs is None:
        return AddRecord(ours)
    names = (name for name in ours.__struct_fields__ if name != "id")
    values = {name: getattr(ours, name) for name in names}
    return SetFields(ref, {n: v for n, v in values.items() if v != getattr(theirs, n)})


def _item_of(ref: Ref, field: str | None) -> Any:
    """The declared type of a field, or of the items that it lists."""
    if field is None:
        return None
    declared = declared_of(ref.kind, field)
    return get_args(declared)[0] if get_origin(declared) is tuple else declared


def _told(conflict: Conflict) -> list[str]:
    """The fields of a whole record that are told: of two records, those in which they differ."""
    ours, theirs = conflict.ours, conflict.theirs
    names = [name for name in conflict.ref.kind.__struct_fields__ if name != "id"]
    if ours is None or theirs is None:
        return names
    return [name for name in names if getattr(ours, name) != getattr(theirs, name)]


def _record_words(speak: Locale, record: Any, names: Sequence[str]) -> str:
    if record is None:
        return tr("not there")
    given = ((name, getattr(record, name)) for name in names)
    lines = (f"{field_words(name)}: {value_words(speak, value)}" for name, value in given if value)
    return "\n".join(lines)


def _name(speak: Locale, conflict: Conflict) -> str:
    found = speak.dossier.find(conflict.ref)
    sides = (found, conflict.ours, conflict.theirs, conflict.base)
    if conflict.field is not None:
        sides = (found, None, None, None)
    record = next((each for each in sides if each is not None), None)
    return record_words(speak, record) if record is not None else conflict.ref.id


def _no_source(_source_id: str) -> None:
    """A source cannot be written here; it is chosen from those of the file."""
