"""Which record is in view, for all panes at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.model.dossier import Ref
from desktop.model.records import Fact, Record


class Selection(QObject):
    """The address of the record in view; panes mark it, the window raises the tab that shows it."""

    changed = Signal(object)
    """Ref of the record now in view, or None."""
    reveal_requested = Signal(object)
    """Ref of a record to be shown in its home pane."""
    source_requested = Signal(object)
    """Ref of a fact whose quotation and sources are to be shown where the reader is."""
    settle_requested = Signal(object)
    """Ref of a fact on which sources differ, to be settled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ref: Ref | None = None

    @property
    def ref(self) -> Ref | None:
        return self._ref

    @property
    def fact_id(self) -> str | None:
        """The id of the fact in view, if it is a fact."""
        return self._ref.id if self._ref is not None and self._ref.kind is Fact else None

    def select(self, record_id: str, kind: type[Record] = Fact) -> None:
        """Bring a record into view, in whichever panes show it."""
        self._move_to(Ref(kind, record_id))

    def clear(self) -> None:
        self._move_to(None)

    def reveal(self, record_id: str, kind: type[Record] = Fact) -> None:
        """Bring a record into view and ask for the pane where it is at home."""
        self.select(record_id, kind)
        self.reveal_requested.emit(Ref(kind, record_id))

    def show_source(self, fact_id: str) -> None:
        """Bring a fact into view and ask for its quotation and sources."""
        self.select(fact_id)
        self.source_requested.emit(Ref(Fact, fact_id))

    def settle(self, fact_id: str) -> None:
        """Bring a fact into view and ask for what its sources say, side by side."""
        self.select(fact_id)
        self.settle_requested.emit(Ref(Fact, fact_id))

    def _move_to(self, ref: Ref | None) -> None:
        if ref != self._ref:
            self._ref = ref
            self.changed.emit(ref)
