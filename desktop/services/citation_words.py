"""How a citation is said beside its claim: its grade, and where its source differs."""

from __future__ import annotations

from desktop.model.records import Citation, PlaceId, Says, Source
from desktop.services.language import (
    Locale,
    credibility_words,
    reliability_words,
    stage_words,
    tr,
)


def grade_of(source: Source | None, citation: Citation) -> str:
    """The Admiralty grade of a claim in its source, such as "B2"; "?" for a missing source."""
    return f"{source.reliability if source else '?'}{citation.credibility}"


def grade_words(source: Source | None, citation: Citation) -> str:
    """The same in words: "B usually reliable, 2 probably true"."""
    if source is None:
        letter = tr("source missing")
    else:
        letter = f"{source.reliability} {reliability_words(source.reliability)}"
    return f"{letter}, {citation.credibility} {credibility_words(citation.credibility)}"


def says_words(speak: Locale, says: Says) -> str:
    """What a source says instead, field by field: "$130 million; November 2025; pledged"."""
    place = speak.dossier.places.get(PlaceId(says.place)) if says.place else None
    parts = (
        speak.text(says.statement).rstrip("."),
        speak.quantity(says.value) if says.value else "",
        speak.date(says.when),
        speak.name(place) if place else says.place or "",
        stage_words(says.stage) if says.stage else "",
        speak.text(says.scope),
    )
    return "; ".join(part for part in parts if part)
