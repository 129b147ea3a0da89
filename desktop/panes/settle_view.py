"""A difference between sources: what each says, side by side, and how we settle it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.model.changes import ChangeRefused, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import ChangeSet, Ref
from desktop.model.problems import Malformed, Problem
from desktop.model.records import Fact, FactId, Reading
from desktop.model.states import says_otherwise
from desktop.model.values import LANGUAGES, LocalText
from desktop.panes.fact_words import language_words
from desktop.panes.source_card import source_card
from desktop.services.language import Locale, tr
from desktop.services.problem_words import problem_words
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.entry import Entry, asks_done
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

Unsettled = dict[str, dict[str, str]]
"""What is written and not settled, by fact and field."""
_SIDE_BY_SIDE_PX: Final = 560
_LINES: Final = 2


class SettleView(QWidget):
    """Shows both readings of a fact and takes down ours; it keeps what is being written.

    Ctrl+Enter settles from any field. What is written and not settled is kept in ``unsettled``, by
    fact and field, for the view that is opened next.
    """

    def __init__(
        self,
        workspace: Workspace,
        unsettled: Unsettled | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._unsettled: Unsettled = {} if unsettled is None else unsettled
        self._fact_id = ""
        self._is_filling = False
        self._head = Text(role="heading", wrap=True)
        self._value = Text(role="unit")
        self._agreeing, self._differing = _Side(), _Side()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(LARGE_PX)
        for side in (self._agreeing, self._differing):
            self._sides.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self._says: dict[str, Entry] = {
            language: _paper(_say_words(language)) for language in LANGUAGES
        }
        self._whys: dict[str, Entry] = {
            language: _paper(_why_words(language)) for language in LANGUAGES
        }
        self._date = Entry(tr("Settled on"), QLineEdit())
        self.settle_button = Button(tr("Settle"), primary=True)
        self.clear_button = Button(tr("Take our reading out"))
        self._state = Chip(workspace.theme, wrap=True)
        self._form = QWidget()
        self._lines: list[QBoxLayout] = []
        self._compose()
        self.settle_button.clicked.connect(self.settle)
        for entry in self._entries().values():
            entry.editor.textChanged.connect(self._on_text_changed)  # type: ignore[attr-defined]
        self.clear_button.clicked.connect(self._on_clear_button_clicked)
        workspace.store.changed.connect(self._on_store_changed)

    def _compose(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        head = QVBoxLayout()
        head.setSpacing(TIGHT_PX)
        head.addWidget(self._head)
        head.addWidget(self._value)
        column.addLayout(head)
        column.addLayout(self._sides)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, SMALL_PX)
        whole.setSpacing(SMALL_PX)
        whole.addWidget(Scroll(content), 1)
        whole.addWidget(self._compose_form())
        whole.addWidget(self._state)

    def _compose_form(self) -> QWidget:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, MEDIUM_PX, 0)
        form.setSpacing(SMALL_PX)
        form.addWidget(Hairline())
        for language in LANGUAGES:
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(MEDIUM_PX)
            line.addWidget(self._says[language], 1)
            line.addWidget(self._whys[language], 1)
            self._lines.append(line)
            form.addLayout(line)
        last = QHBoxLayout()
        last.setSpacing(SMALL_PX)
        last.addWidget(self._date, 1)
        last.addStretch(1)
        last.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignBottom)
        last.addWidget(self.settle_button, 0, Qt.AlignmentFlag.AlignBottom)
        form.addLayout(last)
        return self._form

    def show_fact(self, fact_id: str) -> None:
        """Show what sources say of this fact, and the reading as it stands."""
        self._fact_id = fact_id.partition("/")[0]
        self._state.hide()
        self._show_sides()
        self._fill_form()
        for name, text in self._unsettled.get(self._fact_id, {}).items():
            _put_text(self._entries()[name], text)

    def focus_first(self) -> None:
        """Put the cursor where our reading is written."""
        shown = [entry for entry in self._says.values() if not entry.isHidden()]
        for entry in shown[:1]:
            entry.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Write the reading into the fact as one step, or say beside the fields what is missing."""
        reading = self._written()
        if reading is not None:
            self._apply(reading, tr("Settled. Every pane shows it; Ctrl+Z takes it back."))

    def event(self, event: QEvent) -> bool:
        if asks_done(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.settle()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _SIDE_BY_SIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for line in (self._sides, *self._lines):
            line.setDirection(direction)
        super().resizeEvent(event)

    def _fact(self) -> Fact | None:
        return self._workspace.store.dossier.facts.get(FactId(self._fact_id))

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _show_sides(self) -> None:
        fact, speak, theme = self._fact(), self._speak(), self._workspace.theme
        if fact is None:
            self._head.setText(tr("There is no fact “{id}” in this file.").format(id=self._fact_id))
            self._form.hide()
            return
        self._head.setText(speak.statement(fact).rstrip(".") or fact.id)
        said = (speak.quantity(fact.value) if fact.value else "", speak.date(fact.when))
        self._value.setText(", ".join(filter(None, said)))
        self._value.setVisible(bool(self._value.text()))
        agreeing = [each for each in fact.citations if not says_otherwise(fact, each)]
        differing = [each for each in fact.citations if says_otherwise(fact, each)]
        contradicting = [each for each in fact.contradicted_by if each in speak.dossier.facts]
        self._agreeing.show_cards(
            tr("Says what the fact says"), [source_card(theme, speak, each) for each in agreeing]
        )
        others = [_stated(speak, speak.dossier.facts[each]) for each in contradicting]
        self._differing.show_cards(
            tr("Says otherwise"), [source_card(theme, speak, each) for each in differing] + others
        )
        differs = bool(differing or contradicting)
        self._differing.setVisible(differs)
        self._form.setVisible(differs or fact.reading is not None)
        if self._form.isHidden():
            self._say(tr("No source differs on this fact: there is nothing to settle."), "muted")

    def _fill_form(self) -> None:
        self._is_filling = True
        self._fill_fields()
        self._is_filling = False

    def _fill_fields(self) -> None:
        fact = self._fact()
        reading = fact.reading if fact else None
        today = EdtfDate.of_day(self._workspace.today())
        spoken = self._speak().language
        languages: set[str] = {spoken if spoken in LANGUAGES else "en"}
        if reading is not None:
            languages = {*reading.say.by_language}
        for language in LANGUAGES:
            for entry, text in (
                (self._says[language], reading.say if reading else None),
                (self._whys[language], reading.why if reading else None),
            ):
                entry.setVisible(language in languages)
                entry.refuse("")
                _editor(entry).setPlainText(text.by_language.get(language, "") if text else "")
        self._line().setText((reading.date if reading and reading.date else today).text)
        self._date.refuse("")
        self.settle_button.set_words(tr("Settle anew") if reading else tr("Settle"))
        self.clear_button.setVisible(reading is not None)

    def _entries(self) -> dict[str, Entry]:
        """The fields by name."""
        says = {f"say.{language}": entry for language, entry in self._says.items()}
        whys = {f"why.{language}": entry for language, entry in self._whys.items()}
        return {**says, **whys, "date": self._date}

    def _on_text_changed(self) -> None:
        if not self._is_filling:
            texts = {name: _text(entry) for name, entry in self._entries().items()}
            self._unsettled[self._fact_id] = texts

    def _line(self) -> QLineEdit:
        editor = self._date.editor
        assert isinstance(editor, QLineEdit)
        return editor

    def _written(self) -> Reading | None:
        """The reading as it is written, or None after saying what is wrong with it."""
        say, why = _text_of(self._says), _text_of(self._whys)
        shown = [entry for entry in self._says.values() if not entry.isHidden()]
        for entry in shown:
            entry.refuse("" if say else tr("Say in a sentence how the difference is settled."))
        try:
            date = EdtfDate.parse(self._line().text().strip())
            self._date.refuse("")
        except Malformed as error:
            problem = Problem(error.code, "error", params=error.params)
            self._date.refuse(_sentence(problem_words(problem)))
            return None
        return Reading(say=say, why=why, date=date) if say else None

    def _apply(self, reading: Reading | None, words: str) -> None:
        store = self._workspace.store
        before = store.dossier
        change = SetField(Ref(Fact, self._fact_id), "reading", reading)
        try:
            store.apply(change)
        except ChangeRefused as refused:
            self._say(_sentence(problem_words(refused.problem)), "differ")
            return
        self._unsettled.pop(self._fact_id, None)
        self._fill_form()
        if store.dossier is before:
            self._say(tr("Nothing changed."), "muted")
        else:
            self._say(words, "agreed")

    def _say(self, words: str, tone: str) -> None:
        icon = {"agreed": "check", "differ": "alert-triangle"}.get(tone, "info-circle")
        self._state.set_state(icon, words, tone)  # type: ignore[arg-type]
        self._state.show()

    def _on_clear_button_clicked(self) -> None:
        self._apply(None, tr("The difference is open again; Ctrl+Z takes this back."))

    def _on_store_changed(self, changes: ChangeSet) -> None:
        # A drawer that was closed keeps its view until the next one, but nobody sees it.
        if not self._fact_id or not self.isVisible():
            return
        fields = changes.changed.get(Ref(Fact, self._fact_id), frozenset())
        self._show_sides()
        if "reading" in fields:
            self._state.hide()
            self._fill_form()


class _Side(QWidget):
    """What one side says, a card for each source."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SMALL_PX)

    def show_cards(self, title: str, cards: Sequence[QWidget]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        none = [] if cards else [Text(tr("No source."), "caption")]
        for part in (Text(title, "caption_strong", tone="muted"), Hairline(), *cards, *none):
            self._column.addWidget(part)


def _stated(speak: Locale, fact: Fact) -> QWidget:
    """A better-founded fact that cannot stand beside this one."""
    card = QWidget()
    column = QVBoxLayout(card)
    column.setContentsMargins(0, 0, 0, SMALL_PX)
    column.setSpacing(TIGHT_PX)
    column.addWidget(Text(speak.statement(fact).rstrip(".") or fact.id, "strong", wrap=True))
    said = (speak.quantity(fact.value) if fact.value else "", speak.date(fact.when))
    column.addWidget(Text(", ".join(filter(None, said)), wrap=True))
    column.addWidget(Text(tr("another fact of the file, {id}").format(id=fact.id), "source"))
    return card


def _paper(label: str) -> Entry:
    """A field of a few lines; Tab goes on to the next field."""
    editor = QPlainTextEdit()
    editor.setTabChangesFocus(True)
    high_px = editor.fontMetrics().lineSpacing() * _LINES + 2 * SMALL_PX + TIGHT_PX
    editor.setFixedHeight(high_px)
    return Entry(label, editor)


def _editor(entry: Entry) -> QPlainTextEdit:
    assert isinstance(entry.editor, QPlainTextEdit)
    return entry.editor


def _text(entry: Entry) -> str:
    editor = entry.editor
    return editor.text() if isinstance(editor, QLineEdit) else _editor(entry).toPlainText()


def _put_text(entry: Entry, text: str) -> None:
    editor = entry.editor
    if isinstance(editor, QLineEdit):
        editor.setText(text)
    elif not entry.isHidden():
        _editor(entry).setPlainText(text)


def _text_of(entries: dict[str, Entry]) -> LocalText | None:
    written = {
        language: " ".join(_editor(entry).toPlainText().split())
        for language, entry in entries.items()
    }
    said = {language: words for language, words in written.items() if words}
    return LocalText(**said) if said else None


def _say_words(language: str) -> str:
    words = tr("How we settle it")
    return words if language == "en" else f"{words}, {language_words(language)}"


def _why_words(language: str) -> str:
    words = tr("Why")
    return words if language == "en" else f"{words}, {language_words(language)}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
