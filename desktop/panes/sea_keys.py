"""What keys do over the map, in words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.services.language import tr


def own_keys() -> Sequence[tuple[str, str]]:
    """Each in words, and the key."""
    return (
        (tr("Ready answers"), "A"),
        (tr("Go to a position"), "Ctrl+F"),
        (tr("Move over the map"), "← → ↑ ↓"),
        (tr("Closer, further off"), "+ −"),
        (tr("The whole sea"), "Home"),
        (tr("To what is chosen or measured"), "F"),
        (tr("Back and forward through views"), "Alt+← Alt+→"),
        (tr("From mark to mark"), "Ctrl+← Ctrl+→"),
        (tr("What the mark in view stands for"), "Enter"),
        (tr("Measure between two places"), "M"),
        (tr("Zoom to a box"), "Shift+drag"),
        (tr("Play what happened, in order"), "P"),
        (tr("Copy the map as a picture"), "Ctrl+C"),
        (tr("On the time line: from fact to fact"), "← →"),
    )
