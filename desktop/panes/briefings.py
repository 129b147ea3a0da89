"""Briefings: their slides in order, what each will look like, and what to know before F5."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.figure import FigureView
from desktop.figures.preflight import Finding, Preflight
from desktop.figures.slide_figure import SlideFigure
from desktop.model.changes import Batch, SetField
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import (
    Area,
    Audience,
    Briefing,
    BriefingId,
    Fact,
    Measure,
    Place,
    Record,
    Slide,
    SlideId,
    Source,
)
from desktop.model.slides import (
    audience_of,
    backups_of,
    seat_of,
    slide_added,
    slides_of,
    with_free_id,
)
from desktop.model.values import LocalText
from desktop.panes.briefings_sorter import Order, SlideSorter, rows_of
from desktop.panes.pane import Pane
from desktop.panes.record_form import RecordForm
from desktop.services.briefing_words import finding_words
from desktop.services.language import Locale, audience_words, tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.button import Button
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.link import Link
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_SORTER_PX: Final = 340
_FORM_PX: Final = 420
_MOST_FINDINGS: Final = 12
_BELOW_PX: Final = 230
_LEAST_PREVIEW_PX: Final = 200
_ROOMY_PX: Final = 1280


class BriefingsPane(Pane):
    """A sorter at the left, the slide as the audience will see it, and the slide's own fields.

    ``present_asked`` asks to present, from the slide in view if it carries True.
    """

    present_asked = Signal(bool)
    hand_out_asked = Signal()

    shows: ClassVar[frozenset[type[Record]]] = frozenset(
        {Briefing, Slide, Fact, Measure, Place, Source, Area, Audience}
    )

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._preflight = Preflight()
        self._findings: list[Finding] = []
        self.briefings = ChoiceBox(workspace.theme)
        self.briefings.setAccessibleName(tr("Briefing"))
        self.briefings.activated.connect(self._on_briefings_activated)
        self.about = Text(role="caption", wrap=True)
        self.sorter = SlideSorter(workspace.theme)
        self.figure = SlideFigure()
        self._paper = Theme("light", self)
        self.preview = FigureView(self.figure, self._paper, workspace.store.dossier)
        self.heading = ElidedText(role="strong")
        self.findings = QVBoxLayout()
        self.form = RecordForm(workspace)
        self.nothing = Text(role="body", tone="muted", wrap=True)
        self.told = Text(role="caption", tone="differ", wrap=True)
        self._compose()
        self.sorter.chosen.connect(self._on_sorter_chosen)
        self.sorter.reordered.connect(self._on_sorter_reordered)
        self.sorter.duplicated.connect(self._on_sorter_duplicated)
        self.sorter.removed.connect(self._on_sorter_removed)
        self.preview.picked.connect(workspace.selection.show_source)
        self.form.done.connect(self._on_form_done)
        workspace.coast.come.connect(self._on_coast_come)
        workspace.coast.failed.connect(self._on_coast_failed)
        if workspace.coast.basemap is not None:
            self._on_coast_come(workspace.coast.basemap)

    # What is shown

    def briefing(self) -> Briefing | None:
        """The briefing in view: the one chosen last, or the first."""
        briefings = self.workspace.store.dossier.briefings
        chosen = briefings.get(BriefingId(self.workspace.settings.briefing))
        return chosen or next(iter(briefings.values()), None)

    def refresh(self, dossier: Dossier) -> None:
        briefing = self.briefing()
        speak = Locale(dossier, audience_of(dossier, briefing))
        self._fill_briefings(dossier, briefing)
        self._findings = self._preflight.findings(dossier, briefing) if briefing else []
        running = slides_of(dossier, briefing) if briefing else []
        backups = backups_of(dossier, briefing) if briefing else []
        rows = rows_of(running, backups, speak, self._count)
        self.sorter.show_briefing(briefing, rows, dossier)
        self.about.setText(self._about(dossier, briefing, running))
        here = self.sorter.current()
        if not here and rows:
            here = rows[0].slide_id
            self.sorter.choose(here)
        self._show_slide(here, dossier)
        if any(slide.layout == "map" for slide in (*running, *backups)):
            self.workspace.coast.want()
        self._say_nothing_there(bool(rows), briefing)

    def show_selection(self, ref: Ref | None) -> None:
        if ref is not None and ref.kind is Slide:
            self.sorter.choose(ref.id)
            self._show_slide(ref.id, self.workspace.store.dossier)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The slide never fills the pane: what to know before presenting stays in view below it.
        room_px = max(self.height() - _BELOW_PX, _LEAST_PREVIEW_PX)
        self.preview.setMaximumWidth(room_px * 16 // 9)
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Beside the form a narrow pane keeps the slide and gives up the rest."""
        edits = not self._side.isHidden()
        crowded = edits and self.width() < _ROOMY_PX
        self._sorter_side.setVisible(not crowded)
        self.edit_button.setVisible(not edits)
        for button in (self.add_button, self.hand_out_button, self.here_button):
            button.setVisible(not crowded)

    def own_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("Move the slide up or down"), "Ctrl+↑ Ctrl+↓"),
            (tr("Duplicate the slide"), "Ctrl+D"),
            (tr("Take the slide out of the briefing"), tr("Del")),
        )

    def refuse(self, problem: Problem) -> None:
        self.told.setText(problem_words(problem))
        self.told.show()

    # How it is laid out

    def _compose(self) -> None:
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._sorter_side = self._left()
        line.addWidget(self._sorter_side)
        line.addLayout(self._middle(), 1)
        self._side = Surface(("left",))
        self._side.setFixedWidth(_FORM_PX)
        inside = QVBoxLayout(self._side)
        inside.setContentsMargins(MEDIUM_PX, MEDIUM_PX, MEDIUM_PX, MEDIUM_PX)
        inside.addWidget(self.form)
        self._side.hide()
        line.addWidget(self._side)
        self.set_content(content)

    def _left(self) -> QWidget:
        left = Surface(("right",))
        left.setFixedWidth(_SORTER_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(MEDIUM_PX, MEDIUM_PX, 0, 0)
        column.setSpacing(SMALL_PX)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, MEDIUM_PX, 0)
        head.addWidget(self.briefings)
        head.addWidget(self.about)
        column.addLayout(head)
        column.addWidget(self.sorter, 1)
        return left

    def _middle(self) -> QVBoxLayout:
        self.present_button = Button(tr("Present"), primary=True)
        self.present_button.clicked.connect(self._on_present_clicked)
        self.here_button = Button(tr("From here"))
        self.here_button.clicked.connect(self._on_here_clicked)
        self.edit_button = Button(tr("Edit slide"))
        self.edit_button.clicked.connect(self._on_edit_clicked)
        self.add_button = Button(tr("New slide"))
        self.add_button.clicked.connect(self._on_add_clicked)
        self.hand_out_button = Button(tr("Hand out…"))
        self.hand_out_button.clicked.connect(self.hand_out_asked)
        bar = QHBoxLayout()
        bar.setSpacing(SMALL_PX)
        bar.addWidget(self.heading, 1)
        for button in (
            self.add_button,
            self.edit_button,
            self.hand_out_button,
            self.here_button,
            self.present_button,
        ):
            bar.addWidget(button)
        below = QWidget()
        below.setLayout(self.findings)
        self.findings.setContentsMargins(0, 0, 0, 0)
        self.findings.setSpacing(SMALL_PX)
        words = QWidget()
        inside = QVBoxLayout(words)
        inside.setContentsMargins(0, 0, SMALL_PX, 0)
        inside.setSpacing(MEDIUM_PX)
        inside.addWidget(self.preview)
        inside.addWidget(self.nothing)
        inside.addWidget(below)
        inside.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(LARGE_PX, MEDIUM_PX, LARGE_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addLayout(bar)
        column.addWidget(self.told)
        column.addWidget(Scroll(words), 1)
        self.told.hide()
        return column

    def _fill_briefings(self, dossier: Dossier, briefing: Briefing | None) -> None:
        self.briefings.clear()
        for each in dossier.briefings.values():
            self.briefings.addItem(self.speak.text(each.title), each.id)
        self.briefings.setVisible(bool(dossier.briefings))
        if briefing is not None:
            self.briefings.setCurrentIndex(self.briefings.findData(briefing.id))

    def _about(self, dossier: Dossier, briefing: Briefing | None, running: list[Slide]) -> str:
        if briefing is None:
            return ""
        audience_id = audience_of(dossier, briefing)
        audience = dossier.audiences.get(audience_id) if audience_id else None
        seconds = sum(slide.seconds or 0 for slide in running)
        differing = tr_count(
            "{count} thing to look at", "{count} things to look at", len(self._findings)
        )
        parts = (
            audience_words(audience) if audience else "",
            tr_count("{count} slide", "{count} slides", len(running)),
            f"{seconds // 60}:{seconds % 60:02}",
            differing if self._findings else "",
        )
        return ", ".join(part for part in parts if part)

    def _say_nothing_there(self, has_slides: bool, briefing: Briefing | None) -> None:
        self.preview.setVisible(has_slides)
        self.sorter.setVisible(has_slides)
        self.nothing.setVisible(not has_slides)
        for button in (self.here_button, self.present_button, self.hand_out_button):
            button.setEnabled(has_slides)
        self.edit_button.setEnabled(has_slides)
        self.add_button.setEnabled(briefing is not None)
        if briefing is None:
            self.nothing.setText(
                tr("The file has no briefing yet. Add one in the Facts pane, under Briefings.")
            )
        else:
            self.nothing.setText(tr("This briefing has no slides yet. New slide adds the first."))

    def _show_slide(self, slide_id: str, dossier: Dossier) -> None:
        briefing = self.briefing()
        self.figure.show_slide(slide_id, briefing.id if briefing else "")
        self.preview.show_dossier(dossier)
        slide = dossier.slides.get(SlideId(slide_id))
        self.heading.setText(self._seat_words(slide_id, dossier))
        self._show_findings(slide_id, dossier)
        if not self._side.isHidden() and not self.form.is_new:
            self.form.show_record(Ref(Slide, slide_id) if slide else None)

    def _seat_words(self, slide_id: str, dossier: Dossier) -> str:
        briefing = self.briefing()
        seat = seat_of(dossier, briefing, slide_id) if briefing else None
        if seat is None:
            return ""
        if seat.is_backup:
            return tr("Backup {number}").format(number=seat.number)
        return tr("Slide {number} of {total}").format(number=seat.number, total=seat.total)

    def _show_findings(self, slide_id: str, dossier: Dossier) -> None:
        while (item := self.findings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = [each for each in self._findings if each.slide_id in (slide_id, "")]
        if found:
            self.findings.addWidget(Text(tr("Before you present"), "caption_strong"))
        for each in found[:_MOST_FINDINGS]:
            self.findings.addWidget(self._finding_link(each, dossier))
        if len(found) > _MOST_FINDINGS:
            more = len(found) - _MOST_FINDINGS
            self.findings.addWidget(
                Text(tr_count("and {count} more", "and {count} more", more), "caption")
            )

    def _finding_link(self, finding: Finding, dossier: Dossier) -> QWidget:
        fact = dossier.find(Ref(Fact, finding.fact_id)) if finding.fact_id else None
        stated = self.speak.statement(fact).rstrip(".") if isinstance(fact, Fact) else ""
        words = finding_words(finding.code, fact=stated, text=finding.text, slide=finding.slide_id)
        if not finding.fact_id:
            return Text(words, "caption", wrap=True)
        link = Link(words, key=finding.fact_id)
        link.activated.connect(self._on_finding_activated)
        return link

    def _count(self, slide_id: str) -> int:
        return sum(each.slide_id == slide_id for each in self._findings)

    # What is done

    def add_slide(self, slide: Slide) -> None:
        """Put a new slide behind the one in view, as one step; its id is a proposal."""
        briefing = self.briefing()
        if briefing is None:
            return
        slide = with_free_id(self.workspace.store.dossier, slide)
        self.apply(slide_added(briefing, slide, self.sorter.current()))
        if slide.id in self.workspace.store.dossier.slides:
            self.sorter.choose(slide.id)
            self.workspace.selection.select(slide.id, Slide)

    def slide(self) -> Slide | None:
        """The slide in view, once more."""
        return self.workspace.store.dossier.slides.get(SlideId(self.sorter.current()))

    def _on_sorter_chosen(self, slide_id: str) -> None:
        self.workspace.selection.select(slide_id, Slide)
        self._show_slide(slide_id, self.workspace.store.dossier)

    def _on_sorter_reordered(self, order: Order) -> None:
        briefing = self.briefing()
        if briefing is not None:
            ref = Ref(Briefing, briefing.id)
            slides = tuple(SlideId(each) for each in order.slides)
            backup = tuple(SlideId(each) for each in order.backup)
            changes = (SetField(ref, "slides", slides), SetField(ref, "backup", backup))
            self.apply(Batch(changes, "reorder-slides"))

    def _on_sorter_duplicated(self, slide_id: str) -> None:
        dossier = self.workspace.store.dossier
        self.add_slide(dossier.slides[SlideId(slide_id)])

    def _on_sorter_removed(self, slide_id: str) -> None:
        """Take a slide out of this briefing; it stays in the file, for others and for undo."""
        briefing = self.briefing()
        if briefing is None:
            return
        ref = Ref(Briefing, briefing.id)
        changes = tuple(
            SetField(ref, name, tuple(each for each in ids if each != slide_id))
            for name, ids in (("slides", briefing.slides), ("backup", briefing.backup))
            if slide_id in ids
        )
        self.apply(Batch(changes, "remove-slide"))

    def _on_briefings_activated(self, index: int) -> None:
        self.workspace.settings.briefing = str(self.briefings.itemData(index))
        self.sorter.choose("")
        self.refresh(self.workspace.store.dossier)

    def _on_finding_activated(self, fact_id: str) -> None:
        self.workspace.selection.show_source(fact_id)

    def _on_present_clicked(self) -> None:
        self.present_asked.emit(False)

    def _on_here_clicked(self) -> None:
        self.present_asked.emit(True)

    def _on_edit_clicked(self) -> None:
        self._side.show()
        self._make_room()
        self.form.show_record(Ref(Slide, self.sorter.current()))
        self.form.give_focus()

    def _on_form_done(self) -> None:
        self._side.hide()
        self._make_room()
        self.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add_clicked(self) -> None:
        title = LocalText(tr("What this slide says, in one sentence"))
        self.add_slide(Slide(id="slide", title=title, layout="figure", seconds=60))
        self._on_edit_clicked()

    def _on_coast_come(self, basemap: Basemap) -> None:
        self.figure.show_basemap(basemap)
        self.sorter.show_basemap(basemap)

    def _on_coast_failed(self) -> None:
        self.told.setText(tr("The map's coast could not be read; its slides show none."))
        self.told.show()
