"""The base of every tab: it shows the current dossier, at once when in view, else when shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.changes import Change, ChangeRefused
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import About, Fact, FactId, Record, Slide
from desktop.model.states import is_shown
from desktop.model.values import LocalText
from desktop.services.language import Locale
from desktop.workspace import Workspace


class Pane(QWidget):
    """A tab over the facts; it reads dossiers and applies changes, and keeps no facts.

    ``shows`` names the kinds of record it draws from; a change to others leaves it alone. A
    subclass builds its controls once, fills them in ``refresh`` and marks the record in view in
    ``show_selection``. ``speak`` is how to say things to the audience, current in both.
    """

    shows: ClassVar[frozenset[type[Record]]] = frozenset()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.speak: Locale = workspace.locale(workspace.store.dossier)
        self._stale = True
        workspace.store.changed.connect(self._on_store_changed)
        workspace.selection.changed.connect(self._on_selection_changed)
        workspace.settings.changed.connect(self._on_settings_changed)

    def set_content(self, content: QWidget) -> None:
        """Fill the pane with one widget, edge to edge."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def refresh(self, dossier: Dossier) -> None:
        """Show this dossier; must not emit an edit."""
        raise NotImplementedError

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        """Show what a change altered; a pane that can do it narrowly says how."""
        self.refresh(dossier)

    def show_selection(self, ref: Ref | None) -> None:
        """Mark the record in view, if this pane shows it."""

    def own_keys(self) -> Sequence[tuple[str, str]]:
        """What keys do within this pane, beyond Tab and Enter: each in words, and the key."""
        return ()

    def page(self) -> QWidget:
        """The widget that holds the whole content, for writing it to paper."""
        return self

    def slide(self) -> Slide | None:
        """What is in view as a slide, if a slide can show it; its id is only a proposal.

        Of a pane that says no more, it is the fact in view as a figure.
        """
        return self.fact_slide()

    def fact_slide(self) -> Slide | None:
        """The fact in view alone, on a slide; None if no fact that is shown is in view."""
        dossier, ref = self.workspace.store.dossier, self.workspace.selection.ref
        fact = dossier.find(ref) if ref is not None and ref.kind is Fact else None
        if not isinstance(fact, Fact) or not is_shown(dossier, fact, self.speak.audience):
            return None
        said = fact.statement.by_language if fact.statement else {}
        title = LocalText(**{each: words.rstrip(".") for each, words in said.items()})
        if not said:
            title = self.own_words(self.speak.statement(fact).rstrip("."))
        return Slide(id=fact.id, title=title, layout="figure", facts=(FactId(fact.id),))

    def own_words(self, words: str) -> LocalText:
        """Words of the program, in the language in which it speaks to this audience."""
        return LocalText(vi=words) if self.speak.language == "vi" else LocalText(en=words)

    def apply(self, change: Change) -> None:
        """Make an edit; a refusal goes to ``refuse`` and changes nothing."""
        try:
            self.workspace.store.apply(change)
        except ChangeRefused as refusal:
            self.refuse(refusal.problem)

    def refuse(self, problem: Problem) -> None:
        """Say beside the control why an edit was not made; a pane that edits says how."""
        raise NotImplementedError

    def bring_up_to_date(self) -> None:
        """Refresh if something changed while the pane was out of view."""
        if self._stale:
            self._stale = False
            dossier = self.workspace.store.dossier
            self.speak = self.workspace.locale(dossier)
            self.refresh(dossier)
            self.show_selection(self.workspace.selection.ref)

    def showEvent(self, event: QShowEvent) -> None:
        self.bring_up_to_date()
        super().showEvent(event)

    def _on_store_changed(self, changes: ChangeSet) -> None:
        if not changes.kinds & (self.shows | {About}):
            return
        if self._stale or not self.isVisible():
            self._stale = True
            return
        dossier = self.workspace.store.dossier
        self.speak = self.workspace.locale(dossier)
        self.follow(dossier, changes)

    def _on_selection_changed(self, ref: Ref | None) -> None:
        if not self._stale:
            self.show_selection(ref)

    def _on_settings_changed(self, key: str) -> None:
        if key == "audience":
            self._stale = True
            if self.isVisible():
                self.bring_up_to_date()
