"""The sections of a fact in full, each built for one fact and thrown away with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Ref
from desktop.model.records import (
    AnyRecord,
    Area,
    Citation,
    Fact,
    Measure,
    Place,
    Point,
    Record,
    Source,
)
from desktop.model.states import states_of
from desktop.panes.fact_words import (
    document_words,
    find_fact,
    headline,
    quoted,
    reading_words,
    relations,
    standing_words,
    sum_words,
    value_words,
    when_words,
)
from desktop.panes.marks import grade_of, grade_words, says_words, state_chip, state_reason
from desktop.services.language import Locale, fact_kind_words, stage_words, tr, tr_count
from desktop.services.links import LinkRefused, true_host
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Tone
from desktop.widgets.badge import Chip, Grade
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_LABEL_PX: Final = 76


class Sections:
    """Builds them for one fact.

    ``reveal`` is called when a link to a record is pressed. ``mentioned`` are the records that
    what was built draws from.
    """

    def __init__(
        self, workspace: Workspace, speak: Locale, fact: Fact, reveal: Callable[[Ref], None]
    ) -> None:
        self._workspace = workspace
        self._reveal = reveal
        self._speak = speak
        self._dossier = speak.dossier
        self._fact = fact
        self.mentioned: set[Ref] = {Ref(Fact, fact.id.partition("/")[0])}

    def all(self) -> Iterator[QWidget]:
        """The sections from the top; those with nothing to say are left out."""
        yield self._head()
        yield _stack([self._details()], 0)
        if self._fact.points:
            yield self._points(self._fact.points)
        yield self._sources()
        if self._fact.reading is not None:
            words = reading_words(self._speak, self._fact.reading)
            yield self._section(tr("How we settle it"), _paragraphs(words, quiet_from=1))
        if self._fact.parts:
            yield self._parts()
        for name, ids in relations(self._dossier, self._fact):
            yield self._section(name, [self._fact_link(fact_id) for fact_id in ids])
        if self._fact.note is not None:
            yield self._section(tr("Note"), _paragraphs([self._speak.text(self._fact.note)]))

    def _head(self) -> QWidget:
        speak, fact = self._speak, self._fact
        statement = speak.statement(fact) or fact.id
        rows: list[QWidget] = [Text(statement, "heading", wrap=True, selectable=True)]
        said = value_words(speak, fact)
        if said:
            rows.append(Text(said, "lead", wrap=True, selectable=True))
        standing = standing_words(self._dossier, fact)
        rows += [self._chip("info-circle", words, "link") for words in standing]
        for state in states_of(self._dossier, fact):
            rows.append(state_chip(self._workspace.theme, state))
            rows.append(Text(state_reason(speak, fact, state), "caption", wrap=True))
        return _stack(rows, TIGHT_PX)

    def _details(self) -> QWidget:
        speak, fact = self._speak, self._fact
        grid = _Details()
        grid.add(tr("Date"), when_words(speak, fact.when))
        grid.add(tr("Kind"), fact_kind_words(fact.kind))
        grid.add(tr("Stage"), stage_words(fact.stage).capitalize() if fact.stage else "")
        grid.add(tr("Scope"), speak.text(fact.scope))
        place = self._find(Place, fact.place)
        if place is not None:
            grid.add_link(tr("Place"), self._record_link(speak.name(place), place))
        area = self._find(Area, fact.area)
        if area is not None:
            grid.add_link(tr("Area"), self._record_link(speak.text(area.name), area))
        measure = self._find(Measure, fact.measure)
        grid.add(tr("Measure"), speak.text(measure.name) if measure else "")
        return grid

    def _points(self, points: Sequence[Point]) -> QWidget:
        speak = self._speak
        measure = self._find(Measure, self._fact.measure)
        grid = _Details()
        for point in points:
            value = point.value.in_unit(measure.unit) if point.value and measure else None
            said = speak.quantity(value) if value else tr("not reported")
            note = speak.text(point.note)
            grid.add(speak.date(point.period, short=True), f"{said} ({note})" if note else said)
        return self._section(tr("Table"), [grid])

    def _sources(self) -> QWidget:
        citations = self._fact.citations
        if not citations:
            words = tr("No source is named. It cannot be traced, and should not be briefed.")
            return self._section(tr("Sources"), _paragraphs([words]))
        title = tr_count("{count} citation", "{count} citations", len(citations))
        return self._section(title, [self._citation(each) for each in citations], MEDIUM_PX + 4)

    def _citation(self, citation: Citation) -> QWidget:
        speak = self._speak
        source = self._find(Source, citation.source)
        grade, meaning = grade_of(source, citation), grade_words(source, citation)
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        name = (
            speak.source(source)
            if source
            else tr("Source “{id}” is missing").format(id=citation.source)
        )
        line.addWidget(Text(name, "strong", wrap=True), 1)
        line.addWidget(Grade(grade, name=f"{grade}: {meaning}"), 0, Qt.AlignmentFlag.AlignTop)
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        column.addLayout(line)
        column.addWidget(Text(meaning, "source", wrap=True))
        if citation.quote:
            column.addWidget(Text(quoted(citation.quote), wrap=True, selectable=True))
        if citation.locator:
            column.addWidget(Text(citation.locator, wrap=True, selectable=True))
        if citation.says is not None:
            words = tr("Says otherwise: {what}").format(what=says_words(speak, citation.says))
            column.addWidget(self._chip("flag", words, "differ"))
        if source is not None:
            for words in (document_words(source), speak.text(source.note)):
                if words:
                    column.addWidget(Text(words, "caption", wrap=True, selectable=True))
            column.addWidget(self._address(source), 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _address(self, source: Source) -> QWidget:
        """The way to the page, which says where it truly leads before anybody goes."""
        if source.url is None:
            return Text(tr("No address is given."), "caption")
        try:
            host = true_host(source.url)
        except LinkRefused:
            words = tr("Its address is not one that is opened: {url}").format(url=source.url[:200])
            return Text(words, "caption", wrap=True, selectable=True)
        link = Link(tr("Opens {host}").format(host=host), key=source.url)
        link.activated.connect(self._workspace.links.open)
        return link

    def _parts(self) -> QWidget:
        differs = "does-not-add-up" in states_of(self._dossier, self._fact)
        mark = self._chip(
            "equal-not" if differs else "check",
            sum_words(self._speak, self._fact),
            "differ" if differs else "muted",
        )
        links = [self._fact_link(part_id) for part_id in self._fact.parts]
        return self._section(tr("Made up of"), [*links, mark])

    def _fact_link(self, fact_id: str) -> QWidget:
        self.mentioned.add(Ref(Fact, fact_id.partition("/")[0]))
        fact = find_fact(self._dossier, fact_id)
        if fact is None:
            words = tr("“{id}” could not be read.").format(id=fact_id)
            return Text(words, "caption", wrap=True)
        link = LinkedText("caption")
        link.set_parts([(headline(self._speak, fact), Ref(Fact, fact_id))])
        link.activated.connect(self._reveal)
        return link

    def _record_link(self, words: str, record: Record) -> Link:
        link = Link(words, key=Ref(type(record), record.id))
        link.activated.connect(self._reveal)
        return link

    def _chip(self, icon: str, words: str, tone: Tone) -> Chip:
        return Chip(self._workspace.theme, icon, words, tone, wrap=True)

    def _section(self, title: str, rows: Sequence[QWidget], gap_px: int = SMALL_PX) -> QWidget:
        return _stack(
            [Hairline(), Text(title, "caption_strong"), _stack(rows, gap_px, 0)], SMALL_PX
        )

    def _find(self, kind: type[AnyRecord], record_id: str | None) -> AnyRecord | None:
        if record_id is None:
            return None
        self.mentioned.add(Ref(kind, record_id))
        return self._dossier.all_of(kind).get(record_id)


class _Details(QWidget):
    """Short particulars under one another, each behind its name; empty ones are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SMALL_PX)
        self._grid.setVerticalSpacing(TIGHT_PX)
        self._grid.setColumnMinimumWidth(0, _LABEL_PX)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, words: str) -> None:
        if words:
            self._add(name, Text(words, "caption", tone="ink", wrap=True))

    def add_link(self, name: str, link: Link) -> None:
        # Aligned, as the place of a link that is not would be no wider than the link.
        self._add(name, link, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _add(
        self, name: str, content: QWidget, where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop
    ) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Text(name, "caption"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(content, row, 1, where)


def _stack(rows: Sequence[QWidget], gap_px: int, below_px: int = MEDIUM_PX) -> QWidget:
    """Rows under one another, with room below for the next section."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, below_px)
    column.setSpacing(gap_px)
    for row in rows:
        column.addWidget(row)
    return stack


def _paragraphs(words: Sequence[str], quiet_from: int = 99) -> list[QWidget]:
    return [
        Text(each, "caption" if place >= quiet_from else "body", wrap=True, selectable=True)
        for place, each in enumerate(words)
    ]
