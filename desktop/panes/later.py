"""A tab whose pane is yet to be built: it says so, and where its facts stand meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.dossier import Dossier
from desktop.model.records import Fact
from desktop.panes.pane import Pane
from desktop.services.language import tr
from desktop.services.theme import SMALL_PX, WIDE_PX
from desktop.widgets.text import Text
from desktop.workspace import Workspace


class LaterPane(Pane):
    """Says what will stand here in a later version."""

    shows = frozenset({Fact})

    def __init__(
        self, workspace: Workspace, what: str, where: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        column = QVBoxLayout()
        column.setContentsMargins(WIDE_PX, WIDE_PX, WIDE_PX, WIDE_PX)
        column.setSpacing(SMALL_PX)
        column.addWidget(Text(tr("Not in this version yet"), "heading"))
        for words in (what, where):
            column.addWidget(Text(words, "body", tone="muted", wrap=True))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setLayout(column)
        self.set_content(content)

    def refresh(self, dossier: Dossier) -> None:
        """Nothing here draws on the facts yet."""
