"""Whether what was handed out still holds: its facts as they were, beside those of a file now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from desktop.export.pptx import facts_within as facts_within_pptx
from desktop.export.slides_pdf import facts_within as facts_within_pdf
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Malformed
from desktop.model.records import Briefing, BriefingId, Fact
from desktop.model.slides import audience_of, backups_of, facts_on, said_by, slides_of
from desktop.model.values import Quantity
from desktop.services.language import Locale, tr

KINDS: Final = {".pptx": facts_within_pptx, ".pdf": facts_within_pdf}
"""What a hand-out of ours says it was made from, by how its name ends."""


class NotOurs(Exception):
    """A file that does not tell from which facts it was made."""


class HandedOut(NamedTuple):
    """A briefing as it was handed out: what each fact said, by id."""

    briefing: str
    facts: Mapping[str, str]


def read_handed_out(path: Path) -> HandedOut:
    """What a PPTX or PDF was made from; raises OSError, and NotOurs for a stranger's."""
    try:
        told = KINDS[path.suffix.lower()](path.read_bytes())
    except (KeyError, ValueError) as error:
        raise NotOurs(str(path)) from error
    briefing = told.get("briefing") if isinstance(told, dict) else None
    facts = told.get("facts") if isinstance(told, dict) else None
    if not isinstance(briefing, str) or not isinstance(facts, dict):
        raise NotOurs(str(path))
    texts = {str(fact_id): str(said) for fact_id, said in facts.items()}
    return HandedOut(briefing, texts)


def no_longer_held(handed_out: HandedOut, dossier: Dossier) -> Iterator[str]:
    """A line for each slide and fact that says something else now, in the order of the briefing.

    What was handed out and stands on no slide any more comes last.
    """
    briefing = dossier.briefings.get(BriefingId(handed_out.briefing))
    if briefing is None:
        yield tr("The file has no briefing “{id}” any more.").format(id=handed_out.briefing)
        return
    now = said_by(dossier, briefing)
    speak = Locale(dossier, audience_of(dossier, briefing))
    changed = {each for each, said in handed_out.facts.items() if now.get(each) != said}
    told: set[str] = set()
    for place, fact_ids in _by_slide(dossier, briefing, speak):
        for fact_id in fact_ids:
            if fact_id in changed:
                told.add(fact_id)
                yield f"{place}: {_change(handed_out.facts[fact_id], now[fact_id], fact_id, speak)}"
    for fact_id in sorted(changed - told):
        fact = dossier.find(Ref(Fact, fact_id))
        if isinstance(fact, Fact):
            words = tr("{fact}: stands on no slide any more")
            yield words.format(fact=speak.statement(fact).rstrip("."))
        else:
            yield tr("{id}: is not in the file any more").format(id=fact_id)


def _by_slide(
    dossier: Dossier, briefing: Briefing, speak: Locale
) -> Iterator[tuple[str, list[str]]]:
    slides = (*slides_of(dossier, briefing), *backups_of(dossier, briefing))
    for number, slide in enumerate(slides, start=1):
        title = "".join(each.text for each in speak.sentence(slide.title))
        facts = facts_on(dossier, slide, speak.audience)
        words = tr("slide {number}, “{title}”").format(number=number, title=title)
        yield words, [fact.id for fact in facts]


def _change(before: str, after: str, fact_id: str, speak: Locale) -> str:
    """What differs between two sayings, its parts alone."""
    old, new = before.split("; "), after.split("; ")
    was = "; ".join(_spoken(each, speak) for each in old if each not in new)
    now = "; ".join(_spoken(each, speak) for each in new if each not in old)
    stated = speak.statement(speak.dossier.fact(fact_id)).rstrip(".")
    words = tr("{fact}: said “{was}”, now “{now}”")
    return words.format(fact=stated, was=was or before, now=now or after)


def _spoken(part: str, speak: Locale) -> str:
    """A value or a date as people say it; other words as they stand."""
    with suppress(Malformed):
        return speak.quantity(Quantity.parse(part))
    with suppress(Malformed):
        return speak.date(EdtfDate.parse(part))
    return part
