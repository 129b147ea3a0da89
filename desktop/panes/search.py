"""Search over everything: facts, places, sources, areas and actions, from one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.model.dossier import ChangeSet, Ref
from desktop.model.search_index import Query
from desktop.panes.fold_ahead import FoldAhead
from desktop.panes.search_results import Command, extent_words, find
from desktop.services.language import tr
from desktop.widgets.search_panel import SearchPanel
from desktop.workspace import Workspace


class Commands(Protocol):
    """All that can be done, as the registry of actions lists it."""

    def all(self) -> Sequence[Command]: ...


class Search(QObject):
    """Finds as one types; a choice is shown where it is at home, or done."""

    def __init__(self, window: QWidget, workspace: Workspace, commands: Commands) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._commands = commands
        searches = tr("Search facts, places, sources, areas and actions")
        self.panel = SearchPanel(workspace.theme, searches, window)
        self.panel.typed.connect(self._on_panel_typed)
        self.panel.chosen.connect(self._on_panel_chosen)
        self.panel.closed.connect(self._on_panel_closed)
        self._folding = FoldAhead(workspace.store, self)
        workspace.store.changed.connect(self._on_store_changed)

    @classmethod
    def open_over(cls, window: QWidget, workspace: Workspace, commands: Commands) -> Self:
        """Open the search of this window, making it the first time."""
        found = window.findChild(cls) or cls(window, workspace, commands)
        found.open()
        return found

    def open(self) -> None:
        self.panel.open()
        self._show_results("")
        self._folding.start()

    def _show_results(self, typed: str) -> None:
        dossier = self._workspace.store.dossier
        commands, query = self._commands.all(), Query(typed)
        groups = find(self._workspace.locale(dossier), commands, query)
        message = ""
        if not query:
            message = extent_words(dossier, commands)
        elif not groups:
            message = tr("Nothing is found for “{words}”.").format(words=query.text)
        self.panel.show_groups(groups, message)

    def _on_panel_typed(self, text: str) -> None:
        self._show_results(text)

    def _on_panel_chosen(self, key: object) -> None:
        if isinstance(key, Ref):
            self._workspace.selection.reveal(key.id, key.kind)
            return
        for command in self._commands.all():
            if command is key and command.enabled():
                command.run()

    def _on_panel_closed(self) -> None:
        self._folding.stop()

    def _on_store_changed(self, _changes: ChangeSet) -> None:
        if self.panel.isVisible():
            self._show_results(self.panel.box.text())
