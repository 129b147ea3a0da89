"""All areas under one another, for paper."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.dossier import Dossier
from desktop.panes.areas_view import AreaView
from desktop.services.language import Locale
from desktop.workspace import Workspace


class AreasSheet(QWidget):
    """Every area with every fact it shows; ``breaks`` are the heights at which none is cut."""

    def __init__(self, workspace: Workspace, dossier: Dossier, speak: Locale) -> None:
        super().__init__()
        self._views: list[AreaView] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for area in dossier.areas.values():
            view = AreaView(workspace)
            view.show_area(dossier, speak, area)
            self._views.append(view)
            column.addWidget(view)

    def breaks(self) -> tuple[int, ...]:
        """Where an area or a fact begins; an area's head stays with its first fact."""
        tops = []
        for view in self._views:
            tops.append(view.y())
            items = (view.facts.row(key) for key in view.facts.keys()[1:])
            tops += [item.mapTo(self, QPoint(0, 0)).y() for item in items if item is not None]
        return (*tops[1:], self.height())
