"""Folding: a person who types without accents finds both, one who types them finds those first."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.files.reader import read
from desktop.model.changes import SetField
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, FactId, Place, Source, SourceId
from desktop.model.search_index import FactWords, Query, Words, fold
from desktop.model.values import LocalText

SMALL_FILE = Path(__file__).parents[1] / "panes" / "small_facts.yaml"
VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)


@pytest.fixture
def dossier() -> Dossier:
    return read(SMALL_FILE.read_bytes()).dossier


def test_every_vietnamese_letter_folds_to_a_plain_one() -> None:
    assert set(fold(VIETNAMESE + VIETNAMESE.upper())) <= set("abcdefghijklmnopqrstuvwxyz")


@given(st.text())
def test_folding_is_the_same_for_every_way_to_write_an_accent(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -"))
def test_what_was_typed_finds_itself_with_accents_or_without(text: str) -> None:
    words = Words.of([text])
    for typed in (text, fold(text), unicodedata.normalize("NFD", text)):
        assert Query(typed).matches(words)
    assert Query(text).matches_accents(words)


def test_hoang_finds_both_and_hoang_with_accents_ranks_its_own_first() -> None:
    with_accents, without = Words.of(["Quần đảo Hoàng Sa"]), Words.of(["Hoang Sa"])
    plain, accented = Query("hoang"), Query("hoàng")
    assert plain.matches(with_accents)
    assert plain.matches(without)
    assert accented.matches(without)
    ranks = accented.rank(with_accents), accented.rank(without)
    assert None not in ranks
    assert ranks[0] < ranks[1]  # type: ignore[operator]


def test_what_begins_a_title_ranks_before_a_word_of_it_and_that_before_the_rest() -> None:
    query = Query("clean")
    places = [
        Words.of(["Clean water"]),
        Words.of(["The clean-up"]),
        Words.of(["An unclean page"]),
        Words.of(["Something else"], ["a clean slate"]),
        Words.of(["Something else"], ["unclean"]),
    ]
    assert [query.rank(words) for words in places] == [0, 1, 2, 3, 4]
    assert query.rank(Words.of(["Nothing of the sort"])) is None


def test_all_words_have_to_occur_in_whatever_order() -> None:
    words = Words.of(["The clean-up at Biên Hòa"])
    assert Query("bien clean").rank(words) is not None
    assert Query("bien missing").rank(words) is None


def test_typographic_marks_are_found_by_plain_ones() -> None:
    words = Words.of(["The veterans’ files, 2017–2023"])
    assert Query("veterans' files").matches(words)
    assert Query("2017-2023").matches(words)


@pytest.mark.parametrize(
    "typed",
    ["further sum", "cam ket moi", "HOI DAM", "bien hoa", "khac phuc", "clean-up-addition", "130"],
)
def test_a_fact_is_found_by_its_words_quotation_source_place_area_id_and_value(
    dossier: Dossier, typed: str
) -> None:
    found = dossier.derived(FactWords).matching(Query(typed), dossier.facts)
    assert "clean-up-addition" in found


def test_a_change_is_found_at_once_and_the_rest_is_not_folded_again(dossier: Dossier) -> None:
    before = dossier.derived(FactWords)
    kept = {fact_id: before[fact_id] for fact_id in dossier.facts}
    change = SetField(Ref(Fact, "remains"), "statement", LocalText(en="Bộ hài cốt"))
    after = change.applied_to(dossier)
    words = after.derived(FactWords)
    assert words.matching(Query("bo hai cot"), after.facts) == ["remains"]
    again = [fact_id for fact_id in after.facts if words[fact_id] is not kept[fact_id]]
    assert again == ["remains"]


def test_a_source_that_changes_its_title_is_found_by_the_facts_that_cite_it(
    dossier: Dossier,
) -> None:
    dossier.derived(FactWords).matching(Query("x"), dossier.facts)
    source = dossier.sources[SourceId("tomorrow")]
    renamed = msgspec.structs.replace(source, title="An almanac")
    after = dossier.with_record(renamed)
    assert after.derived(FactWords).matching(Query("almanac"), after.facts) == ["later-call"]


def test_a_place_that_changes_its_name_is_found_by_the_facts_there(dossier: Dossier) -> None:
    dossier.derived(FactWords).matching(Query("x"), dossier.facts)
    place = msgspec.structs.replace(dossier.places["port"], name=LocalText(vi="Cảng mới"))  # type: ignore[index]
    after = dossier.with_record(place)
    assert isinstance(after.find(Ref(Place, "port")), Place)
    assert after.derived(FactWords).matching(Query("cang moi"), after.facts) == ["first-call"]


def test_folding_ahead_ends_when_every_fact_is_folded(dossier: Dossier) -> None:
    words = dossier.derived(FactWords)
    rounds = 0
    while words.fold_ahead(4):
        rounds += 1
    assert rounds == len(dossier.facts) // 4
    assert FactId("remains") in dict(words.items())
    assert Source not in {type(each) for each in dict(words.items()).values()}
