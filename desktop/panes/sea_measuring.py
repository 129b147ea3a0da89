"""What is being measured on the map: a place, two places and the way between, or a ring."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.figures.sea_measure import Measured, Spot, ring, way
from desktop.panes.sea_tools import SeaTools
from desktop.services.language import tr


class SeaMeasuring(QObject):
    """One measurement at a time; it stands on the map and in pictures until it is taken away.

    ``tools`` ask for it and say its result; ``chosen`` gives the place that is chosen, from which
    it starts.
    """

    changed = Signal()
    ringed = Signal(object, float)
    """A ring was drawn: the Spot it is about and its radius (nm)."""

    def __init__(
        self, tools: SeaTools, chosen: Callable[[], Spot | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.measured = Measured()
        self._tools = tools
        self._chosen = chosen
        self._spots: tuple[Spot, ...] = ()
        tools.measuring.connect(self._on_tools_measuring)
        tools.ring_asked.connect(self._on_tools_ring_asked)

    def add(self, spot: Spot) -> None:
        """Take a place as the start, or as the end where there is a start; a third begins anew."""
        spots = (spot,) if len(self._spots) != 1 else (self._spots[0], spot)
        words = tr("From {name}: click the other place").format(name=spot.name)
        self._show(spots, way(spots), "" if len(spots) == 2 else words)

    def mark(self, spot: Spot) -> None:
        """Stand a mark at a position that was asked for."""
        self._show((spot,), way((spot,)))

    def between(self, one: Spot, other: Spot) -> None:
        """Draw the shortest way between two places."""
        self._show((one, other), way((one, other)))

    def clear(self, words: str = "") -> None:
        """Take it away; ``words`` may say what to do next."""
        self._show((), Measured(), words)

    def _show(self, spots: tuple[Spot, ...], measured: Measured, words: str = "") -> None:
        self._spots, self.measured = spots, measured
        self._tools.say(words or measured.words)
        self.changed.emit()

    def _on_tools_measuring(self, on: bool) -> None:
        start = self._chosen() if on else None
        self.clear(tr("Click two places") if on else "")
        if start is not None:
            self.add(start)

    def _on_tools_ring_asked(self, radius_nm: float | None) -> None:
        if radius_nm is None:
            self.clear()
            return
        about = self._chosen() or (self._spots[-1] if self._spots else None)
        if about is None:
            self._tools.refuse(tr("Choose a place first: the ring is drawn about it."))
            return
        self._show((about,), ring(about, radius_nm))
        self.ringed.emit(about, radius_nm)
