"""While a section is edited that nobody can edit by itself, a line stands for all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.files.condensing import condensed
from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.model.changes import DeleteRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Overlay, Unit
from desktop.store import Store
from tests.files.test_draft import SUM, TEXT


@pytest.fixture(params=["\n", "\r\n"], ids=["unix", "windows"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    path = tmp_path / "facts.yaml"
    path.write_bytes(TEXT.replace("\n", request.param).encode())
    file = FactsFile.open(path)
    store = Store(file.reading.dossier)
    store.open(file.reading.dossier, Draft.of(file))
    store.apply(SetField(SUM, "parts", ()))
    return store


def test_other_records_give_way_to_a_line_and_come_back(store: Store) -> None:
    assert store.draft is not None

    found = condensed(store.draft, Overlay)

    assert "statement" not in found.text
    assert "# The end of the facts." in found.text
    assert "audiences: {hanoi" in found.text
    assert found.expanded(found.text) == store.draft.text()


def test_the_section_that_is_edited_stays_whole(store: Store) -> None:
    assert store.draft is not None

    facts = condensed(store.draft, Fact)
    units = condensed(store.draft, Unit)

    assert "  sum:" in facts.text
    assert "  usd:" not in facts.text
    assert "  usd:" in units.text
    assert facts.expanded(facts.text) == units.expanded(units.text) == store.draft.text()


def test_lines_that_an_edit_has_touched_are_not_put_back(store: Store) -> None:
    assert store.draft is not None
    found = condensed(store.draft, Overlay)
    line, _ = found.cuts[0]

    assert found.expanded(found.text.replace(line, "")) is None
    assert found.expanded(found.text + line) is None


def test_words_that_stand_in_the_file_are_not_taken_for_a_cut(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(TEXT.replace("A sum.", "'cut-0: 0'"))
    draft = Draft.of(FactsFile.open(path))

    found = condensed(draft, Overlay)

    assert found.expanded(found.text) == draft.text()


def test_what_stands_behind_the_last_record_of_a_section_stays_in_sight(store: Store) -> None:
    store.apply(DeleteRecord(Ref(Unit, "sets")))
    assert store.draft is not None

    found = condensed(store.draft, Overlay)

    assert found.expanded(found.text) == store.draft.text()
    assert "# counted" in found.text
