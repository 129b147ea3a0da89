"""Watches the edits for facts that may be one event told twice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.model.changes import ChangeRefused
from desktop.model.dossier import ChangeSet
from desktop.model.problems import Problem
from desktop.model.records import Fact, FactId
from desktop.model.same_event import as_one, as_two, likely_pairs
from desktop.store import Store

Pair = tuple[FactId, FactId]
"""The fact that stays if both are one, and the other."""
_ASKED_OF: Final = frozenset({"value", "stage", "place", "when"})
_MOST: Final = 100


class SameEvents(QObject):
    """The pairs of facts that wait for an answer; each is asked about once.

    What was answered stays answered while the program runs. A pair that an edit has parted is no
    longer asked about.
    """

    changed = Signal()
    """There are other pairs to ask about than before."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._touched: dict[str, None] = {}
        self._answered: set[frozenset[str]] = set()
        self._pairs: list[Pair] = []
        # After the panes have painted the edit: going through a large file takes its time.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look)
        store.changed.connect(self._on_store_changed)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that wait for an answer, the first asked first."""
        return tuple(self._pairs)

    def swap(self, pair: Pair) -> None:
        """Let the other of the two stay."""
        self._pairs[self._pairs.index(pair)] = (pair[1], pair[0])
        self.changed.emit()

    def say_one(self, pair: Pair) -> Problem | None:
        """Make both one fact with the citations of both; a Problem says why that cannot be."""
        kept, other = (self._store.dossier.facts[each] for each in pair)
        try:
            self._store.apply(as_one(self._store.dossier, kept, other))
        except ChangeRefused as refused:
            return refused.problem
        self._drop(pair)
        return None

    def say_two(self, pair: Pair) -> Problem | None:
        """Keep both; a total that counts one of them counts both from now on."""
        one, other = (self._store.dossier.facts[each] for each in pair)
        change = as_two(self._store.dossier, one, other)
        try:
            if change is not None:
                self._store.apply(change)
        except ChangeRefused as refused:
            return refused.problem
        self._answered.add(frozenset(pair))
        self._drop(pair)
        return None

    def _drop(self, pair: Pair) -> None:
        if pair in self._pairs:
            self._pairs.remove(pair)
            self.changed.emit()

    def _on_store_changed(self, changes: ChangeSet) -> None:
        self._touched |= {ref.id: None for ref in changes.added if ref.kind is Fact}
        self._touched |= {
            ref.id: None
            for ref, fields in changes.changed.items()
            if ref.kind is Fact and fields & _ASKED_OF
        }
        if self._touched or self._pairs:
            self._later.start(0)

    def _look(self) -> None:
        dossier = self._store.dossier
        touched, self._touched = self._touched, {}
        if not self._store.can_undo():
            touched.clear()  # opened, or all taken back: nobody has brought anything in
        asked = [fact_id for pair in self._pairs for fact_id in pair]
        likely = {
            frozenset((new.id, old.id)): (FactId(old.id), FactId(new.id))
            for new, old in likely_pairs(dossier, [*touched, *asked])
        }
        waiting = [pair for pair in self._pairs if frozenset(pair) in likely]
        known = {frozenset(pair) for pair in waiting} | self._answered
        new = [pair for key, pair in likely.items() if key not in known and touched.keys() & key]
        pairs = [*waiting, *new][:_MOST]
        if pairs != self._pairs:
            self._pairs = pairs
            self.changed.emit()
