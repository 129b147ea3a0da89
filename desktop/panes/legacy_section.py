"""One section of the War-legacy pane: its title, its parts, and what of it the file lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Dossier
from desktop.model.records import AreaId
from desktop.panes.fact_row import give_way
from desktop.panes.legacy_parts import inset, view_of
from desktop.panes.legacy_sections import Part, Section, missing
from desktop.services.language import Locale, Words, tr
from desktop.services.theme import LARGE_PX, SMALL_PX
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import BLEED_PX
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_READING_PX: Final = 820
_BESIDE_PX: Final = 860
_LEAST_PX: Final = 480


class SectionView(QWidget):
    """Shows a section to the audience that is set; what the file lacks it says, part by part.

    One that ``ends_area``, the last on its area, leads on to all facts of it.
    """

    picked = Signal(object)
    area_asked = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        section: Section,
        *,
        ends_area: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self._ends_area = ends_area
        self._said: tuple[Words, ...] = ()
        self.parts = [view_of(workspace, part) for part in section.parts]
        self._pairs: list[QBoxLayout] = []
        self.title = Text(section.title, "title", wrap=True)
        self.summary = LinkedText("summary", tone="muted")
        give_way(self.summary)
        self.summary.activated.connect(self.picked)
        self._missing = Text(role="caption", wrap=True, selectable=True)
        self._all = Link()
        self._all.activated.connect(self._on_all_activated)
        self._compose()

    def _compose(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(SMALL_PX)
        self._summary_room = inset(self.summary, _READING_PX)
        self._missing_room = inset(self._missing)
        head.addWidget(inset(self.title))
        head.addWidget(self._summary_room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LARGE_PX)
        column.addLayout(head)
        beside: QBoxLayout | None = None
        for view in self.parts:
            view.picked.connect(self.picked)
            if view.part.look != "half":
                beside = None
                column.addWidget(view)
                continue
            if beside is None:
                beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
                beside.setSpacing(LARGE_PX)
                self._pairs.append(beside)
                column.addLayout(beside)
            beside.addWidget(view, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._missing_room)
        self._all_room = QWidget()
        line = QHBoxLayout(self._all_room)
        line.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
        line.addWidget(self._all)
        line.addStretch(1)
        column.addWidget(self._all_room)

    def show_section(self, dossier: Dossier, speak: Locale) -> None:
        area = dossier.areas.get(AreaId(self.section.area))
        summary = speak.sentence(area.summary) if area and self.section.is_lead else ()
        if summary != self._said:
            self._said = summary
            self.summary.set_parts(summary)
        self._summary_room.setVisible(bool(summary))
        shown = [view.show_facts(speak) for view in self.parts]
        for view, is_shown in zip(self.parts, shown, strict=True):
            view.setVisible(is_shown)
        self._missing.setText(self._what_is_missing(dossier, speak, shown))
        self._missing_room.setVisible(bool(self._missing.text()))
        if area is not None:
            words = tr("All facts under “{area}”")
            self._all.set_words(words.format(area=speak.text(area.name)))
        self._all_room.setVisible(self._ends_area and area is not None)

    def tell_anew(self) -> None:
        for view in self.parts:
            view.tell_anew()

    def choose(self, fact_id: str) -> None:
        for view in self.parts:
            view.choose(fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        """What shows a fact here, to be scrolled to."""
        found = (view.part_of(fact_id) for view in self.parts if not view.isHidden())
        return next((widget for widget in found if widget is not None), None)

    def prepare_for_paper(self) -> None:
        """Leave nothing for later, and lead nowhere."""
        self._ends_area = False
        for view in self.parts:
            view.prepare_for_paper()

    def breaks(self, content: QWidget) -> list[int]:
        """Where it may be cut, in the pixels of ``content``: before a part or a line of a list.

        The head stays with the first part, and with what stands beside that.
        """
        shown = [view for view in self.parts if not view.isHidden()]
        first = shown[0].mapTo(content, QPoint(0, 0)).y() if shown else 0
        lines = [line for view in shown for line in view.breaks()]
        tops = [each.mapTo(content, QPoint(0, 0)).y() for each in (self, *shown, *lines)]
        return [top for top in tops if top != first]

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        # Rows that wrap would ask for the height of their narrowest, and leave a gap at the end.
        return QSize(_LEAST_PX, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _BESIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(direction)
        super().resizeEvent(event)

    def _what_is_missing(self, dossier: Dossier, speak: Locale, shown: Sequence[bool]) -> str:
        """What the section wants and cannot show, and how it comes to be shown."""
        measures, facts = missing(dossier, self.section)
        if all(_lacks_all(part, measures, facts) for part in self.section.parts):
            return tr("The file holds nothing on this yet.")
        lines = []
        if measures:
            words = tr(
                "Not in the file: {ids}. Declare a measure under “measures”; a fact joins it by"
                " “measure: {first}”."
            )
            lines.append(words.format(ids=", ".join(measures), first=measures[0]))
        if facts:
            words = tr("Not in the file: {ids}. Add such a fact under “facts”.")
            lines.append(words.format(ids=", ".join(facts)))
        for view, is_shown in zip(self.parts, shown, strict=True):
            if not is_shown and not _lacks(view.part, measures, facts):
                words = tr("{part}: nothing is shown to this audience as of this day.")
                lines.append(words.format(part=view.part.title))
        return "\n".join(lines)

    def _on_all_activated(self) -> None:
        self.area_asked.emit(self.section.area)


def views_of(workspace: Workspace, sections: Sequence[Section]) -> list[SectionView]:
    """A view for each section."""
    last = {section.area: section.id for section in sections}
    return [
        SectionView(workspace, section, ends_area=last[section.area] == section.id)
        for section in sections
    ]


def _lacks_all(part: Part, measures: Sequence[str], facts: Sequence[str]) -> bool:
    """Whether a part has nothing to show, as all that it wants is among what is missing."""
    return {*part.measures} <= {*measures} and {*part.facts} <= {*facts}


def _lacks(part: Part, measures: Sequence[str], facts: Sequence[str]) -> bool:
    return any(each in measures for each in part.measures) or any(
        each in facts for each in part.facts
    )
