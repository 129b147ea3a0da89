"""One fact in full, as a reader meets it beside the table or in a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QScrollArea

from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Area, Fact, Place, Source
from desktop.model.values import LocalText, Quantity
from desktop.panes.fact_view import FactView
from desktop.services.language import Locale
from desktop.widgets.badge import Grade
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace
    from tests.scripted import ScriptedPrompts


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> FactView:
    view = FactView(workspace)
    qtbot.addWidget(view)
    view.resize(420, 900)
    view.show()
    return view


def words_in(view: FactView) -> list[str]:
    """All that stands written in the view, from the top."""
    kinds = (Text, LinkedText, Link)
    seen = [each for kind in kinds for each in view.findChildren(kind) if each.isVisible()]
    seen.sort(key=lambda each: each.mapTo(view, each.rect().topLeft()).y())
    return [each.text() if isinstance(each, Text) else each.words() for each in seen]


def link(view: FactView, words: str) -> Link:
    found = (each for each in view.findChildren(Link) if each.words() == words)
    return next(each for each in found if each.isVisible())


def fact_link(view: FactView, part: str) -> LinkedText:
    links = view.findChildren(LinkedText)
    return next(each for each in links if each.isVisible() and part in each.words())


# What it says


def test_it_asks_for_a_fact_until_one_is_chosen(view: FactView) -> None:
    assert words_in(view) == ["Choose a fact to read it in full, with every source."]
    view.show_fact("nowhere")
    assert words_in(view) == ["There is no fact “nowhere” in this file."]


def test_id_and_line_lead_back_into_the_file(view: FactView, facts_path: Path) -> None:
    view.show_fact("remains")
    lines = facts_path.read_text(encoding="utf-8").splitlines()
    line = lines.index("  remains:") + 1
    assert words_in(view)[0] == f"remains, facts.yaml line {line}"


def test_value_date_and_particulars_are_said_in_full(view: FactView) -> None:
    view.show_fact("old-estimate")
    said = words_in(view)
    assert "about $250 million" in said
    assert "2018, known to the year" in said
    assert said[said.index("Superseded") + 1] == "Its own source has since revised it."
    view.show_fact("clean-up-addition")
    assert {"Committed", "Bien Hoa airbase", "Clean-up"} <= set(words_in(view))


def test_every_citation_has_its_words_its_source_and_its_grade(view: FactView) -> None:
    view.show_fact("clean-up-addition")
    said = words_in(view)
    assert "2 citations" in said
    assert "“raised by 130 million dollars”" in said
    assert "“cam kết mới 130 triệu đô la”" in said
    assert "Gazette, 8 May 2025" in said
    assert "Hội đàm <b>quốc phòng</b> · in Vietnamese · read at Mirror Daily" in said
    grades = [each for each in view.findChildren(Grade) if each.isVisible()]
    assert [each.text() for each in grades] == ["B1", "C4"]
    assert grades[1].accessibleName() == "C4: C fairly reliable, 4 doubtful"


def test_where_a_source_differs_it_says_how_and_we_say_how_we_settle_it(view: FactView) -> None:
    view.show_fact("clean-up-addition")
    said = words_in(view)
    assert "Says otherwise: Called a new pledge; 8 May 2025" in said
    assert "1 of its citations says otherwise; how we settle it stands below." in said
    settled = said.index("How we settle it")
    assert said[settled + 1 : settled + 4] == [
        "The sum counts once.",
        "Why: The Herald had it four months earlier.",
        "Settled on 12 December 2025.",
    ]


def test_parts_are_listed_and_their_sum_is_as_given(view: FactView) -> None:
    view.show_fact("clean-up-total")
    said = words_in(view)
    parts = said.index("Made up of")
    assert said[parts + 1].startswith("$300 million")
    assert said[parts + 2].startswith("$130 million")
    assert said[parts + 3] == "Adds up to $430 million"
    view.show_fact("wrong-total")
    assert "Does not add up to $500 million" in words_in(view)


def test_one_source_is_said_of_the_file_and_not_of_the_world(view: FactView) -> None:
    view.show_fact("clean-up-first")
    assert "The file cites only Ministry for it." in words_in(view)


def test_a_table_shows_its_rows_and_its_gaps(view: FactView) -> None:
    view.show_fact("assistance-by-year")
    said = words_in(view)
    assert said[said.index("FY2017") : said.index("FY2017") + 2] == ["FY2017", "not reported"]
    assert "about $12 million (as requested)" in said
    assert "table 2" in said


@pytest.mark.parametrize(
    ("fact_id", "part"),
    [("later-call", "After as-of:"), ("for-some", "Withheld from: Hanoi, Hanoi vi.")],
)
def test_what_stands_in_the_facts_pane_only_says_why(
    view: FactView, fact_id: str, part: str
) -> None:
    view.show_fact(fact_id)
    assert any(words.startswith(part) for words in words_in(view))


def test_text_of_the_file_is_shown_as_it_stands(view: FactView) -> None:
    view.show_fact("remains")
    statement = "Remains handed over, Hoàng Sa <i>not</i> among the places."
    label = next(each for each in view.findChildren(Text) if each.text() == statement)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_text_that_had_to_fall_back_says_in_which_language_it_is(
    view: FactView, workspace: Workspace
) -> None:
    view.show_fact("clean-up-first")
    workspace.settings.audience = "hanoi-vi"
    assert "The first commitment to the clean-up (in English)" in words_in(view)
    assert "Khắc phục hậu quả" in words_in(view)


# Where it leads


def test_a_link_says_the_true_host_and_asks_before_it_opens(
    qtbot: QtBot, view: FactView, prompts: ScriptedPrompts
) -> None:
    view.show_fact("clean-up-addition")
    prompts.answers = ["Cancel"]
    qtbot.mouseClick(link(view, "Opens mirror.example"), Qt.MouseButton.LeftButton)
    assert any("mirror.example" in words for words in prompts.said)


def test_an_address_that_is_not_of_the_web_is_no_link(view: FactView, workspace: Workspace) -> None:
    source = workspace.store.dossier.sources["herald"]  # type: ignore[index]
    bad = msgspec.structs.replace(source, url="javascript:alert(1)")
    workspace.store.open(workspace.store.dossier.with_record(bad))
    view.show_fact("remains")
    assert not [each for each in view.findChildren(Link) if each.words().startswith("Opens")]
    assert "Its address is not one that is opened: javascript:alert(1)" in words_in(view)


def test_facts_place_and_area_that_are_named_can_be_gone_to(
    qtbot: QtBot, view: FactView, workspace: Workspace
) -> None:
    view.show_fact("clean-up-addition")
    asked: list[Ref] = []
    workspace.selection.reveal_requested.connect(asked.append)
    qtbot.mouseClick(link(view, "Bien Hoa airbase"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(link(view, "Clean-up"), Qt.Key.Key_Return)
    qtbot.keyClick(fact_link(view, "The commitment to the clean-up"), Qt.Key.Key_Return)
    qtbot.keyClick(fact_link(view, "Work on the northern section"), Qt.Key.Key_Return)
    assert asked == [
        Ref(Place, "airbase"),
        Ref(Area, "clean-up"),
        Ref(Fact, "clean-up-total"),
        Ref(Fact, "clean-up-work"),
    ]


@pytest.mark.parametrize(
    ("fact_id", "title", "other"),
    [
        ("clean-up-addition", "Part of", "The commitment to the clean-up"),
        ("first-call", "Contradicted by", "A call near Hoang Sa"),
        ("earlier-call", "Contradicts", "First call in two years"),
        ("new-estimate", "Supersedes", "An early estimate"),
        ("old-estimate", "Superseded by", "A revised estimate"),
        ("clean-up-work", "Delivers", "A further sum"),
        ("clean-up-addition", "Delivered by", "Work on the northern section"),
    ],
)
def test_relations_are_told_from_both_ends(
    view: FactView, fact_id: str, title: str, other: str
) -> None:
    view.show_fact(fact_id)
    said = words_in(view)
    assert other in said[said.index(title) + 1]


# Taking it along


def test_ctrl_c_and_the_button_copy_the_fact_with_its_sources(qtbot: QtBot, view: FactView) -> None:
    view.show_fact("clean-up-addition")
    QGuiApplication.clipboard().clear()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    for part in (
        "A further sum for the clean-up.",
        "$130 million",
        "“cam kết mới 130 triệu đô la”",
        "Gazette, 8 May 2025 [C4: C fairly reliable, 4 doubtful]",
        "http://mirror.example/gazette",
        "The sum counts once.",
        "clean-up-addition, as of 12 December 2025",
    ):
        assert part in copied
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == copied


def test_arrows_and_page_keys_scroll_it(qtbot: QtBot, view: FactView) -> None:
    view.resize(420, 240)
    view.show_fact("clean-up-addition")
    view.setFocus()
    bar = view.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    stepped = bar.value()
    assert stepped > 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() > stepped
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0


# Keeping up


def test_a_change_rewrites_what_it_alters_and_leaves_the_rest_alone(
    view: FactView, workspace: Workspace
) -> None:
    view.show_fact("clean-up-first")
    grade = next(each for each in view.findChildren(Grade) if each.isVisible())
    change = SetField(Ref(Fact, "clean-up-first"), "value", Quantity.parse("301 million usd"))
    workspace.store.apply(change)
    assert "$301 million" in words_in(view)
    assert grade.isVisible(), "the citation did not change and was rebuilt"
    workspace.store.undo()
    assert "$300 million" in words_in(view)


def test_it_follows_a_source_that_is_renamed_and_a_fact_that_comes_to_name_it(
    view: FactView, workspace: Workspace
) -> None:
    view.show_fact("remains")
    workspace.store.apply(SetField(Ref(Source, "herald"), "publisher", "The Daily"))
    assert "The Daily, 17 Jan 2025" in words_in(view)
    contradicts = SetField(Ref(Fact, "hearsay"), "contradicted_by", ("remains",))
    workspace.store.apply(contradicts)
    assert "Contradicts" in words_in(view)


def test_out_of_view_it_waits_and_is_right_when_shown(view: FactView, workspace: Workspace) -> None:
    view.show_fact("remains")
    view.hide()
    statement = LocalText(en="Now otherwise.")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "statement", statement))
    view.show()
    assert "Now otherwise." in words_in(view)


def test_a_screen_reader_hears_the_whole_fact(view: FactView, workspace: Workspace) -> None:
    view.show_fact("clean-up-addition")
    told = QAccessible.queryAccessibleInterface(view)
    assert told.text(QAccessible.Text.Name) == "Fact in full"
    assert "“raised by 130 million dollars”" in told.text(QAccessible.Text.Description)
    speak = Locale(workspace.store.dossier)
    assert speak.date(speak.dossier.about.as_of) in told.text(QAccessible.Text.Description)
