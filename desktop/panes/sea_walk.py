"""The marks in view one after another, for those who go over the map by keys or by ear."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.figures.sea_marks import SeaMark
from desktop.figures.sea_scene import SeaScene
from desktop.figures.sea_sources import citations_of, source_names
from desktop.model.map_window import MapWindow, Size
from desktop.services.language import Locale, tr


def marks_in_view(scene: SeaScene, window: MapWindow, size: Size) -> list[SeaMark]:
    """The marks that a view shows, the best ranked first."""
    bounds = window.bounds(size)
    shown = [
        each.mark
        for each in scene.shown(window.metres_per_px)
        if bounds.west_m < each.mark.east_m < bounds.east_m
        and bounds.south_m < each.mark.north_m < bounds.north_m
    ]
    return sorted(shown, key=lambda mark: mark.rank)


def next_mark(marks: Sequence[SeaMark], here: SeaMark | None, by: int) -> SeaMark | None:
    """The mark ``by`` steps from the one the reader is on, or the first or last of them."""
    if not marks:
        return None
    if here is None or here not in marks:
        return marks[0] if by > 0 else marks[-1]
    return marks[(marks.index(here) + by) % len(marks)]


def hover_words(mark: SeaMark, more: int = 0) -> str:
    """What a mark stands for, its name on a line of its own, and how many more lie with it."""
    name, _, rest = mark.words.partition(": ")
    words = f"{name}\n{rest[:1].upper()}{rest[1:]}" if rest else name
    if more:
        words = f"{words}\n{tr('and {count} more here').format(count=more)}"
    return words


def spoken(speak: Locale, mark: SeaMark) -> str:
    """A mark as it is said aloud: its name, who holds it or what befell, and who says so."""
    words = mark.words
    sources = sources_of(speak, mark)
    if not sources:
        return words
    return f"{words}. {tr('Source: {source}').format(source='; '.join(sources))}"


def sources_of(speak: Locale, mark: SeaMark) -> list[str]:
    """The sources for what a mark says: of its latest fact, or of its place."""
    latest = mark._replace(facts=mark.facts[:1])
    return source_names(speak, citations_of(speak.dossier, [latest]))
