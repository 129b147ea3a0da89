"""What the briefer should know of a slide before somebody in the room says it."""

from __future__ import annotations

from typing import NamedTuple

from desktop.model.records import Fact
from desktop.model.states import states_of
from desktop.presentation.session import Session
from desktop.services.language import Locale, tr
from desktop.services.theme import Tone


class Caution(NamedTuple):
    """One thing to know; ``say`` is the sentence to speak, if the file has one."""

    fact_id: str
    words: str
    say: str
    tone: Tone


def cautions_of(session: Session, changed: frozenset[str] = frozenset()) -> list[Caution]:
    """Where sources differ on a fact of this slide, what may be out of date, what has changed.

    ``changed`` are ids of facts that say something else than when this briefing was last given.
    """
    speak = Locale(session.dossier, session.audience)
    found = []
    for fact_id in session.fact_ids():
        fact = session.dossier.fact(fact_id)
        states = states_of(session.dossier, fact)
        statement = speak.statement(fact).rstrip(".")
        if "sources-differ" in states:
            words = tr("Sources differ: {statement}.").format(statement=statement)
            found.append(Caution(fact_id, words, _say(fact, speak), "differ"))
        elif "stale" in states:
            words = tr("May be out of date: {statement}.").format(statement=statement)
            found.append(Caution(fact_id, words, "", "stale"))
        if fact_id in changed:
            words = tr("Changed since this was last given: {statement}.").format(
                statement=statement
            )
            found.append(Caution(fact_id, words, "", "link"))
    return found


def _say(fact: Fact, speak: Locale) -> str:
    return speak.text(fact.reading.say) if fact.reading else ""
