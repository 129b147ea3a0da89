"""A briefer on the day: looks the slides over, gives them, is asked, and hands them out.

What happens to screens meanwhile is told in tests/screens, where there are two.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.export.hand_out import write
from desktop.export.handout import Handout
from desktop.figures.drawing import Words
from desktop.figures.slide_figure import SlideFigure
from desktop.model.records import BriefingId, Slide
from desktop.panes.briefings import BriefingsPane
from desktop.panes.fact_view import FactView
from desktop.presentation.presenter import Presenter
from desktop.widgets.button import Button
from desktop.widgets.link import Link
from tests.desk import CTRL, Desk

if TYPE_CHECKING:
    from pathlib import Path

TALK = BriefingId("washington-desk")
MONEY = "bien-hoa-money"


def briefings(desk: Desk) -> BriefingsPane:
    desk.window.show_tab("briefings")
    desk.settle()
    pane = desk.pane()
    assert isinstance(pane, BriefingsPane)
    return pane


def order(desk: Desk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    briefing = desk.app.workspace.store.dossier.briefings[TALK]
    return briefing.slides, briefing.backup


def begin(desk: Desk) -> Presenter:
    QTest.keyClick(desk.window, Qt.Key.Key_F5, CTRL)
    desk.settle()
    presenter = desk.app.present.giving.presenter
    assert presenter is not None
    return presenter


def words_in(presenter: Presenter) -> str:
    shown = (each for each in presenter.console.findChildren(QLabel) if each.isVisible())
    return "\n".join(each.text() for each in shown).replace("\u00a0", " ")


def go_to(presenter: Presenter, slide_id: str) -> None:
    ids = [each.id for each in (*presenter.session.running, *presenter.session.backups)]
    QTest.keyClicks(presenter.console, str(ids.index(slide_id) + 1))
    QTest.keyClick(presenter.console, Qt.Key.Key_Return)


def test_the_day_of_a_briefing(desk: Desk, copy: Path, tmp_path: Path) -> None:
    with desk.program(copy):
        pane = briefings(desk)
        pane.sorter.setCurrentIndex(pane.sorter.model().index(3, 0))
        desk.settle()
        assert pane.sorter.current() == MONEY

    # 1. The file is opened again, and the slide is the one that was looked at.
    with desk.program(copy):
        pane = briefings(desk)
        assert pane.sorter.current() == MONEY

        # 2. What to know first: where sources differ and what is stale, a click from the fact.
        links = [each for each in pane.findChildren(Link) if each.isVisible()]
        differing = next(each for each in links if "Sources differ" in each.words())
        desk.click(differing)
        view = desk.window.findChild(FactView)
        assert view is not None
        assert view.isVisible()
        desk.window.close_drawer()
        codes = {(each.slide_id, each.code) for each in pane._findings}
        assert (MONEY, "sources-differ") in codes
        assert any(code == "stale" for _, code in codes)

        # 3. and 4. Slides are stepped through; "." covers the audience alone, and again.
        presenter = begin(desk)
        console, stage, session = presenter.console, presenter.stage, presenter.session
        QTest.keyClick(console, Qt.Key.Key_PageDown)
        assert session.seat is not None
        assert session.seat.number == 2
        before = stage.grab().toImage()
        QTest.keyClick(console, Qt.Key.Key_Period)
        assert stage.grab().toImage().pixelColor(400, 300).name() == "#000000"
        QTest.keyClick(console, Qt.Key.Key_Period)
        assert stage.grab().toImage() == before

        # 5. Where sources differ the console warns; the audience sees the neutral mark alone.
        go_to(presenter, MONEY)
        desk.settle()
        assert "Sources differ" in words_in(presenter)
        assert "Say: “" in words_in(presenter)
        plan = SlideFigure(MONEY, TALK).plan(QRectF(0, 0, 1920, 1080), session.dossier)
        seen = " ".join(each.text for each in plan.drawing.items if isinstance(each, Words))
        assert "(B1)" not in seen
        assert "Admiralty" not in seen

        # 6. The audience is held; a question is answered to the briefer first, then to them.
        QTest.keyClick(console, Qt.Key.Key_F)
        held = stage.grab().toImage()
        QTest.keyClick(console, Qt.Key.Key_Slash)
        QTest.keyClicks(console.search.box, "remains")
        QTest.keyClick(console.search.box, Qt.Key.Key_Return)
        desk.settle()
        assert session.asked is not None
        fact = session.dossier.fact(session.asked.fact_id)
        assert fact.citations[0].quote is not None
        assert fact.citations[0].quote in words_in(presenter)
        assert stage.grab().toImage() == held
        QTest.keyClick(console, Qt.Key.Key_Return)
        assert stage.grab().toImage() != held

        # 7. Back by one, and by one; the last leads to the desk, which is as it was.
        QTest.keyClick(console, Qt.Key.Key_Escape)
        assert stage.grab().toImage() == held
        QTest.keyClick(console, Qt.Key.Key_Escape)
        desk.settle()
        assert desk.app.present.giving.presenter is None
        assert desk.window.isVisible()

        # 8. The hand-out: marking, as-of and sources on paper; backups and notes are not.
        dossier = desk.app.workspace.store.dossier
        handout = Handout(dossier, dossier.briefings[TALK])
        written = [each.written for each in write(handout, "pdf", tmp_path)][-1]
        assert written is not None
        import pypdf

        pages = [
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written.read_bytes())).pages
        ]
        slides, backup = order(desk)
        assert len(pages) > len(slides)
        assert all("UNCLASSIFIED" in page for page in pages)
        assert all("12 December 2025" in page for page in pages)
        whole = "\n".join(pages)
        assert "Sources" in whole
        assert "Committed is not spent" not in whole
        speak = desk.app.workspace.locale(dossier)
        titles = ["".join(w.text for w in speak.sentence(dossier.slides[b].title)) for b in backup]  # type: ignore[index]
        assert not any(title in whole for title in titles)


def test_the_slides_are_put_in_order_by_keys_and_taken_back(opened: Desk) -> None:
    pane = briefings(opened)
    sorter = pane.sorter
    start = order(opened)
    sorter.setFocus()
    sorter.setCurrentIndex(sorter.model().index(1, 0))
    second = start[0][1]

    opened.press(Qt.Key.Key_Up, CTRL)
    assert order(opened)[0][:2] == (second, start[0][0])
    assert sorter.current() == second

    opened.press(Qt.Key.Key_D, CTRL)
    assert order(opened)[0][:3] == (second, f"{second}-2", start[0][0])
    opened.press(Qt.Key.Key_Delete)
    assert order(opened)[0][:2] == (second, start[0][0])
    assert f"{second}-2" in opened.app.workspace.store.dossier.slides

    for _ in range(3):
        opened.press(Qt.Key.Key_Z, CTRL)
    assert order(opened) == start


def test_a_slide_goes_over_the_line_to_the_backups_and_back(opened: Desk) -> None:
    pane = briefings(opened)
    running, backup = order(opened)
    last = running[-1]
    pane.sorter.setFocus()
    pane.sorter.setCurrentIndex(pane.sorter.model().index(len(running) - 1, 0))

    opened.press(Qt.Key.Key_Down, CTRL)
    assert order(opened) == (running[:-1], (last, *backup))
    opened.press(Qt.Key.Key_Up, CTRL)
    assert order(opened) == (running, backup)


def test_a_slide_is_dropped_where_it_is_let_go(opened: Desk) -> None:
    pane = briefings(opened)
    model = pane.sorter.model()
    running, _ = order(opened)
    carried = model.mimeData([model.index(0, 0)])
    nowhere = model.index(-1, 0)
    model.dropMimeData(carried, Qt.DropAction.MoveAction, 3, 0, nowhere)
    opened.settle()

    assert order(opened)[0] == (*running[1:3], running[0], *running[3:])
    assert pane.sorter.current() in order(opened)[0]


def test_notes_and_time_of_a_slide_are_edited_beside_it(opened: Desk) -> None:
    pane = briefings(opened)
    opened.click(pane.edit_button)
    assert pane.form.isVisible()
    page = pane.form.page
    assert page is not None
    line = page.editors["seconds"].findChild(QLineEdit) or page.editors["seconds"]
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    opened.type("95")
    opened.press(Qt.Key.Key_Tab)
    slide_id = pane.sorter.current()

    assert opened.app.workspace.store.dossier.slides[slide_id].seconds == 95  # type: ignore[index]
    assert "15:05" in pane.about.text()


def test_from_here_begins_at_the_slide_in_view(opened: Desk) -> None:
    pane = briefings(opened)
    opened.app.workspace.selection.select(MONEY, Slide)
    opened.click(opened.find(Button, "From here", pane))
    presenter = opened.app.present.giving.presenter
    assert presenter is not None
    try:
        assert presenter.session.slide is not None
        assert presenter.session.slide.id == MONEY
    finally:
        presenter.end()
        opened.settle()


@pytest.mark.parametrize("number", [3, 8])
def test_each_step_of_the_sorter_can_be_undone_in_the_menu(opened: Desk, number: int) -> None:
    pane = briefings(opened)
    before = order(opened)
    pane.sorter.setFocus()
    pane.sorter.setCurrentIndex(pane.sorter.model().index(number, 0))
    opened.press(Qt.Key.Key_Up, CTRL)
    undo = opened.window.actions_registry.trigger("edit.undo")

    assert "order of slides" in undo.text()
    undo.trigger()
    assert order(opened) == before
