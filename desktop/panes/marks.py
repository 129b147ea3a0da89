"""How facts are marked beside their words, the same in every pane: state, grade, difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.model.dates import Duration
from desktop.model.dossier import Dossier
from desktop.model.records import Fact
from desktop.model.states import State, says_otherwise
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import TextRole, Theme, Tone
from desktop.widgets.badge import Chip

ICONS: Final[Mapping[State, str]] = {
    "superseded": "replace",
    "sources-differ": "flag",
    "does-not-add-up": "equal-not",
    "unsourced": "file-off",
    "stale": "clock",
    "one-source": "file-text",
    "agreed": "circle-check",
}
TONES: Final[Mapping[State, Tone]] = {
    "superseded": "muted",
    "sources-differ": "differ",
    "does-not-add-up": "differ",
    "unsourced": "differ",
    "stale": "stale",
    "one-source": "muted",
    "agreed": "agreed",
}


def state_chip(
    theme: Theme, state: State, *, role: TextRole = "caption_strong", filled: bool = False
) -> Chip:
    """The mark of a state with its word."""
    return Chip(theme, ICONS[state], state_words(state), TONES[state], role=role, filled=filled)


def set_state(chip: Chip, state: State) -> None:
    """Let a chip that is there already mark this state."""
    chip.set_state(ICONS[state], state_words(state), TONES[state])


def state_reason(speak: Locale, fact: Fact, state: State) -> str:
    """One sentence on what a state means for this fact."""
    dossier = speak.dossier
    if state == "superseded":
        return tr("Its own source has since revised it.")
    if state == "sources-differ":
        return _difference(fact)
    if state == "does-not-add-up":
        return tr("Its parts miss it by more than their rounding.")
    if state == "unsourced":
        return tr("No source is named for it.")
    if state == "stale":
        return _staleness(speak, fact)
    names = _origins(dossier, fact)
    if state == "one-source":
        return tr("The file cites only {origin} for it.").format(origin=", ".join(names))
    return tr("{count} origins say the same: {origins}.").format(
        count=len(names), origins=", ".join(names)
    )


def _difference(fact: Fact) -> str:
    differing = sum(says_otherwise(fact, citation) for citation in fact.citations)
    if differing:
        said = tr_count(
            "{count} of its citations says otherwise",
            "{count} of its citations say otherwise",
            differing,
        )
    else:
        said = tr("A better-founded fact cannot stand beside it")
    settled = tr("how we settle it stands below") if fact.reading else tr("it is not settled")
    return f"{said}; {settled}."


def _staleness(speak: Locale, fact: Fact) -> str:
    dossier = speak.dossier
    published = [
        source.published
        for citation in fact.citations
        if (source := dossier.sources.get(citation.source)) and source.published
    ]
    newest = max(published, key=lambda date: date.last or 0, default=None)
    area = dossier.areas.get(fact.area) if fact.area else None
    if newest is None or area is None or area.review_after is None:
        return tr("Its newest source is older than its area allows.")
    return tr("Its newest source is of {date}; this area is looked at again after {time}.").format(
        date=speak.date(newest), time=_duration(area.review_after)
    )


def _duration(duration: Duration) -> str:
    months = tr_count("{count} month", "{count} months", duration.months)
    days = tr_count("{count} day", "{count} days", duration.days)
    said = [words for words, count in ((months, duration.months), (days, duration.days)) if count]
    return " ".join(said) or days


def _origins(dossier: Dossier, fact: Fact) -> list[str]:
    """Those who say what the fact says, or if nobody does all who speak of it.

    Each stands once, by the publisher under whose name it was read first.
    """
    agreeing = [each for each in fact.citations if not says_otherwise(fact, each)]
    names: dict[str, str] = {}
    for citation in agreeing or fact.citations:
        source = dossier.sources.get(citation.source)
        origin, name = (source.origin, source.publisher) if source else (citation.source,) * 2
        names.setdefault(origin, name)
    return list(names.values())
