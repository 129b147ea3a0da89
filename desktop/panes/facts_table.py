"""The facts as a table: filtered and ordered by a list of ids kept here, followed row by row."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any, Final, Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import About, Area, Audience, Fact, FactId, Measure, Source, Unit
from desktop.model.search_index import FactWords, Query, drawing_on, refs_of
from desktop.model.states import STATES, State, is_after_as_of, states_of
from desktop.panes.facts_columns import (
    FIELD_OF,
    FILE_ORDER,
    SORT_KEYS,
    Column,
    Downwards,
    cell_words,
    column_words,
    source_count,
)
from desktop.services.language import Locale, state_words, tr, tr_count

Facet = State | Literal["all", "after-as-of", "withheld", "unsaved"]
"""What the facts are counted and filtered by beside their area."""
FACETS: Final[tuple[Facet, ...]] = ("all", *STATES, "after-as-of", "withheld", "unsaved")
NO_AREA: Final = ""
"""Stands for the facts without an area, where None stands for those of any."""

STATE_ROLE: Final = Qt.ItemDataRole.UserRole
"""The State that is shown of a row's fact, or None."""
NOTE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Why the fact stands in this pane only, in a word or two; else empty."""

_MOST_ROWS_MOVED: Final = 64
_Index = QModelIndex | QPersistentModelIndex


class FactFilter(NamedTuple):
    """Which facts are wanted; ``of`` those that draw on one source, place or measure."""

    query: Query = Query("")
    facet: Facet = "all"
    area: str | None = None
    of: Ref | None = None

    def __bool__(self) -> bool:
        return self != FactFilter()


class Facets(NamedTuple):
    """What one fact is counted under."""

    area: str
    facets: tuple[Facet, ...]


class FactsTable(QAbstractTableModel):
    """A table model over the facts of a dossier.

    Filtering and sorting arrange a list of ids. With a query that has accents, the facts that
    have them stand first; those without a value or date stand last in either direction.
    """

    def __init__(
        self, parent: QObject | None = None, saved: Callable[[], Dossier] | None = None
    ) -> None:
        super().__init__(parent)
        self._saved = saved
        self._speak: Locale | None = None
        self._order: list[str] = []
        self._shown: list[str] = []
        self._place: dict[str, int] = {}
        self._facets: dict[str, Facets] = {}
        self._unsaved: set[str] = set()
        self._counts: Counter[tuple[Facet, str | None]] = Counter()
        self._filter = FactFilter()
        self._column = FILE_ORDER
        self._descending = False

    # What is shown

    @property
    def filter(self) -> FactFilter:
        return self._filter

    @property
    def sorted_by(self) -> tuple[int, bool]:
        """The column, or FILE_ORDER, and whether it runs downwards."""
        return self._column, self._descending

    def show(self, speak: Locale) -> None:
        """Show all facts of this locale's dossier anew."""
        self.beginResetModel()
        self._speak = speak
        facts = speak.dossier.facts
        self._place = {fact_id: place for place, fact_id in enumerate(facts)}
        self._facets = {fact.id: self._facets_of(fact) for fact in facts.values()}
        self._unsaved = {each for each, found in self._facets.items() if "unsaved" in found.facets}
        self._counts = Counter()
        for facets in self._facets.values():
            self._count(facets, 1)
        self._order = self._ordered(list(self._place))
        self._shown = self._arranged()
        self.endResetModel()

    def set_filter(self, wanted: FactFilter) -> None:
        if wanted != self._filter:
            self.beginResetModel()
            self._filter = wanted
            self._shown = self._arranged()
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, or by FILE_ORDER; the rows in view keep their indexes."""
        asked = (column, order == Qt.SortOrder.DescendingOrder)
        if asked == (self._column, self._descending):
            return
        if self._speak is None:
            self._column, self._descending = asked
            return
        self.layoutAboutToBeChanged.emit()
        before = self._shown
        held = self.persistentIndexList()
        self._column, self._descending = asked
        self._order = self._ordered(list(self._place))
        self._shown = self._arranged()
        place = {fact_id: row for row, fact_id in enumerate(self._shown)} if held else {}
        moved = [self.index(place[before[each.row()]], each.column()) for each in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def follow(self, speak: Locale, changes: ChangeSet) -> None:
        """Show what a change altered, touching only the rows that it can have altered."""
        affected = self._affected(speak.dossier, changes)
        if self._speak is None or affected is None or len(affected) > _MOST_ROWS_MOVED:
            self.show(speak)
            return
        self._speak = speak
        if any(ref.kind is Fact for ref in changes.added | changes.removed):
            self._place = {fact_id: place for place, fact_id in enumerate(speak.dossier.facts)}
        for fact_id in affected:
            self._count_anew(fact_id)
        self._rearrange(affected)

    def follow_saving(self) -> bool:
        """Show what was saved as saved; False where nothing waited for it."""
        waited = set(self._unsaved)
        if waited and self._speak is not None:
            for fact_id in waited:
                self._count_anew(fact_id)
            self._rearrange(waited)
        return bool(waited)

    def count(self, facet: Facet = "all", area: str | None = None) -> int:
        """How many facts there are under a facet, in an area or in all."""
        return self._counts[facet, area]

    def fact_id(self, row: int) -> str | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, fact_id: str | None) -> int:
        """The row of a fact, or of the table that a reading stands in; -1 if it is not shown."""
        whole = (fact_id or "").partition("/")[0]
        try:
            return self._shown.index(whole)
        except ValueError:
            return -1

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section not in range(len(Column)):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column_words(Column(section))
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(self._locale, self._fact(index.row()), Column(index.column()))
        if role == Qt.ItemDataRole.EditRole:
            return self._edited(index.row(), Column(index.column()))
        if role == STATE_ROLE:
            return next(iter(states_of(self._dossier, self._fact(index.row()))), None)
        if role == NOTE_ROLE:
            return self._note(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), Column(index.column()))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid() or Column(index.column()) not in FIELD_OF:
            return flags
        # A row that goes is asked after while its fact is already gone.
        fact = self._dossier.facts.get(FactId(self.fact_id(index.row()) or ""))
        return flags if fact is None or fact.points else flags | Qt.ItemFlag.ItemIsEditable

    # Words

    @property
    def _locale(self) -> Locale:
        assert self._speak is not None, "a table with rows has been shown"
        return self._speak

    @property
    def _dossier(self) -> Dossier:
        return self._locale.dossier

    def _fact(self, row: int) -> Fact:
        return self._dossier.facts[FactId(self._shown[row])]

    def _edited(self, row: int, column: Column) -> str:
        """What a cell says as the file writes it."""
        value = getattr(self._fact(row), FIELD_OF[column], None) if column in FIELD_OF else None
        return "" if value is None else str(value)

    def _note(self, row: int) -> str:
        facets = self._facets[self._shown[row]].facets
        words = (facet_words(each) for each in facets if each in ("after-as-of", "withheld"))
        return ", ".join(words).lower()

    def _spoken(self, row: int, column: Column) -> str:
        fact = self._fact(row)
        if column == Column.STATE:
            return ", ".join(state_words(state) for state in states_of(self._dossier, fact))
        said = cell_words(self._locale, fact, column)
        if column == Column.STATEMENT:
            return ", ".join(words for words in (said, self._note(row)) if words)
        if column == Column.SOURCES:
            return tr_count("{count} source", "{count} sources", source_count(fact))
        return said or tr("none given")

    # Order

    def _arranged(self) -> list[str]:
        wanted = self._passing(self._order)
        if self._filter.query.has_accents:
            wanted.sort(key=self._accent_rank)
        return wanted

    def _ordered(self, ids: list[str]) -> list[str]:
        key = SORT_KEYS.get(self._column)
        if key is None:
            return ids if not self._descending else ids[::-1]
        speak = self._locale
        facts = speak.dossier.facts
        keyed = [(key(speak, facts[FactId(fact_id)]), fact_id) for fact_id in ids]
        full = [pair for pair in keyed if pair[0] is not None]
        full.sort(key=_first, reverse=self._descending)
        return [fact_id for _, fact_id in full] + [
            fact_id for value, fact_id in keyed if value is None
        ]

    def _sort_key(self, fact_id: str) -> tuple[bool, Any, int]:
        """Where a fact stands among all; the same order as ``_ordered`` gives."""
        place, key = self._place[fact_id], SORT_KEYS.get(self._column)
        if key is None:
            return False, 0, -place if self._descending else place
        value = key(self._locale, self._dossier.facts[FactId(fact_id)])
        if value is None:
            return True, 0, place
        return False, Downwards(value) if self._descending else value, place

    def _ranked_key(self, fact_id: str) -> tuple[int, tuple[bool, Any, int]]:
        """Where a fact stands among those shown; the same order as ``_arranged`` gives."""
        return self._accent_rank(fact_id), self._sort_key(fact_id)

    def _accent_rank(self, fact_id: str) -> int:
        query = self._filter.query
        if not query.has_accents:
            return 0
        words = self._dossier.derived(FactWords)[fact_id]
        return 0 if query.matches_accents(words) else 1

    def _passing(self, ids: Collection[str]) -> list[str]:
        """Those of the facts that the filter lets through, in the order in which they came."""
        query, facet, area, of = self._filter
        facets, facts = self._facets, self._dossier.facts
        passing = list(ids)
        if facet != "all":
            passing = [each for each in passing if facet in facets[each].facets]
        if area is not None:
            passing = [each for each in passing if facets[each].area == area]
        if of is not None:
            passing = [each for each in passing if of in refs_of(facts[FactId(each)])]
        return self._dossier.derived(FactWords).matching(query, passing) if query else passing

    # Changes

    def _affected(self, dossier: Dossier, changes: ChangeSet) -> set[str] | None:
        """The facts whose row a change can have altered; None where it can be any."""
        if self._speak is None or changes.kinds & {About, Unit, Audience}:
            return None
        if Fact in changes.reordered:
            return None
        found: set[str] = set()
        drawn_on = set()
        for ref in changes.refs:
            if ref.kind is Fact:
                found.add(ref.id)
                found.update(other.id for other in dossier.naming(ref.id))
                for facts in (self._dossier.facts, dossier.facts):
                    fact = facts.get(FactId(ref.id))
                    named = fact and (*fact.parts, *fact.supersedes, *fact.contradicted_by)
                    found.update(other.partition("/")[0] for other in named or ())
            elif ref.kind in (Area, Measure, Source):
                drawn_on.add(ref)
        for fact_id in drawing_on(dossier, drawn_on) if drawn_on else ():
            found.update([fact_id, *(other.id for other in dossier.naming(fact_id))])
        if self._filter.query or self._filter.of:
            found.update(drawing_on(dossier, set(changes.refs)))
        return {each for each in found if each in self._facets or each in dossier.facts}

    def _count_anew(self, fact_id: str) -> None:
        earlier = self._facets.pop(fact_id, None)
        if earlier is not None:
            self._count(earlier, -1)
        fact = self._dossier.facts.get(FactId(fact_id))
        if fact is not None:
            self._facets[fact_id] = self._facets_of(fact)
            self._count(self._facets[fact_id], 1)
        self._unsaved.discard(fact_id)
        if fact is not None and "unsaved" in self._facets[fact_id].facets:
            self._unsaved.add(fact_id)

    def _facets_of(self, fact: Fact) -> Facets:
        dossier = self._dossier
        found: tuple[Facet, ...] = states_of(dossier, fact)
        if is_after_as_of(dossier, fact):
            found = (*found, "after-as-of")
        if fact.withhold_from:
            found = (*found, "withheld")
        saved = self._saved().facts.get(FactId(fact.id)) if self._saved is not None else fact
        if saved is not fact and saved != fact:
            found = (*found, "unsaved")
        return Facets(fact.area or NO_AREA, found)

    def _rearrange(self, affected: set[str]) -> None:
        """Let the rows of these facts come, go, move and be drawn again; the others stay."""
        there = [each for each in affected if each in self._facets]
        passing = self._passing(there)
        self._order = self._with(self._order, affected, there)
        wanted = self._with(self._shown, affected, passing)
        for fact_id in affected.difference(passing):
            self._take_out(self.row_of(fact_id))
        for place in sorted(wanted.index(each) for each in passing):
            # All before it stand where they belong, so it goes behind the last of them.
            row = self._shown.index(wanted[place - 1]) + 1 if place else 0
            self._put_in(wanted[place], row)

    def _with(self, ids: list[str], affected: set[str], there: Collection[str]) -> list[str]:
        """A list in order with those of the affected facts that are there, each in its place."""
        sort_key = self._ranked_key if ids is self._shown else self._sort_key
        found = list(ids)
        for fact_id in affected:
            with suppress(ValueError):
                found.remove(fact_id)
        for fact_id in there:
            found.insert(bisect(found, sort_key(fact_id), key=sort_key), fact_id)
        return found

    def _take_out(self, row: int) -> None:
        if row < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._shown[row]
        self.endRemoveRows()

    def _put_in(self, fact_id: str, row: int) -> None:
        here = self.row_of(fact_id)
        if here < 0:
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.insert(row, fact_id)
            self.endInsertRows()
            return
        if here != row:
            self.beginMoveRows(QModelIndex(), here, here, QModelIndex(), row)
            self._shown.insert(row, fact_id)
            del self._shown[here + (row <= here)]
            self.endMoveRows()
        here = self.row_of(fact_id)
        self.dataChanged.emit(self.index(here, 0), self.index(here, len(Column) - 1))

    def _count(self, facets: Facets, step: int) -> None:
        for facet in ("all", *facets.facets):
            self._counts[facet, facets.area] += step
            self._counts[facet, None] += step


def facet_words(facet: Facet) -> str:
    if facet in STATES:
        return state_words(facet)
    return {
        "all": tr("All facts"),
        "after-as-of": tr("After as-of"),
        "withheld": tr("Withheld"),
        "unsaved": tr("Changed, not saved"),
    }[facet]


def _first(pair: tuple[Any, str]) -> Any:
    return pair[0]
