"""The War-legacy pane over the shipped facts, read and asked as before a briefing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desktop.figures.drawing import Words as DrawnWords
from desktop.model.changes import SetField
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, Fact
from desktop.model.values import Quantity
from desktop.panes.legacy import LegacyPane
from desktop.panes.legacy_parts import ChartPart, FiguresPart, ListPart, TimelinePart
from desktop.panes.legacy_rows import PlainFigure, ReadingRow
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.panes.legacy_section import SectionView
    from desktop.panes.legacy_sheet import LegacySheet
    from desktop.services.language import Locale
    from desktop.workspace import Workspace

SHIPPED = Path(__file__).parents[2] / "data" / "facts.yaml"
SMALL = Path(__file__).parent / "small_facts.yaml"


@pytest.fixture
def facts_path(tmp_path: Path) -> Path:
    """The shipped facts, in place of the small file that other panes are tried on."""
    path = tmp_path / "facts.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    return path


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace) -> LegacyPane:
    pane = LegacyPane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1600, 760)
    pane.show()
    QApplication.sendPostedEvents()
    return pane


def section(pane: LegacyPane, section_id: str) -> SectionView:
    return next(view for view in pane.sections if view.section.id == section_id)


def chart(pane: LegacyPane, section_id: str, measure: str) -> ChartPart:
    parts = (view for view in section(pane, section_id).parts if measure in view.part.measures)
    part = next(parts)
    assert isinstance(part, ChartPart)
    return part


def drawn_words(part: ChartPart, dossier: Dossier) -> list[str]:
    size = part.view.view.size().toSizeF()
    items = part.chart.drawing(size, dossier).items
    return [item.text.replace("\n", " ") for item in items if isinstance(item, DrawnWords)]


def words_in(widget: QWidget) -> list[str]:
    """All that stands written in a part of the pane, beside what its figures draw."""
    texts = [text.text() for text in widget.findChildren(Text) if text.isVisible()]
    linked = [text.words() for text in widget.findChildren(LinkedText) if text.isVisible()]
    links = [link.words() for link in widget.findChildren(Link) if link.isVisible()]
    return [words for words in (*texts, *linked, *links) if words]


def all_words(view: SectionView, dossier: Dossier) -> str:
    """What a section says, in words and in drawings, and what it says aloud."""
    charts = [part for part in view.parts if isinstance(part, ChartPart)]
    drawn = [words for part in charts for words in drawn_words(part, dossier)]
    spoken = [mark.words for part in charts for mark in part.view.view.marks()]
    names = [child.accessibleName() for child in view.findChildren(QWidget)]
    return "\n".join([*words_in(view), *drawn, *spoken, *names])


def row_of(pane: LegacyPane, fact_id: str) -> ReadingRow:
    rows = (row for row in pane.findChildren(ReadingRow) if row.key == fact_id)
    return next(rows)


def test_the_sections_stand_in_the_order_in_which_they_are_told(pane: LegacyPane) -> None:
    assert [view.section.title for view in pane.sections] == [
        "Bien Hoa: the money",
        "Bien Hoa and Da Nang: the work",
        "The interruption of 2025",
        "U.S. missing",
        "Vietnamese missing",
        "Memorabilia",
        "Disability and Agent Orange",
        "Unexploded ordnance",
    ]


def test_the_money_is_told_by_stage_and_says_since_when_nothing_is_reported(
    pane: LegacyPane, workspace: Workspace
) -> None:
    dossier = workspace.store.dossier
    part = chart(pane, "money", "bien-hoa-commitment")

    readings = {mark.fact_id for mark in part.view.view.marks()}
    for measure in ("bien-hoa-commitment", "bien-hoa-contribution", "bien-hoa-cost-estimate"):
        assert {fact.id for fact in dossier.facts_of(measure)} <= readings
    words = drawn_words(part, dossier)
    assert any(each.startswith("Not reported since 27 Jul 2023") for each in words)
    assert any("Sources differ" in each and "Nov 2025" in each for each in words)
    assert not any("560" in each for each in words)


def test_no_figure_about_the_missing_stands_in_a_section_with_dollars(
    pane: LegacyPane, workspace: Workspace
) -> None:
    for section_id in ("us-missing", "vietnamese-missing", "memorabilia"):
        words = all_words(section(pane, section_id), workspace.store.dossier)
        assert "$" not in words
        assert "dollar" not in words.lower()


def test_soil_that_was_excavated_is_never_called_treated(
    pane: LegacyPane, workspace: Workspace
) -> None:
    part = chart(pane, "work", "bien-hoa-soil-excavated")

    assert "which is not treated" in drawn_words(part, workspace.store.dossier)[0]
    treated = chart(pane, "work", "da-nang-treated")
    facts = {mark.fact_id for mark in treated.view.view.marks()}
    assert not any(fact_id.startswith("bien-hoa") for fact_id in facts)


def test_the_interruption_is_a_line_of_time_over_its_events(pane: LegacyPane) -> None:
    part = section(pane, "interruption").parts[0]
    assert isinstance(part, TimelinePart)

    events = [
        "bien-hoa-halt-2025",
        "aid-freeze-2025",
        "bien-hoa-warning-2025",
        "bien-hoa-contracts-cancelled-2025",
        "bien-hoa-contracts-restored-2025",
    ]
    assert [mark.fact_id for mark in part.lane.marks()] == events
    assert [row.key for row in part.findChildren(ReadingRow)] == events
    assert "26 Feb 2025" in words_in(part)


def test_the_us_missing_are_three_plain_figures_with_date_and_source(pane: LegacyPane) -> None:
    part = section(pane, "us-missing").parts[0]
    assert isinstance(part, FiguresPart)

    said = [
        figure.accessibleName() for figure in part.findChildren(PlainFigure) if figure.isVisible()
    ]
    assert said == [
        "U.S. missing in Vietnam identified since the war. 740 persons. 2 November 2025. "
        "Lao Dong, 2 Nov 2025",
        "Americans still unaccounted for in Vietnam. 1,157 persons. July 2025. "
        "Vietnam.vn, Jul 2025",
        "Sets of remains of U.S. missing that Vietnam has handed over. 994 sets of remains. "
        "2 November 2025. Lao Dong, 2 Nov 2025. Sources differ",
    ]


def test_the_vietnamese_missing_are_told_at_the_same_level(pane: LegacyPane) -> None:
    ours, theirs = (section(pane, each).parts[0] for each in ("us-missing", "vietnamese-missing"))

    assert isinstance(theirs, FiguresPart)
    assert "180,000 soldiers" in theirs.findChildren(PlainFigure)[0].accessibleName()
    assert ours.mapTo(pane, QPoint(0, 0)).x() == theirs.mapTo(pane, QPoint(0, 0)).x()


def test_the_ledger_has_a_row_for_each_ceremony_a_word_on_gaps_and_no_total(
    pane: LegacyPane, workspace: Workspace
) -> None:
    dossier = workspace.store.dossier
    part = chart(pane, "us-missing", "repatriation-ceremonies")

    rows = [mark.fact_id for mark in part.view.view.marks() if not mark.part]
    ceremonies = [fact.id for fact in dossier.facts_of("repatriation-ceremonies")]
    assert rows == [each for each in reversed(ceremonies) if each != "repatriation-171"]
    words = drawn_words(part, dossier)
    assert "not stated" in words
    assert any("The list has gaps" in each for each in words)
    assert not any(word in " ".join(words).lower() for word in ("total", "sum of", "goal"))


def test_what_happened_after_the_day_of_the_file_or_is_withheld_is_absent(
    pane: LegacyPane, workspace: Workspace
) -> None:
    part = chart(pane, "us-missing", "repatriation-ceremonies")
    assert not any(mark.fact_id == "repatriation-171" for mark in part.view.view.marks())

    withheld = SetField(Ref(Fact, "repatriation-170"), "withhold_from", ("washington",))
    workspace.store.apply(withheld)

    assert not any(mark.fact_id == "repatriation-170" for mark in part.view.view.marks())


def test_a_measure_that_is_not_in_the_file_is_named_and_nothing_breaks(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    without = workspace.store.dossier.patched(
        {
            Ref(type(measure), measure.id): None
            for measure in workspace.store.dossier.measures.values()
            if measure.id in ("bien-hoa-contracts", "us-missing-unaccounted")
        }
    )

    workspace.store.open(without)

    said = "\n".join(words_in(section(pane, "money")))
    assert "Not in the file: bien-hoa-contracts." in said
    assert "“measure: bien-hoa-contracts”" in said
    figures = section(pane, "us-missing").findChildren(PlainFigure)
    assert len([figure for figure in figures if figure.isVisible()]) == 2


def _lists(pane: LegacyPane, section_id: str, measure: str) -> Iterator[ListPart]:
    for part in section(pane, section_id).parts:
        if isinstance(part, ListPart) and measure in part.part.measures:
            yield part


def test_a_file_about_something_else_leaves_sections_that_say_so_and_name_no_ids(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    empty = Dossier(workspace.store.dossier.about)

    workspace.store.open(empty)

    for view in pane.sections:
        assert "The file holds nothing on this yet." in words_in(view)
        assert not any("Not in the file:" in words for words in words_in(view))
    pane.ask("aid-freeze")
    assert "nothing that answers it" in pane.answer.sentence.words()


ANSWERS = {
    "is-it-new": (
        "Is the $130 million new?",
        "counts once, within $430\u00a0million. "
        "Other sources date it 8 May 2025 and November 2025.",
        "bien-hoa-addition-2025",
    ),
    "how-much-spent": (
        "How much was spent?",
        "$218.255\u00a0million had been contributed by 27 July 2023; "
        "no later figure is in the file.",
        "bien-hoa-contribution-2023",
    ),
    "how-many-missing": (
        "How many are still missing?",
        "Americans still unaccounted for in Vietnam: 1,157\u00a0persons, July 2025.",
        "us-missing-unaccounted-2025",
    ),
    "past-year": (
        "What does “past year” mean?",
        "read as about May 2024 – 8 May 2025; VietnamNet counts 19 September 2023 – 8 May 2025.",
        "remains-reported-2025",
    ),
    "aid-freeze": (
        "What happened in the aid freeze?",
        "January–March 2025: Work at Bien Hoa stops in the U.S. aid freeze.",
        "bien-hoa-halt-2025",
    ),
}


@pytest.mark.parametrize("asked", ANSWERS)
def test_each_hard_question_is_one_step_from_its_answer_with_its_sources(
    qtbot: QtBot, pane: LegacyPane, asked: str
) -> None:
    question, sentence, fact_id = ANSWERS[asked]
    assert pane.index.row(asked).accessibleName() == question

    qtbot.mouseClick(pane.index.row(asked), Qt.MouseButton.LeftButton)

    assert pane.answer.isVisible()
    assert not pane.sections[0].isVisible()
    assert pane.answer.question.text() == question
    assert sentence in pane.answer.sentence.words()
    row = pane.answer.rows[0]
    assert row.key == fact_id
    assert row.isVisible()
    assert any(link.isVisible() for link in row.findChildren(Link))


def test_the_answer_says_how_a_difference_is_settled_and_that_one_is_not(
    pane: LegacyPane,
) -> None:
    pane.ask("is-it-new")
    settled = "How we settle it: The sum counts once."
    assert any(words.startswith(settled) for words in words_in(pane.answer))

    pane.ask("past-year")
    assert pane.answer.sentence.words().endswith("It is not settled yet.")


def test_a_number_in_an_answer_leads_to_its_source(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    pane.ask("how-much-spent")
    QApplication.sendPostedEvents()
    place = pane.answer.sentence.link_area(0).center().toPoint()

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.mouseClick(pane.answer.sentence, Qt.MouseButton.LeftButton, pos=place)

    assert seen.args == [Ref(Fact, "bien-hoa-contribution-2023")]


def test_no_answer_sets_the_missing_beside_dollars(pane: LegacyPane) -> None:
    for asked in ("how-many-missing", "past-year"):
        pane.ask(asked)
        assert "$" not in "\n".join(words_in(pane.answer))


def test_escape_and_a_section_lead_back_from_an_answer(qtbot: QtBot, pane: LegacyPane) -> None:
    pane.ask("past-year")
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert pane.sections[0].isVisible()
    assert not pane.answer.isVisible()

    pane.ask("past-year")
    qtbot.mouseClick(pane.answer.more, Qt.MouseButton.LeftButton)

    assert not pane.answer.isVisible()
    assert pane.index.row("us-missing").isChecked()
    assert not section(pane, "us-missing").title.visibleRegion().isEmpty()


def test_arrow_keys_walk_the_questions_and_the_sections(qtbot: QtBot, pane: LegacyPane) -> None:
    pane.ask("past-year")
    pane.index.row("past-year").setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Down)
    assert pane.answer.question.text() == "What happened in the aid freeze?"
    qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Down)

    assert pane.index.row("money").isChecked()
    assert not pane.answer.isVisible()


def test_the_index_follows_the_reader_down_the_page(pane: LegacyPane) -> None:
    assert pane.index.row("money").isChecked()
    bar = pane.sections_scroll.verticalScrollBar()

    bar.setValue(section(pane, "us-missing").y())
    assert pane.index.row("us-missing").isChecked()
    bar.setValue(bar.maximum())

    assert pane.index.row("ordnance").isChecked()
    assert not pane.index.row("us-missing").isChecked()


def test_where_there_is_no_room_for_a_column_menus_lead_to_the_same(
    qtbot: QtBot, pane: LegacyPane
) -> None:
    pane.resize(1024, 560)
    assert not pane.index.isVisible()
    assert pane.bar.isVisible()
    asked, told = pane.bar.buttons()

    asked.menu().actions()[4].trigger()
    assert pane.answer.question.text() == "What happened in the aid freeze?"
    assert asked.text() == "Asked most: What happened in the aid freeze?"
    told.menu().actions()[3].trigger()

    assert not section(pane, "us-missing").title.visibleRegion().isEmpty()
    assert told.text() == "Sections: U.S. missing"


def test_a_line_leads_to_its_source(qtbot: QtBot, pane: LegacyPane, workspace: Workspace) -> None:
    row = row_of(pane, "bien-hoa-contract-2023-03")

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.keyClick(row, Qt.Key.Key_Return)

    assert seen.args == [Ref(Fact, "bien-hoa-contract-2023-03")]
    assert row.isChecked()


def test_a_plain_figure_leads_to_its_source(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    figure = section(pane, "us-missing").findChildren(PlainFigure)[1]

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)

    assert seen.args == [Ref(Fact, "us-missing-unaccounted-2025")]


def test_a_point_of_a_chart_leads_to_its_source(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    view = chart(pane, "money", "bien-hoa-commitment").view.view
    mark = next(mark for mark in view.marks() if mark.fact_id == "bien-hoa-commitment-2018")

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        place = mark.area.center().toPoint()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)

    assert seen.args == [Ref(Fact, "bien-hoa-commitment-2018")]


def test_a_ceremony_in_the_ledger_leads_to_its_source(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    view = chart(pane, "us-missing", "repatriation-ceremonies").view.view
    mark = next(mark for mark in view.marks() if mark.fact_id == "repatriation-162")
    assert "162nd repatriation ceremony" in mark.words

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        place = mark.area.center().toPoint()
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)

    assert seen.args == [Ref(Fact, "repatriation-162")]


def test_the_keyboard_keeps_in_view_what_it_is_on(qtbot: QtBot, pane: LegacyPane) -> None:
    pane.resize(1024, 420)
    QApplication.sendPostedEvents()
    pane.show_section("us-missing")
    part = chart(pane, "us-missing", "repatriation-ceremonies")
    plot = part.view.view
    plot.setFocus(Qt.FocusReason.ShortcutFocusReason)

    qtbot.keyClick(plot, Qt.Key.Key_Home)
    first = plot.visibleRegion().boundingRect()
    assert first.contains(plot.marks()[0].area.center().toPoint())
    while plot.focused_id() != "repatriation-101":
        qtbot.keyClick(plot, Qt.Key.Key_Right)

    last = next(mark for mark in plot.marks() if mark.fact_id == "repatriation-101")
    assert not first.contains(last.area.center().toPoint())
    assert plot.visibleRegion().boundingRect().contains(last.area.center().toPoint())


def test_a_fact_chosen_elsewhere_is_marked_and_brought_into_view(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    row = row_of(pane, "keepsakes-2024-05")
    assert row.visibleRegion().isEmpty()

    workspace.selection.select("keepsakes-2024-05")

    qtbot.waitUntil(lambda: not row.visibleRegion().isEmpty())
    assert row.isChecked()
    workspace.selection.clear()
    assert not row.isChecked()


def test_every_area_can_be_read_in_full_elsewhere(
    qtbot: QtBot, pane: LegacyPane, workspace: Workspace
) -> None:
    links = [
        link
        for view in pane.sections
        for link in view.findChildren(Link)
        if link.words().startswith("All facts under") and link.isVisible()
    ]
    assert len(links) == len({view.section.area for view in pane.sections})

    with qtbot.waitSignal(workspace.selection.reveal_requested) as seen:
        qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)

    assert seen.args == [Ref(Area, "dioxin")]


def test_a_long_list_shows_its_first_lines_and_all_when_asked(
    qtbot: QtBot, pane: LegacyPane
) -> None:
    part = next(_lists(pane, "us-missing", "joint-field-activities"))
    link = next(link for link in part.findChildren(Link) if link.isVisible())
    assert len([row for row in part.findChildren(ReadingRow) if row.isVisible()]) == 3
    assert link.words() == "Show all 13"

    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: sum(row.isVisible() for row in part.findChildren(ReadingRow)) == 13)
    assert not link.isVisible()


def test_a_change_rewrites_the_one_line_it_touches(
    pane: LegacyPane, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = row_of(pane, "bien-hoa-contract-2023-07")
    written: list[str] = []
    write = ReadingRow.show_fact

    def note(row: ReadingRow, speak: Locale, fact: Fact, *, has_values: bool) -> None:
        written.append(fact.id)
        write(row, speak, fact, has_values=has_values)

    monkeypatch.setattr(ReadingRow, "show_fact", note)
    contract = Ref(Fact, "bien-hoa-contract-2023-07")

    workspace.store.apply(SetField(contract, "value", Quantity.parse("about 33 million usd")))
    after = words_in(row)
    workspace.store.undo()

    assert "about $33 million" in after
    assert "$32 million" in words_in(row)
    assert written == ["bien-hoa-contract-2023-07"] * 2


def test_an_answer_in_view_follows_a_change(pane: LegacyPane, workspace: Workspace) -> None:
    pane.ask("is-it-new")
    addition = Ref(Fact, "bien-hoa-addition-2025")

    workspace.store.apply(SetField(addition, "value", Quantity.parse("about 130 million usd")))

    assert pane.answer.question.text() == "Is the about $130 million new?"
    assert pane.index.row("is-it-new").accessibleName() == "Is the about $130 million new?"


def test_names_follow_the_audience(pane: LegacyPane, workspace: Workspace) -> None:
    workspace.settings.audience = "hanoi-vi"

    words = words_in(section(pane, "us-missing"))
    assert "Người Mỹ còn mất tích tại Việt Nam" in words
    part = chart(pane, "us-missing", "repatriation-ceremonies")
    assert "Đà Nẵng" in drawn_words(part, workspace.store.dossier)


@pytest.fixture
def sheet(qtbot: QtBot, pane: LegacyPane) -> LegacySheet:
    sheet = pane.page()
    qtbot.addWidget(sheet)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    sheet.resize(1280, 20_000)
    sheet.show()
    QApplication.sendPostedEvents()
    return sheet  # type: ignore[return-value]


def test_paper_holds_every_line_and_every_answer_and_leads_nowhere(
    pane: LegacyPane, sheet: LegacySheet
) -> None:
    words = words_in(sheet)

    for question, _sentence, _fact_id in ANSWERS.values():
        assert question in words
    assert len([words for words in words if words.endswith("joint field activities")]) == 13
    assert not any(words.startswith(("Show all", "More under", "All facts")) for words in words)


def test_paper_is_never_cut_through_a_line_or_a_chart(sheet: LegacySheet) -> None:
    breaks = [place for place in sheet.breaks() if place < sheet.height()]
    assert len(breaks) > 30

    whole = [*sheet.findChildren(ReadingRow), *sheet.findChildren(PlainFigure)]
    whole += [part.view for part in sheet.findChildren(ChartPart)]
    for widget in (each for each in whole if each.isVisible()):
        top = widget.mapTo(sheet, QPoint(0, 0)).y()
        assert not any(top < place < top + widget.height() for place in breaks)


def test_a_head_on_paper_stays_with_what_it_stands_over(sheet: LegacySheet) -> None:
    breaks = sheet.breaks()
    heads = [text for text in sheet.findChildren(Text) if text.text() == "Unexploded ordnance"]
    charts = [part for part in sheet.findChildren(ChartPart) if part.part.look == "half"]

    top = heads[0].mapTo(sheet, QPoint(0, 0)).y()
    first = charts[-1].mapTo(sheet, QPoint(0, 0)).y()
    assert not any(top < place <= first for place in breaks)


def test_every_control_that_takes_the_focus_has_a_name(pane: LegacyPane) -> None:
    for asked in ("", *ANSWERS):
        if asked:
            pane.ask(asked)
        for widget in pane.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                interface = QAccessible.queryAccessibleInterface(widget)
                assert interface.text(QAccessible.Text.Name), f"{widget} has no name"


@pytest.mark.parametrize("size", [(1024, 560), (1600, 820), (3840, 2000)])
def test_nothing_is_wider_than_its_place(
    qtbot: QtBot, pane: LegacyPane, size: tuple[int, int]
) -> None:
    pane.resize(*size)
    QApplication.sendPostedEvents()

    for view in pane.sections:
        right = view.mapToGlobal(QPointF(view.width(), 0)).x()
        assert right <= pane.mapToGlobal(QPointF(pane.width(), 0)).x()
        for widget in view.findChildren(QWidget):
            if widget.isVisible():
                assert widget.mapToGlobal(QPointF(widget.width(), 0)).x() <= right + 0.5
