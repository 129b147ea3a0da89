"""Menus whose entries depend on the file: audiences to speak to, files opened lately."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.actions.file import Opener
from desktop.services.language import audience_words, tr
from desktop.workspace import Workspace


class _FilledMenu(QMenu):
    """Asks for its entries each time it opens: words, whether it is the current one, and value."""

    def __init__(
        self,
        title: str,
        group: str,
        entries: Callable[[], list[tuple[str, bool, str]]],
        choose: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(group)
        self._entries = entries
        self._choose = choose
        self.aboutToShow.connect(self._on_about_to_show)
        self.triggered.connect(self._on_triggered)

    def _on_about_to_show(self) -> None:
        self.clear()
        for words, current, value in self._entries():
            entry = self.addAction(words.replace("&", "&&"))
            entry.setCheckable(current)
            entry.setChecked(current)
            entry.setData(value)

    def _on_triggered(self, entry: QAction) -> None:
        self._choose(str(entry.data()))


def audience_menu(workspace: Workspace, parent: QWidget) -> QMenu:
    """Whom to speak to: their language, their names for places, what they may see."""

    def entries() -> list[tuple[str, bool, str]]:
        dossier = workspace.store.dossier
        current = workspace.locale(dossier).audience
        return [
            (audience_words(audience), audience.id == current, audience.id)
            for audience in dossier.audiences.values()
        ]

    def choose(audience_id: str) -> None:
        workspace.settings.audience = audience_id

    return _FilledMenu(tr("Audience"), "view", entries, choose, parent)


def briefing_menu(workspace: Workspace, parent: QWidget) -> QMenu:
    """Which briefing is given next."""

    def entries() -> list[tuple[str, bool, str]]:
        dossier = workspace.store.dossier
        speak = workspace.locale(dossier)
        chosen = workspace.settings.briefing or next(iter(dossier.briefings), "")
        return [
            (speak.text(each.title), each.id == chosen, each.id)
            for each in dossier.briefings.values()
        ]

    def choose(briefing_id: str) -> None:
        workspace.settings.briefing = briefing_id

    return _FilledMenu(tr("Briefing"), "present", entries, choose, parent)


def recent_menu(workspace: Workspace, opener: Opener, parent: QWidget) -> QMenu:
    """The facts files opened lately, the latest first."""

    def entries() -> list[tuple[str, bool, str]]:
        current = str(workspace.file.path) if workspace.file else ""
        return [(path, path == current, path) for path in workspace.settings.recent_files]

    def choose(path: str) -> None:
        opener.open(Path(path))

    return _FilledMenu(tr("Opened lately"), "file", entries, choose, parent)
