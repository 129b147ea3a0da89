"""The form in the Facts pane, filled in as an analyst does: by typing, Tab, Enter and Escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame, QWidget

from desktop.files.facts_file import FactsFile
from desktop.model.dossier import Ref
from desktop.model.problems import Problem
from desktop.model.records import (
    SECTIONS,
    About,
    Area,
    Fact,
    Measure,
    Place,
    Slide,
    Source,
    Unit,
)
from desktop.model.references import naming
from desktop.panes.facts import FactsPane
from desktop.panes.facts_columns import Column
from desktop.panes.form_editors import LeafEditor, LocalTextEditor, StructEditor
from desktop.panes.form_lists import CitationEditor, ItemsEditor, RefsEditor
from desktop.widgets.chooser import Chooser
from desktop.widgets.line import Line, TextBox
from desktop.widgets.link import Link
from desktop.widgets.suggesting_line import SuggestingLine
from desktop.widgets.text import Text
from tests.desk import SHIPPED

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.files.fields import Fault
    from desktop.panes.form_editors import Editor
    from desktop.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ADDITION = "clean-up-addition"


class Hand:
    """A person at the Facts pane."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.pane = FactsPane(workspace)
        qtbot.addWidget(self.pane)
        self.pane.resize(1600, 1400)
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()

    def edit(self, record_id: str, kind: type = Fact) -> None:
        self.pane.edit(Ref(kind, record_id))

    def fact(self, fact_id: str = ADDITION) -> Fact:
        return self.workspace.store.dossier.fact(fact_id)

    def editor(self, *path: str | int) -> Editor:
        """The part of the form at a path, as problems name it."""
        page = self.pane.form.page
        assert page is not None
        found: Editor = page.editors[str(path[0])]
        for step in path[1:]:
            assert isinstance(found, StructEditor | ItemsEditor | LocalTextEditor)
            found = found.parts[step]
        return found

    def line(self, *path: str | int) -> Line | TextBox:
        found = self.editor(*path)
        if isinstance(found, RefsEditor):
            return found.chooser
        assert isinstance(found, LeafEditor)
        return found.line

    def write(self, words: str, *path: str | int) -> None:
        """Write into a field, in place of what stands there; nothing is settled yet."""
        line = self.line(*path)
        line.setFocus()
        line.selectAll()
        self.press(Qt.Key.Key_Delete)
        if words.isascii():
            self.qtbot.keyClicks(line, words)
        else:
            # Qt's test keys know no letters beyond these.
            QApplication.clipboard().setText(words)
            line.paste()

    def enter(self, words: str, *path: str | int) -> None:
        self.write(words, *path)
        self.press(Qt.Key.Key_Return)

    def press(
        self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, keys)

    def said(self, *path: str | int) -> str:
        """What stands beside a field, refusal, reading and doubt."""
        found = self.editor(*path)
        assert isinstance(found, LeafEditor | RefsEditor)
        page = self.pane.form.page
        assert page is not None
        doubts = page.doubts(str(path[0])) if len(path) == 1 else ""
        said = (found.entry.words(), found.entry.warning(), doubts)
        return " ".join(each for each in said if each)

    def is_refused(self, *path: str | int) -> bool:
        found = self.editor(*path)
        assert isinstance(found, LeafEditor | RefsEditor)
        return found.entry.is_wrong

    def click(self, widget: QWidget) -> None:
        self.qtbot.waitUntil(widget.isVisible)
        self.qtbot.mouseClick(widget, LEFT)


@pytest.fixture
def hand(qtbot: QtBot, workspace: Workspace) -> Hand:
    return Hand(qtbot, workspace)


# In and out


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_F2])
def test_a_key_turns_the_fact_into_its_form_and_escape_turns_it_back(
    hand: Hand, key: Qt.Key
) -> None:
    hand.workspace.selection.select(ADDITION)
    hand.pane.rows.setFocus()
    assert hand.pane.view.isVisible()

    hand.press(key)

    assert hand.pane.form.isVisible()
    assert hand.line("statement", "en").hasFocus()
    assert hand.line("value").text() == "130 million usd"
    hand.press(Qt.Key.Key_Escape)
    assert hand.pane.view.isVisible()
    assert hand.pane.rows.hasFocus()


def test_the_word_edit_leads_there_too_and_ctrl_enter_is_done(hand: Hand) -> None:
    hand.workspace.selection.select(ADDITION)

    hand.click(hand.pane.view.edit_button)
    hand.write("about 131 million usd", "value")
    hand.press(Qt.Key.Key_Return, CTRL)

    assert hand.pane.view.isVisible()
    assert str(hand.fact().value) == "about 131 million usd"


def test_ctrl_enter_is_done_on_a_link_of_the_form_too(hand: Hand) -> None:
    hand.workspace.selection.select(ADDITION)
    hand.click(hand.pane.view.edit_button)
    page = hand.pane.form.page
    assert page is not None
    page.more.setFocus()

    hand.press(Qt.Key.Key_Return, CTRL)

    assert hand.pane.view.isVisible()
    assert page.more.isVisibleTo(page)


def test_the_form_follows_the_row_that_is_chosen(hand: Hand) -> None:
    hand.edit(ADDITION)
    hand.pane.rows.setFocus()

    hand.press(Qt.Key.Key_Down)

    assert hand.line("statement", "en").text() == "Work on the northern section begins."
    assert hand.line("value").text() == ""


@pytest.mark.parametrize("kind", [About, *SECTIONS.values()])
def test_what_is_shown_of_any_record_is_read_back_as_it_was(hand: Hand, kind: type) -> None:
    """Opening a form and leaving it changes nothing in any record of the shipped facts."""
    store = hand.workspace.store
    store.open(FactsFile.open(SHIPPED).reading.dossier)
    records = list(store.dossier.all_of(kind).values())[:: 5 if kind is Fact else 1]
    assert records

    for record in records:
        hand.pane.form.show_record(Ref(kind, record.id))
        page = hand.pane.form.page
        assert page is not None
        assert page.touched() == {}
        for name, editor in page.editors.items():
            for item in getattr(editor, "items", ()):
                item.build()
            faults: list[Fault] = []
            value = editor.value((name,), faults)
            assert faults == []
            known = getattr(record, name)
            assert value == known or (value is None and not known), f"{record.id}.{name}"


# Single values


def test_what_is_typed_is_one_step_and_shows_in_the_table(hand: Hand) -> None:
    hand.edit(ADDITION)
    store = hand.workspace.store
    row = hand.pane.table.row_of(ADDITION)

    hand.enter("135 million usd", "value")

    assert hand.pane.table.index(row, Column.VALUE).data() == "$135 million"
    store.undo()
    assert str(hand.fact().value) == "130 million usd"
    assert hand.line("value").text() == "130 million usd"
    assert not store.can_undo()
    store.redo()
    assert hand.line("value").text() == "135 million usd"


def test_tab_and_a_click_elsewhere_settle_too(hand: Hand) -> None:
    hand.edit(ADDITION)

    hand.write("2025-01", "when")
    hand.press(Qt.Key.Key_Tab)
    assert str(hand.fact().when) == "2025-01"
    assert hand.line("kind").hasFocus()
    hand.write("Another sum.", "statement", "en")
    hand.pane.rows.setFocus(Qt.FocusReason.MouseFocusReason)
    assert str(hand.fact().statement) == "Another sum."


def test_a_shortcut_works_on_what_stands_on_the_screen(hand: Hand) -> None:
    hand.edit(ADDITION)
    hand.write("136 million usd", "value")

    hand.press(Qt.Key.Key_S, CTRL)

    assert str(hand.fact().value) == "136 million usd"


def test_letters_are_taken_back_first_and_then_steps(hand: Hand) -> None:
    hand.edit(ADDITION)
    line = hand.line("value")
    assert isinstance(line, Line)
    line.setFocus()
    hand.qtbot.keyClicks(line, "x")
    asked: list[object] = []
    window_undo = hand.pane.addAction("undo", "Ctrl+Z", lambda: asked.append(1))

    hand.press(Qt.Key.Key_Z, CTRL)
    assert line.text() == "130 million usd"
    assert asked == []
    hand.press(Qt.Key.Key_Z, CTRL)
    assert asked == [1]
    assert window_undo is not None


def test_a_value_and_a_date_are_read_back_in_words_while_they_are_typed(hand: Hand) -> None:
    hand.edit(ADDITION)

    hand.write("nearly 71 thousand usd", "value")
    assert hand.said("value").startswith("nearly $71 thousand")
    hand.write("2025-05", "when")

    assert hand.said("when") == "May 2025, known to the month"


def test_units_are_completed_behind_the_number(hand: Hand) -> None:
    hand.edit(ADDITION)
    line = hand.line("value")
    assert isinstance(line, SuggestingLine)

    hand.write("135 mil", "value")

    offered = [each.text for each in line.offered()]
    assert offered[0] == "135 million usd"
    assert "135 million ships" in offered
    line.take(line.offered()[0])
    assert str(hand.fact().value) == "135 million usd"


# What is refused


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("when", "8 Mai 2025", "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025."),
        ("when", "05-08", "“05-08” lacks the year; write that first, as 2025-05-08 or 2025-05."),
        ("value", "−130 million usd", "“−130 million usd” is negative; an amount is zero or more."),
        (
            "value",
            "130 mil",
            "The unit “mil” is not declared under units; did you mean “million usd”?",
        ),
        ("value", "130,000 usd", "“130,000 usd” has a separator between digits, which could be a "),
        ("stage", "given", "“given” is not accepted; write one of: appropriated, committed, "),
        ("place", "Atlantis", "“Atlantis” is not among the places"),
        ("area", "", "Area is missing, and has to be there."),
    ],
)
def test_what_cannot_be_is_said_at_once_beside_the_field_and_stays_there(
    hand: Hand, field: str, typed: str, words: str
) -> None:
    before = hand.fact()
    hand.edit(ADDITION)

    hand.write(typed, field)

    assert hand.said(field).startswith(words)
    hand.press(Qt.Key.Key_Tab)
    assert hand.said(field).startswith(words)
    assert hand.is_refused(field)
    assert hand.line(field).text() == typed
    assert hand.fact() == before
    hand.enter("The rest can be edited.", "note", "en")
    assert str(hand.fact().note) == "The rest can be edited."
    assert hand.line(field).text() == typed
    hand.line(field).setFocus()
    hand.press(Qt.Key.Key_Escape)
    assert not hand.is_refused(field)
    assert hand.line(field).text() != typed


def test_what_is_refused_waits_while_another_record_is_looked_at(hand: Hand) -> None:
    hand.edit(ADDITION)
    hand.enter("8 Mai 2025", "when")

    hand.edit("remains")
    assert hand.line("when").text() == "2024-05~/2025-05-08"
    assert not hand.is_refused("when")
    assert hand.pane.form.is_waiting(Ref(Fact, ADDITION))
    hand.edit(ADDITION)

    assert hand.line("when").text() == "8 Mai 2025"
    assert hand.is_refused("when")
    hand.enter("2025-05-08", "when")
    assert not hand.is_refused("when")
    assert str(hand.fact().when) == "2025-05-08"


def test_what_waits_elsewhere_is_counted_and_a_step_away(hand: Hand) -> None:
    hand.edit(ADDITION)
    hand.enter("8 Mai 2025", "when")
    link = hand.pane.bar.unfinished_link
    assert not link.isVisible()

    hand.edit("remains")
    assert link.words() == "1 not finished"
    hand.click(link)

    assert hand.line("when").text() == "8 Mai 2025"
    assert not link.isVisible()


def test_done_leads_to_what_is_refused(hand: Hand) -> None:
    hand.edit(ADDITION)
    hand.enter("8 Mai 2025", "when")
    hand.line("note", "en").setFocus()

    hand.press(Qt.Key.Key_Return, CTRL)

    assert hand.pane.form.isVisible()
    assert hand.line("when").hasFocus()


def test_a_total_that_no_longer_adds_up_is_said_and_stops_nobody(hand: Hand) -> None:
    hand.edit(ADDITION)

    hand.enter("135 million usd", "value")

    assert str(hand.fact().value) == "135 million usd"
    assert not hand.is_refused("value")
    assert hand.said("value").endswith(
        "The total “The commitment to the clean-up” no longer adds up: $430 million is not "
        "$300 million + $135 million."
    ) or "The total “A total whose parts miss it” no longer adds up" in hand.said("value")
    hand.edit("clean-up-total")
    assert "do not add up" in hand.said("parts")
    hand.workspace.store.undo()
    assert "do not add up" not in hand.said("parts")


def test_fields_that_need_each_other_wait_for_each_other(hand: Hand) -> None:
    hand.edit("sea", Place)
    hand.enter("", "lat")
    assert "only one of lat and lon" in hand.said("lat").lower()

    hand.enter("", "lon")

    place = hand.workspace.store.dossier.places["sea"]
    assert (place.lat, place.lon) == (None, None)
    assert not hand.is_refused("lat")
    hand.workspace.store.undo()
    place = hand.workspace.store.dossier.places["sea"]
    assert (place.lat, place.lon) == (14, 114)


# Choosing


def test_a_place_is_found_without_its_accents_and_taken_by_enter(hand: Hand) -> None:
    hand.workspace.settings.audience = "hanoi-vi"
    hand.edit(ADDITION)
    line = hand.line("place")
    assert isinstance(line, Chooser)

    hand.write("da nang", "place")
    assert [each.words for each in line.offered()] == ["Đà Nẵng"]
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)

    assert hand.fact().place == "port"
    assert line.text() == "Đà Nẵng"


def test_the_only_place_that_begins_so_is_taken_on_the_way_on(hand: Hand) -> None:
    hand.edit("remains")
    for typed, place in (("da n", "Da Nang"), ("nang", "nang")):
        hand.write(typed, "place")
        hand.press(Qt.Key.Key_Tab)
        assert hand.line("place").text() == place
    assert hand.fact("remains").place == "port"
    assert hand.is_refused("place")


def test_an_emptied_choice_is_left_out(hand: Hand) -> None:
    hand.edit(ADDITION)

    hand.enter("", "place")

    assert hand.fact().place is None


def test_parts_are_added_and_taken_out(hand: Hand) -> None:
    hand.edit("wrong-total")
    parts = hand.editor("parts")
    assert isinstance(parts, RefsEditor)

    hand.enter("new-estimate", "parts")
    assert hand.fact("wrong-total").parts == ("clean-up-first", ADDITION, "new-estimate")
    assert parts.chooser.text() == ""
    hand.enter("wrong-total", "parts")
    assert "names itself" in hand.said("parts")
    hand.press(Qt.Key.Key_Escape)
    parts.remove(ADDITION)

    assert hand.fact("wrong-total").parts == ("clean-up-first", "new-estimate")


def test_a_row_of_a_list_is_moved_by_its_keys(hand: Hand) -> None:
    hand.edit("about", About)
    facts = hand.editor("key_facts")
    assert isinstance(facts, RefsEditor)
    facts._rows[1].setFocus()

    hand.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert hand.workspace.store.dossier.about.key_facts == ("remains", "clean-up-total")
    assert facts._rows[0].focusProxy().hasFocus()


# Texts


def test_a_statement_is_written_in_two_languages(hand: Hand) -> None:
    hand.edit(ADDITION)

    hand.enter("Một khoản nữa.", "statement", "vi")

    statement = hand.fact().statement
    assert statement is not None
    assert statement.by_language == {
        "en": "A further sum for the clean-up.",
        "vi": "Một khoản nữa.",
    }


def test_what_is_pasted_in_lines_becomes_one_paragraph(hand: Hand) -> None:
    hand.edit(ADDITION)
    box = hand.line("statement", "en")
    assert isinstance(box, TextBox)
    box.selectAll()
    QApplication.clipboard().setText("A sum\nfor the clean-up.")
    box.paste()

    hand.press(Qt.Key.Key_Return)

    assert str(hand.fact().statement) == "A sum for the clean-up."


def test_notes_keep_their_paragraphs(hand: Hand) -> None:
    hand.pane.add(Slide)
    hand.enter("One", "title", "en")
    hand.enter("section", "layout")
    box = hand.line("notes", "en")
    box.setFocus()
    hand.qtbot.keyClicks(box, "First.")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Return)
    hand.qtbot.keyClicks(box, "Second.")
    hand.press(Qt.Key.Key_Return, CTRL)

    assert str(hand.workspace.store.dossier.slides["one"].notes) == "First.\n\nSecond."


# Sources


def seen(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisible())


def open_citation(hand: Hand, number: int) -> CitationEditor:
    item = hand.editor("citations", number)
    assert isinstance(item, CitationEditor)
    if not item.body.isVisible():
        hand.click(item.head)
    return item


def test_a_citation_opens_and_its_quotation_is_counted(hand: Hand) -> None:
    hand.edit(ADDITION)
    item = open_citation(hand, 0)
    assert item.head.accessibleName().startswith("The Herald, 17 Jan 2025, B usually reliable, 1 ")
    assert hand.said("citations", 0, "quote") == "5 of at most 25 words"
    assert hand.line("citations", 0, "credibility").text() == "1 confirmed by other sources"

    hand.enter("raised by 130 million", "citations", 0, "quote")

    assert hand.fact().citations[0].quote == "raised by 130 million"
    assert hand.fact().citations[1] == hand.workspace.store.dossier.fact(ADDITION).citations[1]


def test_a_quotation_of_more_than_25_words_is_refused(hand: Hand) -> None:
    hand.edit(ADDITION)
    open_citation(hand, 0)
    before = hand.fact()

    hand.enter("word " * 25 + "more", "citations", 0, "quote")

    assert hand.said("citations", 0, "quote") == "The quotation has 26 words; keep it to 25."
    assert hand.fact() == before
    hand.enter("word " * 24 + "more", "citations", 0, "quote")
    assert not hand.is_refused("citations", 0, "quote")
    assert hand.fact() != before


@pytest.mark.parametrize("is_new", [False, True])
def test_a_quotation_too_long_is_marked_while_the_citation_is_only_begun(
    hand: Hand, is_new: bool
) -> None:
    if is_new:
        hand.pane.add(Fact)
    else:
        hand.edit(ADDITION)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.click(citations.add_button)
    number = len(citations.items) - 1

    hand.write("word " * 25, "citations", number, "quote")
    assert not hand.is_refused("citations", number, "quote")
    hand.write("word " * 25 + "more", "citations", number, "quote")

    assert hand.said("citations", number, "quote") == "The quotation has 26 words; keep it to 25."
    hand.write("9", "citations", number, "credibility")
    assert hand.is_refused("citations", number, "credibility")
    hand.write("word", "citations", number, "quote")
    assert not hand.is_refused("citations", number, "quote")


def test_a_new_citation_joins_once_it_has_its_words(hand: Hand) -> None:
    hand.edit(ADDITION)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.click(citations.add_button)
    assert hand.line("citations", 2, "source").hasFocus()

    hand.enter("bulletin", "citations", 2, "source")
    hand.enter("another 130 million", "citations", 2, "quote")
    assert len(hand.fact().citations) == 2
    assert "needs credibility" in citations.items[2]._waits.text()
    hand.enter("2", "citations", 2, "credibility")

    cited = hand.fact().citations[2]
    assert (cited.source, cited.credibility, cited.quote) == ("bulletin", 2, "another 130 million")
    hand.click(citations.items[2].findChildren(Link)[-1])
    assert len(hand.fact().citations) == 2


def test_what_a_source_says_otherwise_is_told_and_shown_as_a_difference(hand: Hand) -> None:
    hand.edit("earlier-call")
    open_citation(hand, 1)
    says = hand.editor("citations", 1, "says")
    assert isinstance(says, StructEditor)
    hand.click(says.ask)

    hand.enter("3 ships", "citations", 1, "says", "value")

    assert str(hand.fact("earlier-call").citations[1].says.value) == "3 ships"  # type: ignore[union-attr]
    row = hand.pane.table.row_of("earlier-call")
    assert hand.pane.table.index(row, Column.STATE).data() == "Sources differ"
    hand.enter("", "citations", 1, "says", "value")
    assert hand.fact("earlier-call").citations[1].says is None


def test_a_difference_is_settled_with_its_reasons(hand: Hand) -> None:
    hand.edit("first-call")
    reading = hand.editor("reading")
    assert isinstance(reading, StructEditor)
    hand.click(reading.ask)

    hand.enter("Only the Herald says so.", "reading", "why", "en")
    assert hand.fact("first-call").reading is None
    hand.enter("It was the second.", "reading", "say", "en")

    settled = hand.fact("first-call").reading
    assert settled is not None
    assert (str(settled.say), str(settled.why)) == (
        "It was the second.",
        "Only the Herald says so.",
    )


def test_the_rows_of_a_table_are_edited_in_place(hand: Hand) -> None:
    hand.edit("assistance-by-year")
    assert hand.line("points", 0, "value").text() == "9.7"

    hand.enter("10", "points", 1, "value")
    hand.enter("ten", "points", 0, "value")

    assert str(hand.fact("assistance-by-year/FY2017").value) == "10 million usd"
    assert "not an amount" in hand.said("points", 0, "value")
    assert hand.fact("assistance-by-year").points[2].note is not None
    points = hand.editor("points")
    assert isinstance(points, ItemsEditor)
    hand.line("points", 0, "value").setFocus()
    hand.press(Qt.Key.Key_Escape)
    hand.click(points.add_button)
    hand.enter("FY2019", "points", 3, "period")
    assert hand.fact("assistance-by-year/FY2019").value is None


# Adding, copying, deleting, renaming


def test_a_new_fact_is_added_once_it_has_what_it_needs(hand: Hand) -> None:
    hand.click(hand.pane.bar.add_button)
    form = hand.pane.form
    hand.write("Three ships call at Da Nang.", "statement", "en")
    hand.press(Qt.Key.Key_Return, CTRL)
    assert "is missing" in hand.said("kind")
    proposed = hand.line("id")
    assert isinstance(proposed, Line)
    assert proposed.placeholderText() == "three-ships-call-at-da-nang"

    hand.enter("event", "kind")
    hand.enter("visits", "area")
    hand.enter("3 ships", "value")
    hand.enter("2025-12-01", "when")
    hand.press(Qt.Key.Key_Return, CTRL)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    assert "There is no citation" in citations.own_words.text()
    hand.click(citations.add_button)
    hand.enter("herald", "citations", 0, "source")
    hand.enter("three ships", "citations", 0, "quote")
    hand.enter("2", "citations", 0, "credibility")
    hand.click(form.done_button)

    added = hand.fact("three-ships-call-at-da-nang")
    assert str(added.value) == "3 ships"
    assert hand.workspace.selection.fact_id == added.id
    assert not form.is_new
    assert hand.line("id").text() == added.id
    hand.workspace.store.undo()
    assert added.id not in hand.workspace.store.dossier.facts


def test_a_new_fact_is_checked_before_its_kind_is_chosen(hand: Hand) -> None:
    hand.pane.add(Fact)

    hand.enter("Three ships.", "statement", "en")
    hand.enter("130 mil", "value")
    hand.enter("Atlantis", "place")

    assert hand.said("value").startswith("The unit “mil” is not declared under units")
    assert hand.said("place") == "“Atlantis” is not among the places."
    assert not hand.is_refused("kind")
    hand.press(Qt.Key.Key_Return, CTRL)
    assert hand.is_refused("kind")
    assert hand.is_refused("value")
    assert hand.line("value").hasFocus()


def test_a_new_fact_is_not_added_without_a_citation_that_was_begun(hand: Hand) -> None:
    hand.pane.add(Fact)
    for text, *path in (
        ("Three ships call at Da Nang.", "statement", "en"),
        ("event", "kind"),
        ("visits", "area"),
    ):
        hand.enter(text, *path)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.click(citations.add_button)
    hand.enter("herald", "citations", 0, "source")
    hand.enter("three ships", "citations", 0, "quote")

    hand.press(Qt.Key.Key_Return, CTRL)

    assert (
        hand.said("citations", 0, "credibility") == "Credibility is missing, and has to be there."
    )
    assert hand.line("citations", 0, "credibility").hasFocus()
    hand.enter("2", "citations", 0, "credibility")
    hand.click(citations.add_button)
    hand.enter("three grey ships", "citations", 1, "quote")
    hand.press(Qt.Key.Key_Return, CTRL)
    assert hand.pane.form.is_new
    assert hand.line("citations", 1, "source").hasFocus()
    assert hand.line("citations", 1, "quote").text() == "three grey ships"


def test_a_fact_that_was_begun_waits_until_it_is_added_or_discarded(hand: Hand) -> None:
    hand.pane.add(Fact)
    hand.enter("Begun.", "statement", "en")
    hand.write("8 Mai", "when")

    hand.edit("remains")
    hand.pane.add(Fact)

    assert hand.line("statement", "en").text() == "Begun."
    assert hand.line("when").text() == "8 Mai"
    hand.click(hand.pane.form.discard_link)
    hand.pane.add(Fact)
    assert hand.line("statement", "en").text() == ""
    assert hand.line("when").text() == ""


def test_a_copy_has_all_but_the_id(hand: Hand) -> None:
    hand.workspace.selection.select("remains")
    hand.pane.duplicate()
    assert hand.line("id").text() == "remains-2"

    hand.enter("9 sets", "value")
    hand.press(Qt.Key.Key_Return, CTRL)

    copy, first = hand.fact("remains-2"), hand.fact("remains")
    assert (str(copy.value), str(first.value)) == ("9 sets", "8 sets")
    assert copy.citations == first.citations


def test_what_is_named_elsewhere_is_not_deleted_and_where_is_told(hand: Hand) -> None:
    hand.edit(ADDITION)
    form = hand.pane.form
    assert form.page is not None

    hand.click(form.page.delete_button)

    assert ADDITION in hand.workspace.store.dossier.facts
    assert form._told.text() == "3 other records name this one; take it out there first."
    links = [each.words() for each in form.findChildren(Link) if isinstance(each.key, Ref)]
    assert "Fact: The commitment to the clean-up" in links


def test_what_nobody_names_is_deleted_and_comes_back(hand: Hand) -> None:
    hand.workspace.selection.select("for-some")
    hand.pane.rows.setFocus()
    hand.press(Qt.Key.Key_E)
    hand.pane.rows.setFocus()

    hand.press(Qt.Key.Key_Delete)

    assert "for-some" not in hand.workspace.store.dossier.facts
    assert hand.workspace.selection.fact_id == "hearsay"
    assert hand.line("statement", "en").text() == "What nobody is named for."
    hand.workspace.store.undo()
    assert hand.pane.table.row_of("for-some") >= 0


def test_a_new_id_is_taken_over_wherever_the_record_is_named(hand: Hand) -> None:
    hand.workspace.selection.select("clean-up-total")
    hand.pane.rename()
    assert hand.line("id").hasFocus()

    hand.enter("Bien Hoa", "id")
    assert "write lower-case letters, digits and hyphens, as bien-hoa" in hand.said("id")
    hand.enter("remains", "id")
    assert "is taken" in hand.said("id")
    hand.enter("bien-hoa-total", "id")

    dossier = hand.workspace.store.dossier
    assert hand.workspace.selection.fact_id == "bien-hoa-total"
    assert dossier.about.key_facts[0] == "bien-hoa-total"
    assert len(naming(dossier, Ref(Fact, "bien-hoa-total"))) == 4
    assert naming(dossier, Ref(Fact, "clean-up-total")) == []
    hand.workspace.store.undo()
    assert hand.line("id").text() in ("clean-up-total", "bien-hoa-total")
    assert "clean-up-total" in hand.workspace.store.dossier.facts


# Other kinds


@pytest.mark.parametrize(
    ("kind", "record_id", "field", "typed", "reads"),
    [
        (Source, "herald", "publisher", "The New Herald", "The New Herald"),
        (Area, "visits", "review_after", "P2Y", "P2Y"),
        (Place, "port", "held_as_of", "2021", "2021"),
        (Measure, "ships-held", "kind", "Count", "count"),
        (Unit, "usd", "sign", "US$", "US$"),
        (About, "about", "marking", "CUI", "CUI"),
    ],
)
def test_every_kind_is_listed_and_edited_the_same_way(
    hand: Hand, kind: type, record_id: str, field: str, typed: str, reads: str
) -> None:
    actions = {each.data(): each for each in hand.pane.bar.kind_button.menu().actions()}
    section = {Source: "sources", Area: "areas", Place: "places"} | {
        Measure: "measures",
        Unit: "units",
        About: "about",
    }
    actions[section[kind]].trigger()
    row = hand.pane.records.rows.row(record_id)
    assert row is not None

    hand.click(row)
    hand.pane.form.page.reveal(field)  # type: ignore[union-attr]
    hand.enter(typed, field)

    record = hand.workspace.store.dossier.find(Ref(kind, record_id))
    assert str(getattr(record, field)) == reads


def test_a_slide_and_a_ring_are_made_from_nothing(hand: Hand) -> None:
    hand.pane.add(Slide)
    hand.enter("The sea", "title", "en")
    hand.enter("map", "layout")
    shows = hand.editor("map")
    assert isinstance(shows, StructEditor)
    hand.click(shows.ask)
    for field, typed in (("lat", "14"), ("lon", "112"), ("span_nm", "1200"), ("from", "2003")):
        hand.enter(typed, "map", field)
    hand.press(Qt.Key.Key_Return, CTRL)

    slide = hand.workspace.store.dossier.slides["the-sea"]
    assert slide.map is not None
    assert (slide.map.lat, slide.map.span_nm, str(slide.map.from_)) == (14, 1200, "2003")


def test_from_a_place_revealed_elsewhere_the_facts_come_back(hand: Hand) -> None:
    hand.pane.show_kind(Place)
    assert hand.pane.records.isVisible()

    hand.workspace.selection.reveal("remains")

    assert hand.pane.rows.isVisible()
    assert hand.pane.table.fact_id(hand.pane.rows.currentIndex().row()) == "remains"


def test_a_list_of_another_kind_is_filtered_by_typing(hand: Hand) -> None:
    hand.pane.show_kind(Source)

    hand.qtbot.keyClicks(hand.pane.bar.filter_box, "hoi dam")

    assert hand.pane.records.rows.keys() == ("gazette",)
    assert hand.pane.bar.found_words.text() == "1 of 4"


def test_what_other_sources_say_is_offered_to_be_written_alike(hand: Hand) -> None:
    hand.edit("gazette", Source)
    line = hand.line("publisher")
    assert isinstance(line, SuggestingLine)

    hand.write("the", "publisher")
    assert [each.text for each in line.offered()] == ["The Herald"]
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)

    assert hand.workspace.store.dossier.sources["gazette"].publisher == "The Herald"


# A source from its address


def test_a_pasted_address_proposes_what_it_tells(hand: Hand) -> None:
    hand.pane.add(Source)
    url = "https://www.herald.example/2025/12/19/ships-call"

    hand.enter(url, "url")

    assert hand.line("id").text() == "herald-2025-12-19"
    assert hand.line("accessed").text() == "2025-12-20"
    assert hand.line("published").text() == ""
    hand.enter("https://herald.example/later", "url")
    assert "“tomorrow” has the same address" in hand.said("url")


def test_an_article_goes_from_the_citation_into_the_sources_and_back(hand: Hand) -> None:
    hand.edit(ADDITION)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.click(citations.add_button)
    hand.write("https://daily.example/2025-12-18/more", "citations", 2, "source")
    hand.click(hand.editor("citations", 2)._edit)  # type: ignore[attr-defined]
    assert hand.pane.kind is Source
    assert hand.line("url").text() == "https://daily.example/2025-12-18/more"

    for field, typed in (("title", "More"), ("publisher", "The Daily"), ("reliability", "C")):
        hand.enter(typed, field)
    hand.press(Qt.Key.Key_Return, CTRL)

    assert hand.pane.kind is Fact
    assert hand.pane.form.ref == Ref(Fact, ADDITION)
    line = hand.line("citations", 2, "source")
    assert isinstance(line, Chooser)
    assert line.key() == "daily-2025-12-18"
    hand.enter("more of it", "citations", 2, "quote")
    hand.enter("3", "citations", 2, "credibility")
    assert hand.fact().citations[2].source == "daily-2025-12-18"


def test_a_citation_of_a_new_fact_takes_the_source_that_was_added_for_it(hand: Hand) -> None:
    more, other = "https://daily.example/2025-12-18/more", "https://daily.example/2025-12-17/other"
    hand.pane.add(Fact)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    for number, address in enumerate((more, other)):
        hand.click(citations.add_button)
        hand.enter("more of it", "citations", number, "quote")
        hand.write(address, "citations", number, "source")
        hand.enter("3", "citations", number, "credibility")
    assert "press “Add it as a new source”, or Enter" in hand.said("citations", 0, "source")

    hand.click(hand.editor("citations", 0)._edit)  # type: ignore[attr-defined]
    for field, typed in (("title", "More"), ("publisher", "The Daily"), ("reliability", "C")):
        hand.enter(typed, field)
    hand.press(Qt.Key.Key_Return, CTRL)

    assert hand.pane.form.ref == Ref(Fact, "")
    line, untouched = hand.line("citations", 0, "source"), hand.line("citations", 1, "source")
    assert isinstance(line, Chooser)
    assert isinstance(untouched, Chooser)
    assert line.key() == "daily-2025-12-18"
    assert not hand.is_refused("citations", 0, "source")
    assert untouched.key() == other
    assert hand.is_refused("citations", 1, "source")
    assert hand.line("citations", 0, "credibility").text() == "3 possibly true"


def test_enter_on_the_address_of_an_article_adds_it_as_a_source(hand: Hand) -> None:
    hand.edit(ADDITION)
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.click(citations.add_button)

    hand.enter("https://daily.example/2025-12-18/more", "citations", 2, "source")

    assert hand.pane.kind is Source
    assert hand.pane.form.ref == Ref(Source, "")
    assert hand.line("url").text() == "https://daily.example/2025-12-18/more"
    for field, typed in (("title", "More"), ("publisher", "The Daily"), ("reliability", "C")):
        hand.enter(typed, field)
    hand.press(Qt.Key.Key_Return, CTRL)
    line = hand.line("citations", 2, "source")
    assert isinstance(line, Chooser)
    assert line.key() == "daily-2025-12-18"
    hand.enter("no-source-of-ours", "citations", 2, "source")
    assert hand.pane.kind is Fact


# Cells


def test_a_cell_is_edited_in_the_table_and_refused_in_the_form(hand: Hand) -> None:
    hand.edit(ADDITION)
    rows = hand.pane.rows
    rows.setFocus()
    rows.setCurrentIndex(hand.pane.table.index(hand.pane.table.row_of(ADDITION), Column.DATE))

    hand.press(Qt.Key.Key_F2)
    cell = QApplication.focusWidget()
    assert isinstance(cell, Line)
    assert cell.text() == "2025-01-17"
    hand.qtbot.keyClicks(cell, "2025-02")
    assert hand.said("when") == "February 2025, known to the month"
    hand.qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert str(hand.fact().when) == "2025-02"

    hand.press(Qt.Key.Key_F2)
    cell = QApplication.focusWidget()
    assert isinstance(cell, Line)
    hand.qtbot.keyClicks(cell, "8 Mai 2025")
    hand.qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert str(hand.fact().when) == "2025-02"
    assert hand.line("when").text() == "8 Mai 2025"
    assert hand.line("when").hasFocus()
    assert hand.is_refused("when")


def test_escape_leaves_a_cell_as_it_was(hand: Hand) -> None:
    hand.edit(ADDITION)
    rows = hand.pane.rows
    rows.setFocus()
    rows.setCurrentIndex(hand.pane.table.index(hand.pane.table.row_of(ADDITION), Column.STAGE))
    hand.press(Qt.Key.Key_F2)
    cell = QApplication.focusWidget()
    assert isinstance(cell, Chooser)
    assert cell.text() == "Committed"
    hand.qtbot.keyClicks(cell, "Plx")

    hand.qtbot.keyClick(cell, Qt.Key.Key_Escape)

    assert hand.fact().stage == "committed"
    assert hand.line("stage").text() == "Committed"
    assert not hand.is_refused("stage")


def test_cells_are_only_read_until_the_form_is_open(hand: Hand) -> None:
    rows = hand.pane.rows
    index = hand.pane.table.index(hand.pane.table.row_of(ADDITION), Column.VALUE)
    where = rows.visualRect(index).center()

    hand.qtbot.mouseClick(rows.viewport(), LEFT, pos=where)
    hand.qtbot.mouseDClick(rows.viewport(), LEFT, pos=where)
    assert not rows.findChildren(Line)

    hand.edit(ADDITION)
    hand.qtbot.mouseDClick(rows.viewport(), LEFT, pos=where)
    assert len(rows.findChildren(Line)) == 1


# Names


@pytest.mark.parametrize("width_px", [880, 1600])
def test_every_control_of_the_form_has_a_name_and_shows_whole_words(
    hand: Hand, width_px: int
) -> None:
    hand.pane.resize(width_px, 640)
    hand.edit(ADDITION)
    page = hand.pane.form.page
    assert page is not None
    hand.click(page.more)
    for number in (0, 1):
        open_citation(hand, number)

    controls = [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 25
    assert [each for each in controls if not each.accessibleName()] == []


@pytest.mark.parametrize("width_px", [1024, 1440])
def test_hints_places_and_areas_are_whole_where_the_window_is_not_wide(
    hand: Hand, width_px: int
) -> None:
    hand.pane.resize(width_px, 800)
    hand.pane.add(Fact)
    hand.qtbot.waitUntil(lambda: hand.line("value").width() > 150)

    for field in ("value", "when"):
        line = hand.line(field)
        assert isinstance(line, Line)
        assert _advance(line, line.placeholderText()) <= _room(line)
    for field in ("place", "area"):
        line = hand.line(field)
        assert isinstance(line, Chooser)
        assert _advance(line, "Disability and Agent Orange") <= _room(line)


def _advance(line: Line, words: str) -> int:
    return line.fontMetrics().horizontalAdvance(words)


def _room(line: Line) -> int:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    style = line.style()
    area = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    margins = line.textMargins()
    return area.width() - margins.left() - margins.right()


def test_what_was_typed_when_another_window_took_the_file_stays_and_is_entered_later(
    hand: Hand,
) -> None:
    hand.edit(ADDITION)
    hand.write("135 million usd", "value")
    hand.workspace.store.lock(Problem("taken-over", "error"))

    hand.press(Qt.Key.Key_Return)

    assert "taken the file over" in hand.said("value")
    assert str(hand.fact().value) == "130 million usd"
    assert hand.line("value").text() == "135 million usd"
    hand.workspace.store.lock(None)
    hand.line("value").setFocus()
    hand.press(Qt.Key.Key_Return)
    assert str(hand.fact().value) == "135 million usd"


@pytest.mark.parametrize("kind", [Fact, Source, Place, Area])
def test_while_another_window_edits_the_file_every_field_is_read_copied_and_left_as_it_is(
    hand: Hand, kind: type
) -> None:
    hand.workspace.store.lock(Problem("open-elsewhere", "error"))
    first = next(iter(hand.workspace.store.dossier.all_of(kind)))
    hand.edit(ADDITION if kind is Fact else first, kind)
    page = hand.pane.form.page
    assert page is not None
    assert "The file is open in another window" in seen(hand.pane.form)
    if kind is Fact:
        open_citation(hand, 0)
    before = hand.workspace.store.dossier

    lines = [each for each in page.findChildren(QWidget) if isinstance(each, Line | TextBox)]
    assert len(lines) > 3
    for line in (each for each in lines if each.isVisible()):
        state = QAccessible.queryAccessibleInterface(line).state()
        assert state.readOnly, line.accessibleName()
        line.setFocus()
        said = line.text()
        hand.qtbot.keyClicks(line, "x")
        hand.press(Qt.Key.Key_Down)
        assert line.text() == said
        if isinstance(line, SuggestingLine):
            assert not line.offered()
        hand.press(Qt.Key.Key_A, CTRL)
        hand.press(Qt.Key.Key_C, CTRL)
        if said:
            assert QApplication.clipboard().text() == said
        hand.press(Qt.Key.Key_Return)
    assert hand.workspace.store.dossier is before
    hand.workspace.store.lock(None)
    assert not any(line.isReadOnly() for line in lines)
    assert "open in another window" not in seen(hand.pane.form)


def test_in_a_window_that_only_reads_nothing_is_begun_and_a_source_is_still_shown(
    hand: Hand,
) -> None:
    hand.edit(ADDITION)
    open_citation(hand, 0)
    hand.workspace.store.lock(Problem("open-elsewhere", "error"))
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    (head,) = [citations.items[0]]
    links = {each.words(): each for each in head.findChildren(Link) if each.isVisible()}

    assert not citations.add_button.isEnabled()
    assert "Take this citation out" not in links
    rows = hand.pane.rows
    index = hand.pane.table.index(hand.pane.table.row_of(ADDITION), Column.VALUE)
    hand.qtbot.mouseDClick(rows.viewport(), LEFT, pos=rows.visualRect(index).center())
    assert not rows.findChildren(Line)

    hand.click(links["Show this source"])

    assert hand.pane.kind is Source
    assert hand.line("url").isReadOnly()
    assert not hand.pane.form.is_new


def test_what_is_typed_comes_back_into_every_kind_of_field(hand: Hand) -> None:
    store = hand.workspace.store
    hand.edit(ADDITION)
    hand.write("431 mil", "value")
    citations = hand.editor("citations")
    assert isinstance(citations, ItemsEditor)
    hand.qtbot.mouseClick(citations.add_button, LEFT)
    number = len(citations.items) - 1
    hand.write("no words of theirs", "citations", number, "quote")
    hand.edit("missing", Area)
    hand.write("a year", "review_after")
    hand.pane.add(Fact)
    hand.enter("Two ships call.", "statement", "en")
    hand.write("8 Mai", "when")
    typed = store.unsettled
    assert {each.ref for each in typed} == {
        *(Ref(Fact, ""), Ref(Fact, ADDITION), Ref(Area, "missing"))
    }
    hand.pane.form.forget()
    assert store.unsettled == ()

    for each in typed:
        hand.pane.form.bring_back(each)

    assert {each.ref: each for each in store.unsettled} == {each.ref: each for each in typed}
    hand.edit(ADDITION)
    assert hand.line("value").text() == "431 mil"
    assert hand.line("citations", number, "quote").text() == "no words of theirs"
    assert {each.ref: each for each in store.unsettled} == {each.ref: each for each in typed}
