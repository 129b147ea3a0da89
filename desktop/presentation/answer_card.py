"""The answer that the briefer sees before the audience does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.records import Fact
from desktop.model.states import states_of
from desktop.presentation.session import Session
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, state_words, tr
from desktop.services.theme import SMALL_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.text import Text


class AnswerCard(QWidget):
    """The answer that the briefer sees first: sentence, quotation, source, and how to settle it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = Chip(theme, "flag", "", "differ")
        self._value = Text(role="title", wrap=True)
        self._statement = Text(role="strong", wrap=True)
        self._quotes = Text(role="body", wrap=True, selectable=True)
        self._quotes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = Text(role="caption", tone="link", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        for part in (self._value, self._statement, self._state, self._quotes, self._hint):
            column.addWidget(part)
        self.hide()

    def show_card(self, session: Session) -> None:
        card = session.asked
        self.setVisible(card is not None)
        if card is None:
            return
        dossier = session.dossier
        fact, speak = dossier.fact(card.fact_id), Locale(dossier, session.audience)
        value = speak.quantity(fact.value) if fact.value else ""
        self._value.setText(value)
        self._value.setVisible(bool(value))
        when = speak.date(fact.when)
        statement = speak.statement(fact).rstrip(".")
        self._statement.setText(f"{statement}, {when}" if when else statement)
        states = states_of(dossier, fact)
        differs = "sources-differ" in states
        self._state.setVisible(differs)
        self._state.set_state("flag", state_words("sources-differ"), "differ")
        lines = [_citation(speak, fact, place) for place in range(len(fact.citations))]
        if fact.reading is not None:
            lines.append(tr("Say: {words}").format(words=speak.text(fact.reading.say)))
        self._quotes.setText("\n\n".join(lines))
        if session.pushed == card:
            self._hint.setText(tr("The audience sees this. Enter takes it away, Esc closes it."))
        else:
            self._hint.setText(
                tr("Only you see this. Enter shows it to the audience, Esc closes it.")
            )


def _citation(speak: Locale, fact: Fact, place: int) -> str:
    citation = fact.citations[place]
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    words = f"“{citation.quote}”" if citation.quote else citation.locator or ""
    said = says_words(speak, citation.says) if citation.says else ""
    lines = [words, f"{name} ({grade_of(source, citation)})"]
    if said:
        lines.append(tr("Says: {words}").format(words=said))
    return "\n".join(line for line in lines if line)
