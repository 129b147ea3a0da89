"""The areas pane, read and steered as a briefer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model.changes import Batch, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, AreaId, Fact
from desktop.model.values import LocalText, Quantity
from desktop.panes.areas import AreasPane
from desktop.panes.fact_row import FactRow
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.language import Locale
    from desktop.workspace import Workspace


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace) -> AreasPane:
    pane = AreasPane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1320, 760)
    pane.show()
    return pane


def words_in(widget: QWidget) -> list[str]:
    """All that stands written in a part of the pane."""
    texts = [text.text() for text in widget.findChildren(Text) if text.isVisible()]
    linked = [text.words() for text in widget.findChildren(LinkedText) if text.isVisible()]
    links = [link.words() for link in widget.findChildren(Link) if link.isVisible()]
    return [words for words in (*texts, *linked, *links) if words]


def row_of(pane: AreasPane, fact_id: str) -> FactRow:
    row = pane.view.row(fact_id)
    assert row is not None, f"{fact_id} has no row"
    return row


def listed(pane: AreasPane) -> list[str]:
    return [str(key) for key in pane.view.facts.keys()]  # noqa: SIM118


def chosen_areas(pane: AreasPane) -> list[str]:
    areas = pane.workspace.store.dossier.areas
    return [area_id for area_id in areas if pane.column.row(area_id).isChecked()]


def test_each_area_says_how_many_facts_it_shows_and_where_sources_differ(pane: AreasPane) -> None:
    said = [pane.column.row(area_id).accessibleName() for area_id in ("clean-up", "missing")]

    assert said == ["Clean-up, 8 facts, Sources differ", "Missing persons, 2 facts"]
    assert words_in(pane.column)[:2] == ["War legacy", "Clean-up"]


def test_withheld_and_later_facts_are_neither_counted_nor_listed(
    pane: AreasPane, workspace: Workspace
) -> None:
    workspace.selection.select("visits", Area)
    assert pane.column.row("visits").accessibleName() == "Port visits, 4 facts, Sources differ"
    assert "later-call" not in listed(pane)
    assert "for-some" in listed(pane)

    workspace.settings.audience = "hanoi"

    assert pane.column.row("visits").accessibleName() == "Port visits, 3 facts, Sources differ"
    assert "for-some" not in listed(pane)


def test_the_lead_comes_first_then_money_by_stage_then_what_is_dated(pane: AreasPane) -> None:
    assert listed(pane) == [
        "clean-up-total",
        "clean-up-addition",
        "clean-up-first",
        "clean-up-work",
        "posture",
        "new-estimate",
        "old-estimate",
        "wrong-total",
    ]
    texts = words_in(pane.view.facts)
    headings = [words for words in texts if words in _HEADINGS]
    assert headings == ["Money committed", "Events and findings", "Undated"]


_HEADINGS = {"Money committed", "Commitments", "Events and findings", "Undated"}


def test_a_row_tells_date_figure_quotation_source_grade_and_state(pane: AreasPane) -> None:
    words = words_in(row_of(pane, "clean-up-total"))

    for expected in (
        "17 Jan 2025",
        "$430\u00a0million \u2002The commitment to the clean-up",
        "“the total is now 430 million dollars”",
        "The Herald, 17 Jan 2025",
        "B1",
        "Agreed",
    ):
        assert expected in words


def test_what_nobody_is_quoted_for_says_where_in_the_source_it_stands(pane: AreasPane) -> None:
    assert "Not quoted; page 3" in words_in(row_of(pane, "clean-up-work"))


def test_where_sources_differ_each_reading_stands_with_how_we_settle_it(pane: AreasPane) -> None:
    words = words_in(row_of(pane, "clean-up-addition"))

    assert "Gazette, 8 May 2025 says: Called a new pledge; 8 May 2025" in words
    assert "“cam kết mới 130 triệu đô la”" in words
    settled = "How we settle it: The sum counts once. The Herald had it four months earlier."
    assert settled in words


def test_a_contradiction_nobody_settled_says_so(pane: AreasPane, workspace: Workspace) -> None:
    workspace.selection.select("visits", Area)

    words = words_in(row_of(pane, "first-call"))

    assert "Against it stands: Jul 2024, A call near Hoang Sa: 1\u00a0ship" in words
    assert "It is not settled yet." in words


def test_a_commitment_shows_what_was_delivered_on_it_or_that_nothing_was(pane: AreasPane) -> None:
    work = "Delivered: Jun 2025, Work on the northern section begins"
    assert work in words_in(row_of(pane, "clean-up-addition"))
    assert "This file records no delivery on it." in words_in(row_of(pane, "clean-up-first"))
    assert not any("eliver" in words for words in words_in(row_of(pane, "old-estimate")))


def test_a_total_shows_what_was_delivered_on_its_parts(pane: AreasPane) -> None:
    work = "Delivered on a part of it: Jun 2025, Work on the northern section begins"
    assert work in words_in(row_of(pane, "clean-up-total"))


def test_a_total_says_that_sources_differ_on_a_part_of_it_until_they_do_not(
    pane: AreasPane, workspace: Workspace
) -> None:
    assert "Committed; sources differ on a part of it" in words_in(row_of(pane, "clean-up-total"))

    part = workspace.store.dossier.fact("clean-up-addition")
    agreeing = tuple(msgspec.structs.replace(each, says=None) for each in part.citations)
    workspace.store.apply(SetField(Ref(Fact, part.id), "citations", agreeing))

    assert "Committed" in words_in(row_of(pane, "clean-up-total"))


def test_a_delivery_kept_from_the_audience_is_not_called_missing(
    pane: AreasPane, workspace: Workspace
) -> None:
    later = SetField(Ref(Fact, "clean-up-work"), "when", EdtfDate.parse("2026-01"))

    workspace.store.apply(later)

    words = words_in(row_of(pane, "clean-up-addition"))
    assert not any("eliver" in each for each in words)


def test_markup_in_a_statement_stands_as_it_is_written(
    pane: AreasPane, workspace: Workspace
) -> None:
    workspace.selection.select("missing", Area)

    assert any("<i>not</i>" in words for words in words_in(row_of(pane, "remains")))


def test_an_area_without_facts_says_how_one_comes_to_it(
    pane: AreasPane, workspace: Workspace
) -> None:
    workspace.selection.select("empty", Area)

    assert listed(pane) == []
    assert any("choose this area for it" in words for words in words_in(pane.view))
    assert not pane.view.lane.isVisible()


def test_a_file_without_areas_says_so(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.store.open(Dossier(workspace.store.dossier.about))
    pane = AreasPane(workspace)
    qtbot.addWidget(pane)

    pane.show()

    assert any("No areas yet" in words for words in words_in(pane))


def test_arrow_keys_go_from_area_to_area(qtbot: QtBot, pane: AreasPane) -> None:
    pane.column.row("clean-up").setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End):
        qtbot.keyClick(pane.focusWidget(), key)
        seen.append(pane.area_id)
        assert chosen_areas(pane) == [pane.area_id]

    assert seen == ["missing", "visits", "missing", "empty"]


def test_a_click_on_an_area_brings_it_into_view_from_its_top(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    qtbot.mouseClick(pane.column.row("visits"), Qt.MouseButton.LeftButton)

    assert pane.area_id == "visits"
    assert workspace.selection.ref == Ref(Area, "visits")
    assert "Port visits" in words_in(pane.view)


def test_a_fact_chosen_elsewhere_raises_its_area_and_is_marked(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    workspace.selection.select("earlier-call")

    assert pane.area_id == "visits"
    assert row_of(pane, "earlier-call").isChecked()
    assert not row_of(pane, "first-call").isChecked()

    workspace.selection.select("first-call")

    assert row_of(pane, "first-call").isChecked()
    assert not row_of(pane, "earlier-call").isChecked()


@pytest.mark.parametrize("hidden", ["later-call", "no-such-fact"])
def test_a_fact_this_pane_does_not_show_leaves_it_where_it_is(
    pane: AreasPane, workspace: Workspace, hidden: str
) -> None:
    workspace.selection.select(hidden)

    assert pane.area_id == "clean-up"


def test_a_click_on_a_row_only_chooses_and_enter_asks_where_it_is_from(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    row = row_of(pane, "old-estimate")
    with qtbot.assertNotEmitted(workspace.selection.source_requested):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 6))
    assert workspace.selection.fact_id == "old-estimate"

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert seen.args == [Ref(Fact, "old-estimate")]


def test_a_double_click_asks_where_a_fact_is_from(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.mouseDClick(row_of(pane, "posture"), Qt.MouseButton.LeftButton, pos=QPoint(20, 6))

    assert seen.args == [Ref(Fact, "posture")]


def test_the_number_in_a_row_leads_to_its_source(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    figure = next(
        text
        for text in row_of(pane, "clean-up-first").findChildren(LinkedText)
        if text.link_words() == ["$300\u00a0million"]
    )

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        place = figure.link_area(0).center().toPoint()
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton, pos=place)

    assert seen.args == [Ref(Fact, "clean-up-first")]


def test_a_number_in_the_summary_leads_to_its_source(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    pane.view.summary.setFocus(Qt.FocusReason.TabFocusReason)

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.keyClick(pane.view.summary, Qt.Key.Key_Return)

    assert seen.args == [Ref(Fact, "clean-up-total")]


def test_a_source_in_a_row_leads_to_the_quotation(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    source = next(
        link
        for link in row_of(pane, "posture").findChildren(Link)
        if link.words() == "Ministry, 1 Mar 2021"
    )

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.mouseClick(source, Qt.MouseButton.LeftButton)

    assert seen.args == [Ref(Fact, "posture")]


def test_an_event_picked_in_the_lane_is_chosen_and_scrolled_to(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    pane.resize(1320, 380)
    workspace.selection.select("clean-up", Area)
    pane.view.lane.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(pane.view.lane, Qt.Key.Key_Home)

    qtbot.keyClick(pane.view.lane, Qt.Key.Key_Return)

    assert workspace.selection.fact_id == "clean-up-first"
    row = row_of(pane, "clean-up-first")
    qtbot.waitUntil(lambda: not row.visibleRegion().isEmpty())
    assert pane.view.lane.hasFocus()


def test_up_and_down_walk_the_facts_and_one_row_is_a_stop_of_tab(
    qtbot: QtBot, pane: AreasPane
) -> None:
    row_of(pane, "clean-up-total").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row_of(pane, "clean-up-total"), Qt.Key.Key_Down)
    qtbot.keyClick(row_of(pane, "clean-up-addition"), Qt.Key.Key_Down)

    assert row_of(pane, "clean-up-first").hasFocus()
    tab = Qt.FocusPolicy.TabFocus
    stops = [fact for fact in listed(pane) if row_of(pane, fact).focusPolicy() & tab == tab]
    assert stops == ["clean-up-first"]


def test_a_change_rewrites_the_one_row_it_touches(
    pane: AreasPane, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {fact_id: row_of(pane, fact_id) for fact_id in listed(pane)}
    written: list[str] = []
    write = FactRow.show_fact

    def note(row: FactRow, speak: Locale, fact: Fact) -> None:
        written.append(fact.id)
        write(row, speak, fact)

    monkeypatch.setattr(FactRow, "show_fact", note)

    old = Ref(Fact, "old-estimate")
    workspace.store.apply(SetField(old, "value", Quantity.parse("about 260 million usd")))
    after = words_in(rows["old-estimate"])
    workspace.store.undo()

    assert any(words.startswith("about\u00a0$260\u00a0million") for words in after)
    undone = words_in(rows["old-estimate"])
    assert any(words.startswith("about\u00a0$250\u00a0million") for words in undone)
    assert written == ["old-estimate", "old-estimate"]
    assert {fact_id: row_of(pane, fact_id) for fact_id in listed(pane)} == rows


def test_a_fact_that_moves_to_another_area_is_counted_there(
    pane: AreasPane, workspace: Workspace
) -> None:
    workspace.store.apply(SetField(Ref(Fact, "posture"), "area", AreaId("missing")))

    assert "posture" not in listed(pane)
    assert pane.column.row("clean-up").accessibleName() == "Clean-up, 7 facts, Sources differ"
    assert pane.column.row("missing").accessibleName() == "Missing persons, 3 facts"


def test_an_area_that_is_deleted_gives_way_to_the_first(
    pane: AreasPane, workspace: Workspace
) -> None:
    workspace.selection.select("empty", Area)

    workspace.store.apply(DeleteRecord(Ref(Area, "empty")))

    assert pane.area_id == "clean-up"


def test_names_follow_the_audience(pane: AreasPane, workspace: Workspace) -> None:
    workspace.settings.audience = "hanoi-vi"

    assert "Khắc phục hậu quả" in words_in(pane.view)
    first = words_in(row_of(pane, "clean-up-total"))
    assert any(words.startswith("$430") or "triệu" in words for words in first)
    assert any("(in English)" in words for words in first)


def test_six_hundred_facts_cost_what_is_seen_of_them(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    template = workspace.store.dossier.fact("posture")
    many = [
        SetField(Ref(Area, "clean-up"), "name", LocalText(en="Crowded")),
        *(_Add(template, number) for number in range(600)),
    ]

    workspace.store.apply(Batch(tuple(many), "add-record"))

    built = [fact for fact in listed(pane) if pane.view.row(fact)]
    assert len(listed(pane)) == 608
    assert len(built) < 200
    last = listed(pane)[-2]
    workspace.selection.select(last)
    qtbot.waitUntil(lambda: not row_of(pane, last).visibleRegion().isEmpty())
    assert row_of(pane, last).isChecked()


def test_no_fact_of_a_long_area_stays_behind_in_the_next(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    template = workspace.store.dossier.fact("posture")
    workspace.store.apply(Batch(tuple(_Add(template, at) for at in range(45)), "add-record"))
    last = listed(pane)[-1]
    workspace.selection.select(last)
    qtbot.waitUntil(lambda: not row_of(pane, last).visibleRegion().isEmpty())

    workspace.selection.select("visits", Area)

    qtbot.waitUntil(lambda: not row_of(pane, listed(pane)[-1]).isHidden())
    items = pane.view.facts.children()
    shown = [item for item in items if isinstance(item, QWidget) and not item.isHidden()]
    assert len(shown) == len(listed(pane)) == 4


class _Add:
    """Add one more fact like another."""

    label = "add-record"

    def __init__(self, template: Fact, number: int) -> None:
        self._template = template
        self._number = number

    def applied_to(self, dossier: Dossier) -> Dossier:
        fact = msgspec.structs.replace(self._template, id=f"{self._template.id}-{self._number}")
        return dossier.with_record(fact)


def test_a_pane_out_of_view_catches_up_when_shown(pane: AreasPane, workspace: Workspace) -> None:
    pane.hide()
    workspace.store.apply(SetField(Ref(Fact, "posture"), "area", AreaId("missing")))
    assert "posture" in listed(pane)

    pane.show()

    assert "posture" not in listed(pane)


def test_the_page_for_paper_holds_every_area_and_every_fact(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace
) -> None:
    sheet = pane.page()
    qtbot.addWidget(sheet)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    sheet.show()

    words = words_in(sheet)
    for title in ("Clean-up", "Missing persons", "Port visits", "Proposed only"):
        assert title in words
    assert len(sheet.findChildren(FactRow)) == 8 + 2 + 4


def test_every_control_that_takes_the_focus_has_a_name(pane: AreasPane) -> None:
    for widget in pane.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), f"{widget} has no name"


@pytest.mark.parametrize("size", [(1024, 560), (1600, 820), (3840, 2000)])
def test_nothing_is_wider_than_its_place(
    qtbot: QtBot, pane: AreasPane, size: tuple[int, int]
) -> None:
    pane.resize(*size)
    QApplication.sendPostedEvents()

    right = pane.view.mapToGlobal(QPointF(pane.view.width(), 0)).x()
    for fact_id in listed(pane):
        row = row_of(pane, fact_id)
        assert row.mapToGlobal(QPointF(row.width(), 0)).x() <= right


@pytest.mark.parametrize("width", [900, 1320, 2400])
def test_a_long_summary_pushes_the_lane_down_and_is_not_run_over(
    qtbot: QtBot, pane: AreasPane, workspace: Workspace, width: int
) -> None:
    pane.resize(width, 760)
    said = LocalText(en="What is known of it fills a line and more. " * 5)

    workspace.store.apply(SetField(Ref(Area, "clean-up"), "summary", said))

    summary, lane, facts = pane.view.summary, pane.view.lane, pane.view.facts

    def stands_clear() -> None:
        assert summary.height() == summary.heightForWidth(summary.width())
        assert lane.geometry().top() >= summary.geometry().bottom()
        assert lane.mapTo(pane.view, lane.rect().bottomLeft()).y() < facts.y()

    qtbot.waitUntil(stands_clear)
