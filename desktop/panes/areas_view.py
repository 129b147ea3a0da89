"""One area in full: what it is about, its dated events, and every fact it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.event_lane import EventLane
from desktop.figures.figure import FigureView
from desktop.model.dossier import ChangeSet, Dossier, Ref, named_by, whole_id
from desktop.model.records import Area, AreaId, FactId
from desktop.model.states import differing_parts, is_shown, states_of, touched
from desktop.panes.areas_order import NO_ORDER, arranged
from desktop.panes.fact_row import FactRow, give_way
from desktop.panes.fact_words import find_fact
from desktop.services.language import Locale, Words, tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, WIDE_PX, Theme
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import BLEED_PX
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_READING_PX: Final = 820
_NARROW_PX: Final = 860
_LEAST_PX: Final = 480
_FAR: Final = 2
"""A row tells of the facts that its fact names, and of those that name one of these."""


class AreaView(QWidget):
    """Shows the area of ``show_area``; a fact in it is chosen or followed to its source."""

    fact_chosen = Signal(object)
    source_asked = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._speak: Locale = workspace.locale(workspace.store.dossier)
        self._order = NO_ORDER
        self._contents: dict[str, object] = {}
        self._told = 0
        self._chosen = ""
        self._tab_stop = ""
        self._said: tuple[Words, ...] = ()
        self._name = Text(role="title", wrap=True)
        self.summary = LinkedText("summary", tone="muted")
        self.summary.setMaximumWidth(_READING_PX)
        give_way(self.summary)
        self.summary.activated.connect(self.source_asked)
        self._lane = EventLane()
        self.lane = FigureView(self._lane, workspace.theme, workspace.store.dossier)
        self.lane.picked.connect(self.fact_chosen)
        self._line = Hairline()
        self.facts = _FactList()
        self._none = Text(role="body", tone="muted", wrap=True)
        self._head = QWidget()
        self._compose()

    def _compose(self) -> None:
        head = QVBoxLayout(self._head)
        head.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
        head.setSpacing(0)
        head.addWidget(self._name)
        head.addSpacing(SMALL_PX)
        # Beside a stretch, so that its height is asked for at the width it can have.
        line = QHBoxLayout()
        line.addWidget(self.summary, 1)
        line.addStretch(0)
        head.addLayout(line)
        head.addSpacing(LARGE_PX)
        head.addWidget(self.lane)
        head.addSpacing(MEDIUM_PX)
        head.addWidget(self._line)
        head.addWidget(self._none)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.facts)
        self._column.addStretch(1)
        self._set_margins(WIDE_PX - SMALL_PX)

    def show_area(self, dossier: Dossier, speak: Locale, area: Area) -> None:
        """Show an area for the audience that ``speak`` speaks to; rows that stay are kept."""
        if (speak.audience, speak.tag) != (self._speak.audience, self._speak.tag):
            self._contents.clear()
        self._speak = speak
        self._name.setText(speak.text(area.name))
        summary = speak.sentence(area.summary)
        if summary != self._said:
            self._said = summary
            self.summary.set_parts(summary)
        self.summary.setVisible(bool(summary))
        self._lane.show_area(AreaId(area.id), speak.audience)
        self.lane.show_dossier(dossier)
        self._order = arranged(dossier, area, speak.audience, self._order)
        ids = self._order.ids
        if self._tab_stop not in ids:
            self._tab_stop = ids[0] if ids else ""
        self.facts.set_rows(ids, self._new_item, self._fill_item, self._content)
        self.lane.setVisible(bool(ids))
        self._line.setVisible(bool(ids) and ids[0] not in self._order.headings)
        if not ids:
            self._none.setText(_why_empty(dossier, area))
        self._none.setVisible(not ids)

    def tell_anew(self) -> None:
        """Write every row again when next shown: names of units, places or languages changed."""
        self._told += 1
        self._contents.clear()

    def tell_of(self, dossier: Dossier, changes: ChangeSet) -> None:
        """Look, when next shown, at the rows that say something of what a change altered."""
        for each in (self._speak.dossier, dossier):
            for ref in changes.refs:
                for fact_id in _told_of(each, ref):
                    self._contents.pop(fact_id, None)

    def holds(self, fact_id: str) -> bool:
        """Whether a fact stands in the area in view."""
        return fact_id in self._order.ids

    def choose(self, fact_id: str) -> None:
        """Mark a fact in the lane and in the list; an empty id marks none."""
        for each in (self._chosen, fact_id):
            item = self.facts.row(each)
            if isinstance(item, _FactItem):
                item.row.set_chosen(each == fact_id)
        self._chosen = fact_id
        self._lane.choose(fact_id)
        if self.holds(fact_id):
            self._stop_tab_at(fact_id)

    def row(self, fact_id: str) -> FactRow | None:
        """The row of a fact, if it has been built."""
        item = self.facts.row(fact_id)
        return item.row if isinstance(item, _FactItem) else None

    def build_as_far_as(self, fact_id: str) -> None:
        """Have a row for a fact far down the list; the focus stays where it is."""
        focus: QWidget | None = self.window().focusWidget()
        self.facts.reveal(fact_id)
        row = self.row(fact_id)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif row is not None:
            row.clearFocus()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        # Rows that wrap would ask for the height of their narrowest, and leave a gap at the end.
        return QSize(_LEAST_PX, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _NARROW_PX
        self._set_margins(LARGE_PX if narrow else WIDE_PX - SMALL_PX)
        super().resizeEvent(event)

    def _set_margins(self, side_px: int) -> None:
        edge_px = side_px - BLEED_PX
        self._column.setContentsMargins(edge_px, LARGE_PX, edge_px, WIDE_PX)

    def _new_item(self) -> _FactItem:
        item = _FactItem(self._workspace.theme)
        item.row.activated.connect(self.fact_chosen)
        item.row.opened.connect(self.source_asked)
        item.row.focused.connect(self._stop_tab_at)
        return item

    def _fill_item(self, item: _FactItem, fact_id: str) -> None:
        item.show_heading(self._order.headings.get(fact_id, ""))
        item.row.show_fact(self._speak, self._speak.dossier.fact(fact_id))
        item.row.set_chosen(fact_id == self._chosen)
        item.row.set_tab_stop(fact_id == self._tab_stop)

    def _content(self, fact_id: str) -> object:
        """All that a row is written from; it is written again where this differs."""
        found = self._contents.get(fact_id)
        if found is None:
            found = self._contents[fact_id] = self._read(fact_id)
        return self._order.headings.get(fact_id), found

    def _read(self, fact_id: str) -> object:
        dossier = self._speak.dossier
        fact = dossier.fact(fact_id)
        sources = [dossier.sources.get(citation.source) for citation in fact.citations]
        against = [find_fact(dossier, other) for other in fact.contradicted_by]
        namers = [other for each in (fact_id, *fact.parts) for other in dossier.naming(each)]
        others = [each for each in (*against, *namers) if each is not None]
        shown = [is_shown(dossier, each, self._speak.audience) for each in others]
        parts = differing_parts(dossier, fact, self._speak.audience)
        told = (fact, states_of(dossier, fact), sources, others, shown, parts)
        return self._told, self._speak.audience, self._speak.tag, told

    def _stop_tab_at(self, fact_id: str) -> None:
        for each in (self._tab_stop, fact_id):
            row = self.row(each)
            if row is not None:
                row.set_tab_stop(each == fact_id)
        self._tab_stop = fact_id


class _FactList(LazyList):
    """Is as high as its width asks; any other width would lay every paragraph out again."""

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_PX, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_PX, 0)


class _FactItem(QWidget):
    """A row under the heading of its section, where one begins with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = FactRow(theme)
        self._heading = QWidget()
        self._words = Text(role="caption_strong")
        inner = QVBoxLayout(self._heading)
        inner.setContentsMargins(BLEED_PX, LARGE_PX + SMALL_PX, BLEED_PX, 0)
        inner.setSpacing(SMALL_PX)
        inner.addWidget(self._words)
        inner.addWidget(Hairline())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.row)
        self.setFocusProxy(self.row)
        # Counts before it is shown, so that the list knows when it has built enough.
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_heading(self, words: str) -> None:
        self._words.setText(words)
        self._heading.setVisible(bool(words))


def _told_of(dossier: Dossier, ref: Ref) -> set[str]:
    """The facts whose rows say something of a record: of a fact, or of what was delivered on it."""
    found = {whole_id(each) for each in touched(dossier, ref)}
    if ref.kind is Area:
        return found
    for _step in range(_FAR):
        facts = [fact for each in found if (fact := dossier.facts.get(FactId(each))) is not None]
        found.update(other.id for fact in facts for other in dossier.naming(fact.id))
        found.update(whole_id(each) for fact in facts for each in named_by(fact))
    return found


def _why_empty(dossier: Dossier, area: Area) -> str:
    if dossier.facts_in(area.id):
        return tr("Nothing in this area is shown to this audience; the Facts pane has all of it.")
    return tr("No facts yet. Add one in the Facts pane, and choose this area for it.")
