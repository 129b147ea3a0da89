"""What is being measured on the map: a place, two places and the way between, or a ring."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.figures.sea_measure import Measured, Spot, ring, way
from desktop.services.language import tr


class SeaMeasuring(QObject):
    """One measurement at a time; it stands on the map and in pictures until it is taken away."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.measured = Measured()
        self.words = ""
        self._spots: tuple[Spot, ...] = ()

    @property
    def last_spot(self) -> Spot | None:
        """What was named last as an end."""
        return self._spots[-1] if self._spots else None

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

    def ring_about(self, spot: Spot, radius_nm: float) -> None:
        """Draw all that lies one distance from a place."""
        self._show((spot,), ring(spot, radius_nm))

    def clear(self, words: str = "") -> None:
        """Take it away; ``words`` may say what to do next."""
        self._show((), Measured(), words)

    def _show(self, spots: tuple[Spot, ...], measured: Measured, words: str = "") -> None:
        self._spots, self.measured = spots, measured
        self.words = words or measured.words
        self.changed.emit()
