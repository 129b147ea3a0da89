"""The keys of a briefing in words, for the sheet that F1 shows."""

from __future__ import annotations

from desktop.services.language import tr


def sheet() -> list[tuple[str, str, str]]:
    """Group, what it does, and key: all that can be done, for the list of keys."""
    moving, audience = tr("Slides"), tr("What the audience sees")
    answers, console = tr("Answers"), tr("Console")
    return [
        (moving, tr("Next slide"), tr("PgDn → Space")),
        (moving, tr("Slide before"), tr("PgUp ←")),
        (moving, tr("First, last slide"), tr("Home, End")),
        (moving, tr("Slide or backup by number"), tr("digits, Enter")),
        (moving, tr("All slides, to go to one"), "G"),
        (audience, tr("Black, and back"), "B ."),
        (audience, tr("White, and back"), "W ,"),
        (audience, tr("Hold, while you look elsewhere"), "F"),
        (audience, tr("Pointer: the mouse over the slide"), "L"),
        (audience, tr("Zoom: draw a region with the mouse"), tr("drag, Z")),
        (audience, tr("Show the facts as they are now"), "U"),
        (answers, tr("Where a number is from; Enter shows it"), "Q ← →"),
        (answers, tr("Both sides where sources differ; again, the next"), "D"),
        (answers, tr("Search the facts; only you see it"), "/"),
        (answers, tr("Show the audience an answer, or take it away"), tr("Enter")),
        (console, tr("Clock: pause, and go on"), "K"),
        (console, tr("End time to count down to"), "T"),
        (console, tr("Notes larger, smaller"), "+ −"),
        (console, tr("Swap screens"), "S"),
        (console, tr("Which screen is which; choose one"), "I"),
        (console, tr("One screen: console or slides"), "V"),
        (console, tr("Slides on the audience's screen again"), "F5"),
        (console, tr("Back by one; then the end"), tr("Esc")),
    ]
