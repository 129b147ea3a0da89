"""The records of a kind other than facts, as a list to choose from: name, particulars and id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Ref
from desktop.model.records import (
    Area,
    Audience,
    Briefing,
    Measure,
    Overlay,
    Place,
    Record,
    Slide,
    Source,
    Unit,
)
from desktop.model.search_index import Query, Words
from desktop.services.language import Locale, party_words, place_kind_words, tr, tr_count
from desktop.services.record_words import record_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import ElidedText, Text

_ID_PX: Final = 200


class RecordsList(QWidget):
    """Rows in the order of the file; one is chosen by a click, or by Enter on it."""

    chosen = Signal(object)
    """Ref of the record whose row was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speak: Locale | None = None
        self._kind: type[Record] = Source
        self._current: Ref | None = None
        self.rows = LazyList()
        self._none = Text(tone="muted", wrap=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MEDIUM_PX - BLEED_PX, SMALL_PX, MEDIUM_PX - BLEED_PX, MEDIUM_PX)
        column.addWidget(self.rows)
        column.addWidget(self._none)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scroll(content))

    def show_records(self, speak: Locale, kind: type[Record], query: Query) -> int:
        """Show the records of a kind that hold all words of the query; return their number."""
        self._speak, self._kind = speak, kind
        records = speak.dossier.all_of(kind)
        ids = [each.id for each in records.values() if query.matches(_words(speak, each))]
        self.rows.set_rows(ids, RecordRow, self._fill, self._content)
        self.rows.setVisible(bool(ids))
        self._none.setVisible(not ids)
        self._none.setText(tr("None has these words.") if records else tr("There is none yet."))
        self.choose(self._current)
        return len(ids)

    def choose(self, ref: Ref | None) -> None:
        """Mark the row of the record in view."""
        self._current = ref
        for key in tuple(self.rows.keys()):
            row = self.rows.row(key)
            if isinstance(row, RecordRow):
                row.set_chosen(ref is not None and ref == Ref(self._kind, str(key)))

    def _content(self, record_id: str) -> object:
        return self._record(record_id)

    def _record(self, record_id: str) -> Record:
        assert self._speak is not None
        return self._speak.dossier.all_of(self._kind)[record_id]

    def _fill(self, row: RecordRow, record_id: str) -> None:
        assert self._speak is not None
        record = self._record(record_id)
        row.show_record(record_words(self._speak, record), details(self._speak, record), record_id)
        row.set_chosen(self._current == Ref(self._kind, record_id))
        row.owner = self

    def pressed(self, record_id: str) -> None:
        self.chosen.emit(Ref(self._kind, record_id))


class RecordRow(Row):
    """One record: what it is called, what else tells it apart, and its id."""

    def __init__(self) -> None:
        super().__init__()
        self.owner: RecordsList | None = None
        self._name = ElidedText(role="body")
        self._details = ElidedText(role="source", tone="muted")
        self._id = ElidedText(role="source", tone="muted")
        self._id.setFixedWidth(_ID_PX)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._details)
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, TIGHT_PX + 2, BLEED_PX, TIGHT_PX + 3)
        line.setSpacing(MEDIUM_PX)
        line.addLayout(words, 1)
        line.addWidget(self._id)
        self.activated.connect(self._on_self_activated)

    def show_record(self, name: str, more: str, record_id: str) -> None:
        self.key = record_id
        self._name.setText(name)
        self._details.setText(more)
        self._details.setVisible(bool(more))
        self._id.setText(record_id)
        self.set_name(", ".join(each for each in (name, more, record_id) if each))

    def _on_self_activated(self, record_id: object) -> None:
        if self.owner is not None:
            self.owner.pressed(str(record_id))


def details(speak: Locale, record: Record) -> str:
    """What tells a record apart from others of its kind, in one line."""
    found: tuple[str, ...] = ()
    if isinstance(record, Source):
        found = (record.reliability, _cited(speak, record))
    elif isinstance(record, Area):
        facts = len(speak.dossier.facts_in(record.id))
        found = (speak.text(record.group), tr_count("{count} fact", "{count} facts", facts))
    elif isinstance(record, Place):
        found = (place_kind_words(record.kind), record.group or "")
    elif isinstance(record, Measure):
        readings = len(speak.dossier.facts_of(record.id))
        found = (record.unit.text, tr_count("{count} reading", "{count} readings", readings))
    elif isinstance(record, Overlay):
        found = (party_words(record.claimant) if record.claimant else "",)
    elif isinstance(record, Slide):
        found = (tr(record.layout.replace("-", " ")),)
    elif isinstance(record, Briefing):
        found = (tr_count("{count} slide", "{count} slides", len(record.slides)),)
    elif isinstance(record, Audience):
        found = (record.language,)
    elif isinstance(record, Unit):
        found = (speak.text(record.one),)
    return ", ".join(each for each in found if each)


def _cited(speak: Locale, source: Source) -> str:
    """By what a source is cited: facts, or what stands on the map."""
    dossier = speak.dossier

    def citing(records: Iterable[Place | Overlay]) -> int:
        return sum(any(each.source == source.id for each in of.citations) for of in records)

    facts, places = len(dossier.citing(source.id)), citing(dossier.places.values())
    overlays = citing(dossier.overlays.values())
    counted = [
        tr_count("{count} fact", "{count} facts", facts) if facts else "",
        tr_count("{count} place", "{count} places", places) if places else "",
        tr_count("{count} overlay", "{count} overlays", overlays) if overlays else "",
    ]
    said = ", ".join(filter(None, counted))
    return tr("cited by {records}").format(records=said) if said else tr("not cited")


def _words(speak: Locale, record: Record) -> Words:
    texts = [each for each in msgspec.structs.astuple(record) if isinstance(each, str)]
    return Words.of([record_words(speak, record)], texts)
