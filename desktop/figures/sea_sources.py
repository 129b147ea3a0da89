"""Which records a sea map draws on, and which sources those cite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.figures.sea_marks import SeaLine, SeaMark
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Citation, Fact, Overlay, Place, Source
from desktop.services.language import Locale


def citations_of(dossier: Dossier, marks: Iterable[SeaMark]) -> list[Citation]:
    """What is cited for marks: for their facts, or for their place where they have none."""
    found: list[Citation] = []
    for mark in marks:
        for fact_id in mark.facts:
            fact = dossier.find(Ref(Fact, fact_id))
            found += fact.citations if isinstance(fact, Fact) else ()
        place = dossier.find(mark.ref)
        if not mark.facts and isinstance(place, Place):
            found += place.citations
    return found


def cited_for_lines(dossier: Dossier, lines: Iterable[SeaLine]) -> list[Citation]:
    """What is cited for claims and lines of our own."""
    ids = dict.fromkeys(line.overlay_id for line in lines)
    overlays = (dossier.find(Ref(Overlay, each)) for each in ids)
    return [
        citation for each in overlays if isinstance(each, Overlay) for citation in each.citations
    ]


def source_names(speak: Locale, citations: Sequence[Citation]) -> list[str]:
    """The sources cited, each once, as a citation names them, in the order of the alphabet."""
    return sorted({speak.source(source) for source in _known(speak, citations)}, key=str.casefold)


def publishers(speak: Locale, citations: Sequence[Citation]) -> list[str]:
    """The same in little room: each publisher once, with the dates of what is cited of it.

    In the order of the alphabet: "Reuters (5 Apr 2020, Nov 2023)".
    """
    sources = {source.id: source for source in _known(speak, citations)}
    dates: dict[str, list[str]] = {}
    for source in sorted(sources.values(), key=_published):
        own = dates.setdefault(source.publisher, [])
        date = speak.date(source.published, short=True)
        if date and date not in own:
            own.append(date)
    return [
        f"{publisher} ({', '.join(dates[publisher])})" if dates[publisher] else publisher
        for publisher in sorted(dates, key=str.casefold)
    ]


def _known(speak: Locale, citations: Sequence[Citation]) -> list[Source]:
    sources = speak.dossier.sources
    return [sources[each.source] for each in citations if each.source in sources]


def _published(source: Source) -> tuple[int, int]:
    return source.published.sort_key if source.published else (0, 0)
