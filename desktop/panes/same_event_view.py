"""Whether two facts are one event told twice: asked beside the work, and answered here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Dossier
from desktop.model.problems import Problem
from desktop.model.records import Fact
from desktop.panes.same_events import Pair, SameEvents
from desktop.panes.source_card import source_card
from desktop.services.language import Locale, stage_words, tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.record_words import cut
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.link import Link
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_SIDE_BY_SIDE_PX: Final = 560


class SameEventView(QWidget):
    """Two facts side by side with what each answer makes of them."""

    answered = Signal()
    """The last pair in view was answered, here or elsewhere."""

    def __init__(
        self, workspace: Workspace, events: SameEvents, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._events = events
        self._head = Text(role="heading", wrap=True)
        self._kept, self._other = _Told(), _Told()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(LARGE_PX)
        for side in (self._kept, self._other):
            self._sides.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self.one_button = Button(tr("One event"))
        self.two_button = Button(tr("Two events"))
        self._one_words, self._two_words = (Text(role="caption", wrap=True) for _ in range(2))
        self.swap_link = Link(tr("Keep the other of the two"))
        self._refusal = Chip(workspace.theme, wrap=True)
        self._answers = QWidget()
        self._compose()
        self.one_button.clicked.connect(self._on_one_button_clicked)
        self.two_button.clicked.connect(self._on_two_button_clicked)
        self.swap_link.activated.connect(self._on_swap_link_activated)
        events.changed.connect(self._on_facts_changed)
        workspace.store.changed.connect(self._on_facts_changed)
        self.refresh()

    def _compose(self) -> None:
        answers = QVBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, MEDIUM_PX, 0)
        answers.setSpacing(SMALL_PX)
        answers.addWidget(Hairline())
        for button, words in (
            (self.one_button, self._one_words),
            (self.two_button, self._two_words),
        ):
            button.setMinimumWidth(120)
            line = QHBoxLayout()
            line.setSpacing(MEDIUM_PX)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
            answers.addLayout(line)
        answers.addWidget(self.swap_link)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(self._head)
        column.addLayout(self._sides)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, SMALL_PX)
        whole.setSpacing(SMALL_PX)
        whole.addWidget(Scroll(content), 1)
        whole.addWidget(self._answers)
        whole.addWidget(self._refusal)

    def refresh(self) -> None:
        """Show the pair that is asked about next, or that there is none."""
        speak = self._workspace.locale(self._workspace.store.dossier)
        pair = self._pair()
        shown = pair is not None
        for part in (self._kept, self._other, self._answers):
            part.setVisible(shown)
        self._refusal.hide()
        if pair is None:
            self._head.setText(tr("No two facts wait for an answer."))
            return
        kept, other = (speak.dossier.facts[each] for each in pair)
        waiting = len(self._events.pairs) - 1
        more = tr_count("{count} more waits", "{count} more wait", waiting) if waiting else ""
        asked = tr("Is this one event, told twice?")
        self._head.setText(f"{asked} ({more})" if more else asked)
        theme = self._workspace.theme
        self._kept.show_fact(theme, speak, kept, tr("Stays, if it is one"))
        self._other.show_fact(theme, speak, other, tr("Becomes a citation of it"))
        self._one_words.setText(one_words(speak, kept, other))
        self._two_words.setText(two_words(speak, kept, other))

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _SIDE_BY_SIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        super().resizeEvent(event)

    def _pair(self) -> Pair | None:
        facts = self._workspace.store.dossier.facts
        there = (pair for pair in self._events.pairs if pair[0] in facts and pair[1] in facts)
        return next(there, None)

    def _refuse(self, problem: Problem | None) -> None:
        if problem is not None:
            words = tr("Not done: {why}.").format(why=problem_words(problem))
            self._refusal.set_state("alert-triangle", words, "differ")
            self._refusal.show()

    def _on_facts_changed(self) -> None:
        # A drawer that was closed keeps its view until the next one, but nobody sees it.
        if self.isVisible():
            self.refresh()
            if self._pair() is None:
                self.answered.emit()

    def _on_one_button_clicked(self) -> None:
        pair = self._pair()
        if pair is not None:
            problem = self._events.say_one(pair)
            self._refuse(problem)
            if problem is None:
                self._workspace.selection.select(pair[0])

    def _on_two_button_clicked(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._refuse(self._events.say_two(pair))

    def _on_swap_link_activated(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._events.swap(pair)


class _Told(QWidget):
    """One of the two facts: what it says, and who says it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(TIGHT_PX)

    def show_fact(self, theme: Theme, speak: Locale, fact: Fact, role: str) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._column.addWidget(Text(role, "caption_strong", tone="muted"))
        self._column.addWidget(Hairline())
        self._column.addSpacing(TIGHT_PX)
        self._column.addWidget(Text(_statement(speak, fact), "strong", wrap=True))
        self._column.addWidget(Text(_particulars(speak, fact), wrap=True))
        self._column.addWidget(Text(fact.id, "source", wrap=True))
        self._column.addSpacing(SMALL_PX)
        for citation in fact.citations:
            self._column.addWidget(source_card(theme, speak, citation))


def asking_words(speak: Locale, pair: Pair) -> str:
    """The question in a sentence, for the line over the panes."""
    kept, other = (speak.dossier.facts[each] for each in pair)
    return tr("{new} has the amount, stage and place of {old}: {what}.").format(
        new=_dated(speak, other),
        old=_dated(speak, kept),
        what=speak.quantity(kept.value) if kept.value else "",
    )


def one_words(speak: Locale, kept: Fact, other: Fact) -> str:
    """What becomes of two facts that are one event."""
    known = {(each.source, each.quote, each.locator) for each in kept.citations}
    new = [each for each in other.citations if (each.source, each.quote, each.locator) not in known]
    more = tr_count("{count} more citation", "{count} more citations", len(new))
    words = tr(
        "“{kept}” stays, with {more}. “{other}” goes; what named it names the one that stays."
    )
    return words.format(
        kept=cut(_statement(speak, kept)), more=more, other=cut(_statement(speak, other))
    )


def two_words(speak: Locale, kept: Fact, other: Fact) -> str:
    """What becomes of two facts that are two events."""
    totals = _totals(speak.dossier, kept, other)
    if not totals:
        return tr("Both stay as they are; no total has one of them as a part.")
    names = ", ".join(f"“{cut(_statement(speak, each))}”" for each in totals)
    words = tr("Both stay. {totals} is told to count both, and shows that it does not add up.")
    return words.format(totals=names)


def _totals(dossier: Dossier, one: Fact, other: Fact) -> list[Fact]:
    namers = {each.id: each for fact in (one, other) for each in dossier.naming(fact.id)}
    return [each for each in namers.values() if (one.id in each.parts) != (other.id in each.parts)]


def _statement(speak: Locale, fact: Fact) -> str:
    return speak.statement(fact).rstrip(".") or fact.id


def _dated(speak: Locale, fact: Fact) -> str:
    date = speak.date(fact.when, short=True)
    words = f"“{cut(_statement(speak, fact))}”"
    return f"{words} ({date})" if date else words


def _particulars(speak: Locale, fact: Fact) -> str:
    place = speak.dossier.places.get(fact.place) if fact.place else None
    parts = (
        speak.quantity(fact.value) if fact.value else "",
        stage_words(fact.stage) if fact.stage else "",
        speak.name(place) if place else "",
        speak.date(fact.when) or tr("no date given"),
    )
    return ", ".join(part for part in parts if part)
