"""Our own sentences, in which every number is a ``{fact-id}`` and so leads to its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from unicodedata import normalize

from desktop.model.problems import Malformed

_BINDING = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[^\s{}]+)?").fullmatch
_NUMBER = re.compile(r"(?<![\w/–-])[$€£]?[0-9](?:[0-9.,\u00a0\u202f]*[0-9])?(?: ?[%‰]|\b)")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_DATES = re.compile(
    rf"(?<![\w$€£])(?:[0-9]{{1,2}}(?:[–-][0-9]{{1,2}})? (?:{_MONTHS})\b"
    rf"|(?:{_MONTHS}) [0-9]{{1,2}}\b"
    r"|(?:[Nn]gày|[Tt]háng|[Tt]hứ|[Hh]ạm đội) [0-9]{1,2}\b"
    r"|(?:19|20)[0-9]{2}s?\b(?:[–/-](?:(?:19|20)[0-9]{2}|[0-9]{2})\b)?"
    r"|[0-9]+(?:st|nd|rd|th)\b)"
)
_COUNTED = re.compile(
    r"\s*(?:[%‰$€£]|(?:thousand|million|billion|per cent|percent|nghìn|triệu|tỷ|phần trăm)\b)"
)


class Binding(NamedTuple):
    """The place of a fact's number in a sentence."""

    fact_id: str


def parse_sentence(text: str) -> tuple[str | Binding, ...]:
    """Split a sentence into its words and the numbers bound into it; ``{{`` is a brace.

    Raises Malformed for a brace that is not closed or holds no id.
    """
    parts: list[str | Binding] = []
    words = ""
    position = 0
    for found in _BINDING.finditer(text):
        words += text[position : found.start()]
        position = found.end()
        if found[0] in ("{{", "}}"):
            words += found[0][0]
        elif found[1] is not None and _ID(found[1]):
            parts += [words, Binding(found[1])] if words else [Binding(found[1])]
            words = ""
        else:
            raise Malformed("not-a-binding", text=found[0])
    words += text[position:]
    return (*parts, words) if words else tuple(parts)


def with_bindings(text: str, rename: Callable[[str], str]) -> str:
    """The text with each fact that is bound into it named as ``rename`` says."""

    def named(found: re.Match[str]) -> str:
        if found[1] is None or not _ID(found[1]):
            return found[0]
        return f"{{{rename(found[1])}}}"

    return _BINDING.sub(named, text)


def bare_numbers(text: str) -> tuple[str, ...]:
    """Numbers typed into a sentence, which no fact backs.

    Years, days of a month, ordinals and numbers that are part of a name (F-16) are not meant.
    """
    words = "\n".join(part for part in _lenient(text) if isinstance(part, str))
    free = _DATES.sub(_unless_counted, normalize("NFC", words))
    return tuple(found[0] for found in _NUMBER.finditer(free))


def _lenient(text: str) -> tuple[str | Binding, ...]:
    try:
        return parse_sentence(text)
    except Malformed:
        return (text,)


def _unless_counted(found: re.Match[str]) -> str:
    """A date is blanked; what only looks like a year, as in "2000 million", stays."""
    return found[0] if _COUNTED.match(found.string, found.end()) else " "
