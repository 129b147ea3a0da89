"""A chart with all that is done with it: followed to its sources, read as a table, taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Literal, get_args

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.figures import chart_table
from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_frame import MENU_PX
from desktop.figures.chart_sheet import ChartSheet
from desktop.figures.figure import FigureView, Mark
from desktop.files.csv_file import to_csv
from desktop.model.dossier import Dossier
from desktop.panes.chart_card import ChartCard
from desktop.panes.chart_table_view import ChartTableView
from desktop.services import pictures
from desktop.services.language import tr
from desktop.services.theme import SMALL_PX
from desktop.widgets.text import Text, set_tool_tip
from desktop.workspace import Workspace

Kind = Literal["png", "svg", "pdf", "csv"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_ICON_PX: Final = 16
_COPY_SCALE: Final = 2.0
_PNG_SCALE: Final = 3.0
_LEAST_SHEET_PX: Final = 720
_MOST_SHEET_PX: Final = 1200


class _Plot(FigureView):
    """The chart itself; the keyboard comes to its newest reading first, not to a source below."""

    has_tips = False

    def mark_to_start(self) -> Mark | None:
        marks = self.marks()
        readings = (mark for mark in reversed(marks) if not mark.part)
        return next(readings, super().mark_to_start())


class ChartView(QWidget):
    """Shows one chart in a pane, under a menu of its own.

    What the pointer or the keyboard comes upon is told in full on a card beside it; a click or
    Enter picks its fact. The menu turns the chart into a table and back, copies it as a picture
    (also Ctrl+C) and saves it.
    """

    picked = Signal(object)
    """Id of the fact whose mark or row was chosen."""

    def __init__(
        self, workspace: Workspace, chart: BriefChart, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chart = chart
        self._workspace = workspace
        self._dossier = workspace.store.dossier
        self.view = _Plot(chart, workspace.theme, self._dossier)
        self.view.picked.connect(self.picked)
        self.view.pointed.connect(self._on_view_pointed)
        self._title_text = Text(role="heading", wrap=True)
        self.table = ChartTableView()
        self.table.picked.connect(self.picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        for part in (self.view, self._title_text, self.table):
            column.addWidget(part)
        column.addStretch(1)
        self._title_text.hide()
        self.table.hide()
        self.menu_button = QToolButton(self)
        self.menu_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setAccessibleName(tr("Chart: table, copy, save"))
        set_tool_tip(self.menu_button, tr("Table, copy, save"))
        self.menu = QMenu(self)
        self._fill_menu()
        self.menu_button.setMenu(self.menu)
        self.card = ChartCard(workspace.theme, self)
        workspace.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_dossier(self, dossier: Dossier) -> None:
        """Draw from this dossier from now on."""
        self._dossier = dossier
        self.view.show_dossier(dossier)
        if self.is_table:
            self._fill_table()

    @property
    def is_table(self) -> bool:
        """Whether the chart is read as a table now."""
        return self.table.isVisibleTo(self)

    def toggle_table(self) -> None:
        """Turn the chart into a table, or back."""
        to_table = not self.is_table
        if to_table:
            self._fill_table()
        had_focus = self.isAncestorOf(self.window().focusWidget())
        self.table.setVisible(to_table)
        self._title_text.setVisible(to_table)
        self.view.setVisible(not to_table)
        self._table_action.setText(tr("Show as chart") if to_table else tr("Show as table"))
        if had_focus:
            (self.table if to_table else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the chart on the clipboard, as a picture with its sources."""
        sheet = self._sheet()
        QGuiApplication.clipboard().setImage(
            pictures.to_image(sheet.size, sheet.paint, _COPY_SCALE)
        )

    def save(self, kind: Kind) -> None:
        """Ask for a place and write the chart there, or say why it could not be written."""
        prompts = self._workspace.prompts
        words = f"{kind.upper()} (*.{kind})"
        place = prompts.place_to_save(tr("Save chart"), words, self._proposed(kind))
        if place is None:
            return
        if place.suffix.lower() != f".{kind}":
            place = place.with_name(f"{place.name}.{kind}")
            if place.exists() and not self._may_replace(place):
                return
        try:
            place.write_bytes(self.to_bytes(kind))
        except OSError as refused:
            prompts.tell_error(
                tr("Not saved"),
                f"{place}: {refused.strerror or refused}",
                tr("Choose another folder, or make room there, and save again."),
            )

    def to_bytes(self, kind: Kind) -> bytes:
        """The chart, or its data, as a file of this kind holds it."""
        if kind == "csv":
            content, speak = self.chart.content(self._dossier), self.chart.speak(self._dossier)
            return to_csv([chart_table.data_header(), *chart_table.data_rows(speak, content.lines)])
        sheet = self._sheet()
        if kind == "png":
            return pictures.to_png(sheet.size, sheet.paint, _PNG_SCALE)
        write = pictures.to_svg if kind == "svg" else pictures.to_pdf
        return write(sheet.size, sheet.paint, self._title())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        side_px = round(MENU_PX) - 2
        self.menu_button.setFixedSize(side_px, side_px)
        self.menu_button.move(event.size().width() - side_px, -3)
        self.menu_button.raise_()
        self.card.hide()
        super().resizeEvent(event)

    def _fill_menu(self) -> None:
        self._table_action = self.menu.addAction(tr("Show as table"))
        self._table_action.triggered.connect(self._on_table_triggered)
        self.menu.addAction(tr("Copy as picture")).triggered.connect(self._on_copy_triggered)
        self.menu.addSeparator()
        for kind in KINDS:
            action = self.menu.addAction(tr("Save as {kind}…").format(kind=kind.upper()))
            action.triggered.connect(_without_state(partial(self.save, kind)))

    def _fill_table(self) -> None:
        content, speak = self.chart.content(self._dossier), self.chart.speak(self._dossier)
        self.table.show_rows(chart_table.header(), chart_table.rows(speak, content.lines))
        self.table.setAccessibleName(self._title())
        self._title_text.setText(self._title())

    def _sheet(self) -> ChartSheet:
        width_px = min(max(self.width(), _LEAST_SHEET_PX), _MOST_SHEET_PX)
        return ChartSheet(self.chart, self._dossier, width_px)

    def _title(self) -> str:
        content = self.chart.content(self._dossier)
        speak = self.chart.speak(self._dossier)
        names = (speak.text(line.measure.name) for line in content.lines)
        return content.title or next(names, tr("Chart"))

    def _proposed(self, kind: Kind) -> Path:
        """A name like the title, beside the facts file."""
        plain = re.sub(r"[^\w]+", "-", self._title().lower()).strip("-")
        file = self._workspace.file
        return (file.path.parent if file else Path()) / f"{plain[:60] or 'chart'}.{kind}"

    def _may_replace(self, place: Path) -> bool:
        replace, keep = tr("Replace"), tr("Keep")
        words = tr("“{name}” is there already.").format(name=place.name)
        return self._workspace.prompts.choose(tr("Replace file?"), words, [replace, keep]) == 0

    def _on_view_pointed(self, mark: Mark | None) -> None:
        if mark is None:
            self.card.hide()
        else:
            self.card.tell(mark.words, mark.area.translated(self.view.pos()))

    def _on_table_triggered(self) -> None:
        self.toggle_table()

    def _on_copy_triggered(self) -> None:
        self.copy()

    def _on_theme_changed(self) -> None:
        icon = self._workspace.theme.icon("chevron-down", "muted", _ICON_PX)
        self.menu_button.setIcon(icon)


def _without_state(slot: Callable[[], None]) -> Callable[[bool], None]:
    """A slot for ``triggered``, which says whether it is checked to all that listen."""

    def called(_checked: bool) -> None:
        slot()

    return called
