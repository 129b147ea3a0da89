"""One source of a fact: who it is, how far to be relied on, what it says, in its own words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.records import Citation
from desktop.services.citation_words import grade_of, grade_words, says_words
from desktop.services.language import Locale
from desktop.services.theme import SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Chip, Grade
from desktop.widgets.text import Text


def source_card(theme: Theme, speak: Locale, citation: Citation) -> QWidget:
    """A citation as a block of its own, to stand beside another."""
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    line = QHBoxLayout()
    line.setSpacing(SMALL_PX)
    line.addWidget(Text(name, "strong", wrap=True), 1)
    meaning = grade_words(source, citation)
    grade = Grade(grade_of(source, citation), name=f"{grade_of(source, citation)}: {meaning}")
    line.addWidget(grade, 0, Qt.AlignmentFlag.AlignTop)
    card = QWidget()
    column = QVBoxLayout(card)
    column.setContentsMargins(0, 0, 0, SMALL_PX)
    column.setSpacing(TIGHT_PX)
    column.addLayout(line)
    column.addWidget(Text(meaning, "source", wrap=True))
    if citation.says is not None:
        said = says_words(speak, citation.says)
        column.addWidget(Chip(theme, "flag", said, "differ", wrap=True))
    for words in (f"“{citation.quote}”" if citation.quote else "", citation.locator or ""):
        if words:
            column.addWidget(Text(words, wrap=True, selectable=True))
    return card
