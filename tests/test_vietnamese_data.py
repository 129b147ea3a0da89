"""The Vietnamese of the shipped facts: whole where it is read, and spelled as Vietnamese is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized, normalize

import msgspec
import pytest

from desktop.files.facts_file import FactsFile
from desktop.model.records import SECTIONS
from desktop.model.sentences import Binding, parse_sentence
from desktop.model.values import LocalText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.model.dossier import Dossier

SHIPPED: Final = Path(__file__).parents[1] / "data" / "facts.yaml"
ALPHABET: Final = re.compile(
    r"[ A-Za-zÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9"
    r"0-9.,;:()/%“”’'+–-]+"
)
TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:oa|oă|oe|uâ|uê|uy|uyê|uya|uô|ươ|iê|yê|ia|ya|ua|ưa|uơ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi"
    r"|ui|ưi|ưu|iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uyu|oo|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
STOPPED: Final = re.compile(r"(?:ch|[cpt])$")
MARKED_LATE: Final = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
"""The newer way to place a tone, as in "hoà"; one file keeps to one way, that of "Biên Hòa"."""


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return FactsFile.open(SHIPPED).reading.dossier


def texts_of(thing: object, where: str) -> Iterator[tuple[str, LocalText]]:
    """Every text within a record, with where it stands."""
    if isinstance(thing, LocalText):
        yield where, thing
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            yield from texts_of(getattr(thing, name), f"{where}.{name}")
    elif isinstance(thing, tuple):
        for place, part in enumerate(thing):
            yield from texts_of(part, f"{where}.{place}")


def texts(dossier: Dossier) -> Iterator[tuple[str, LocalText]]:
    yield from texts_of(dossier.about, "about")
    for section, kind in SECTIONS.items():
        for record in dossier.all_of(kind).values():
            yield from texts_of(record, f"{section}.{record.id}")


@pytest.fixture(scope="module")
def vietnamese(dossier: Dossier) -> dict[str, str]:
    """All that is said in Vietnamese, by where it stands; bound numbers left out."""
    said = {where: text.vi for where, text in texts(dossier) if text.vi}
    return {where: re.sub(r"\{[^{}]*\}", " ", words) for where, words in said.items()}


def words_with_marks(text: str) -> list[str]:
    """The words that can only be Vietnamese; names such as Hegseth have no mark."""
    return [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]


def test_whatever_hanoi_reads_first_is_there_in_vietnamese(dossier: Dossier) -> None:
    about = dossier.about
    read = {"title": about.title, "bottom line": about.bottom_line}
    for area in dossier.areas.values():
        read |= {f"{area.id} {name}": getattr(area, name) for name in ("name", "group", "summary")}
    for unit in dossier.units.values():
        read |= {f"{unit.id} {name}": getattr(unit, name) for name in ("one", "many")}
    named = (*dossier.places.values(), *dossier.measures.values(), *dossier.overlays.values())
    read |= {record.id: record.name for record in named}
    titled = (*dossier.slides.values(), *dossier.briefings.values())
    read |= {record.id: record.title for record in titled}

    assert len(read) > 300
    assert [where for where, text in read.items() if text is not None and not text.vi] == []


def test_what_facts_state_and_how_far_they_reach_is_there_in_vietnamese(dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        assert fact.statement is None or fact.statement.vi, fact.id
        assert fact.scope is None or fact.scope.vi, fact.id


def test_it_is_composed_and_has_letters_of_the_alphabet_alone(vietnamese: dict[str, str]) -> None:
    for where, words in vietnamese.items():
        assert is_normalized("NFC", words), where
        assert ALPHABET.fullmatch(words), f"{where}: {words}"


def test_each_word_with_a_mark_is_a_syllable_with_one_tone_that_its_ending_allows(
    vietnamese: dict[str, str],
) -> None:
    seen = 0
    for where, words in vietnamese.items():
        for word in words_with_marks(words):
            parts = normalize("NFD", word.lower())
            tones = [mark for mark in parts if mark in TONES]
            plain = normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
            assert len(tones) <= 1, f"{where}: {word}"
            assert SYLLABLE.fullmatch(plain), f"{where}: {word}"
            if STOPPED.search(plain):
                assert tones in (["\u0301"], ["\u0323"]), f"{where}: {word} has no such tone"
            seen += 1
    assert seen > 2000


def test_tones_are_placed_in_one_way_throughout(vietnamese: dict[str, str]) -> None:
    late = {where: MARKED_LATE.findall(words) for where, words in vietnamese.items()}

    assert {where: found for where, found in late.items() if found} == {}


def test_sentences_bind_the_same_numbers_in_both_languages(dossier: Dossier) -> None:
    compared = 0
    for where, text in texts(dossier):
        if not text.en or not text.vi or "{" not in text.en:
            continue
        english, said = (
            sorted(part.fact_id for part in parse_sentence(words) if isinstance(part, Binding))
            for words in (text.en, text.vi)
        )
        assert english == said, where
        compared += 1
    assert compared > 30


def test_readings_of_one_scope_stay_one_line_in_either_language(dossier: Dossier) -> None:
    said: dict[tuple[str, str], set[str | None]] = {}
    for fact in dossier.facts.values():
        if fact.measure and fact.scope and fact.scope.en:
            said.setdefault((fact.measure, fact.scope.en), set()).add(fact.scope.vi)

    assert {key: words for key, words in said.items() if len(words) > 1} == {}
