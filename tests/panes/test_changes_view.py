"""What saving will change stands there line by line, and is taken back where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.files.draft import Draft
from desktop.model.changes import AddRecord, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref, diff
from desktop.model.records import Fact, Source
from desktop.model.values import Quantity
from desktop.panes.changes_view import ChangesView
from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

TOTAL = Ref(Fact, "clean-up-total")


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> ChangesView:
    assert workspace.file is not None
    workspace.store.open(workspace.file.reading.dossier, Draft.of(workspace.file))
    view = ChangesView(workspace)
    qtbot.addWidget(view)
    view.resize(440, 800)
    view.show()
    return view


def lines(view: ChangesView) -> list[tuple[str, str]]:
    keys = view.rows.keys()
    rows = [view.rows.row(key) for key in keys]
    return [line for row in rows if row for line in row.findChild(DiffLines).lines()]


def press(qtbot: QtBot, view: ChangesView, words: str) -> None:
    """Press what offers to take back, on the one row that offers it."""
    rows = [text for text in view.findChildren(LinkedText) if words in text.words().split("  ·  ")]
    (text,) = (each for each in rows if not each.isHidden())
    index = text.words().split("  ·  ").index(words)
    qtbot.waitUntil(lambda: text.width() > 0 and text.isVisible())
    place = text.link_area(index).center().toPoint()
    qtbot.mouseClick(text, Qt.MouseButton.LeftButton, pos=place)


def seen(view: ChangesView) -> str:
    shown = [each for kind in (Text, Link) for each in view.findChildren(kind)]
    return "\n".join(
        each.text() if isinstance(each, Text) else each.words()
        for each in shown
        if not each.isHidden()
    )


def test_with_nothing_changed_it_says_so(view: ChangesView) -> None:
    assert view.words() == "Nothing to save: the file says what stands here."
    assert not view.save_button.isVisible()


def test_an_edit_shows_at_once_as_the_lines_it_will_write(
    view: ChangesView, workspace: Workspace, facts_path: Path
) -> None:
    workspace.store.apply(SetField(TOTAL, "value", Quantity.parse("435 million usd")))

    assert lines(view) == [("-", "value: 430 million usd"), ("+", "value: 435 million usd")]
    assert view.words() == "2 lines in 1 record"
    file_lines = facts_path.read_text(encoding="utf-8").splitlines()
    assert f"facts.yaml {file_lines.index('  clean-up-total:') + 1}" in seen(view)
    workspace.store.undo()
    assert lines(view) == []


def test_one_of_two_changed_fields_is_taken_back_as_one_step(
    qtbot: QtBot, view: ChangesView, workspace: Workspace
) -> None:
    store = workspace.store
    store.apply(SetField(TOTAL, "value", Quantity.parse("435 million usd")))
    store.apply(SetField(TOTAL, "when", EdtfDate.parse("2025-02")))

    press(qtbot, view, "only value")

    assert lines(view) == [("-", "when: 2025-01-17"), ("+", "when: 2025-02")]
    press(qtbot, view, "Take back")
    assert store.draft is not None
    assert store.saved_draft is not None
    assert store.draft.text() == store.saved_draft.text()
    assert store.dossier == store.saved_dossier
    store.undo()
    assert lines(view) == [("-", "when: 2025-01-17"), ("+", "when: 2025-02")]


def test_a_deleted_record_comes_back_in_its_own_words(
    qtbot: QtBot, view: ChangesView, workspace: Workspace
) -> None:
    store = workspace.store
    assert store.saved_draft is not None
    store.apply(DeleteRecord(Ref(Fact, "hearsay")))
    assert "Deleted: What nobody is named for" in seen(view)
    assert [sign for sign, _ in lines(view)] == ["-"] * 4

    press(qtbot, view, "Put it back")

    assert store.draft is not None
    assert store.draft.text() == store.saved_draft.text()
    assert view.words() == "Nothing to save: the file says what stands here."


def test_what_cannot_be_taken_back_alone_says_why(
    qtbot: QtBot, view: ChangesView, workspace: Workspace
) -> None:
    store = workspace.store
    herald = store.dossier.all_of(Source)["herald"]
    new = type(herald)(
        **{**{name: getattr(herald, name) for name in herald.__struct_fields__}, "id": "post"}
    )
    store.apply(AddRecord(new))
    fact = store.dossier.fact("hearsay")
    citation = store.dossier.fact("remains").citations[0]
    cited = type(citation)(source="post", credibility=2, quote="what they said")
    store.apply(SetField(Ref(Fact, fact.id), "citations", (cited,)))

    press(qtbot, view, "Take it out again")

    assert "“post” is still named by facts.hearsay; take it out there first" in seen(view)
    assert "post" in store.dossier.sources


def test_hidden_it_waits_and_shown_again_it_is_right(
    view: ChangesView, workspace: Workspace
) -> None:
    view.hide()
    workspace.store.apply(SetField(TOTAL, "value", Quantity.parse("435 million usd")))
    assert lines(view) == []
    view.show()
    assert [sign for sign, _ in lines(view)] == ["-", "+"]


def test_records_in_another_order_are_told_though_none_says_anything_else(
    view: ChangesView, workspace: Workspace
) -> None:
    store = workspace.store
    ids = list(store.dossier.facts)
    after = store.dossier.patched({}, {Fact: (*ids[1:], ids[0])})
    draft = store.draft
    assert draft is not None
    moved = draft.after(store.dossier, after, diff(store.dossier, after))

    store.replace(after, moved, saved=False)

    assert view.words().startswith("No record says anything else;")
    assert view.save_button.isVisible()
