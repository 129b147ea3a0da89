"""What the preflight of a briefing finds, in words."""

from __future__ import annotations

from desktop.services.language import tr


def finding_words(code: str, *, fact: str = "", text: str = "", slide: str = "") -> str:
    """One finding as a sentence; ``fact`` is what the fact states. KeyError for an unknown code."""
    words = {
        "sources-differ": tr("Sources differ: {fact}"),
        "does-not-add-up": tr("Its parts do not add up: {fact}"),
        "stale": tr("May be out of date: {fact}"),
        "unsourced": tr("No source is named: {fact}"),
        "one-source": tr("One source only: {fact}"),
        "superseded": tr("Its own source has since revised it: {fact}"),
        "not-marked": tr("The file has no marking; every slide says NOT MARKED."),
        "bare-number": tr("“{text}” is typed into title or notes; no fact backs it."),
        "title-too-long": tr("The title runs over more than three lines."),
        "overfull": tr("There is more than the slide can hold; part of it is left out."),
        "too-small": tr("Its letters are smaller than the room can read."),
        "nothing-to-show": tr("There is nothing on it that this audience is shown."),
        "no-difference": tr("Its two sources do not differ."),
        "no-map": tr("It says no part of the map to show."),
        "no-seconds": tr("No time is planned for it."),
        "missing-slide": tr("The slide “{slide}” is not in the file."),
    }
    return words[code].format(fact=fact, text=text, slide=slide)
