"""What of a briefing is handed out, in which form and where to; and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.check_box import CheckBox
from desktop.widgets.radio_button import RadioButton
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text

FORMATS: Final = ("pdf", "pptx", "html", "png", "svg")
PAPERS: Final = ("screen", "a4", "letter")
EXTRAS: Final = ("sources", "if_asked", "notes", "backups", "grades")


class HandoutAsked(NamedTuple):
    """What somebody wants: a format, a shape of page, and what goes with the slides."""

    format: str
    paper: str
    extras: frozenset[str]


class HandoutView(QWidget):
    """``asked`` carries what is wanted, ``stopped`` calls it off; ``show_progress`` tells how far.

    ``printed`` asks for paper instead of a file.
    """

    asked = Signal(object)
    printed = Signal(object)
    stopped = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = _Choice(FORMATS, format_words, "pdf")
        self.papers = _Choice(PAPERS, paper_words, "screen")
        self.extras = {name: CheckBox(extra_words(name)) for name in EXTRAS}
        self.extras["sources"].setChecked(True)
        self.told = Text(role="caption", wrap=True, selectable=True)
        self.write_button = Button(tr("Write to a folder…"), primary=True)
        self.write_button.clicked.connect(self._on_write_clicked)
        self.print_button = Button(tr("Print…"))
        self.print_button.clicked.connect(self._on_print_clicked)
        self.stop_button = Button(tr("Stop"))
        self.stop_button.clicked.connect(self.stopped)
        self.stop_button.hide()
        self._compose(title)
        self.formats.changed.connect(self._on_formats_changed)
        self._on_formats_changed()

    def wanted(self) -> HandoutAsked:
        """What is chosen now."""
        ticked = {name for name, box in self.extras.items() if box.isChecked() and box.isEnabled()}
        return HandoutAsked(self.formats.chosen(), self.papers.chosen(), frozenset(ticked))

    def show_progress(self, words: str, *, is_running: bool) -> None:
        """Say how far it is, or how it ended."""
        self.told.setText(words)
        self.stop_button.setVisible(is_running)
        for button in (self.write_button, self.print_button):
            button.setEnabled(not is_running)

    def _compose(self, title: str) -> None:
        boxes = QWidget()
        inside = QVBoxLayout(boxes)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SMALL_PX)
        for box in self.extras.values():
            inside.addWidget(box)
        choices = QWidget()
        above = QVBoxLayout(choices)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(MEDIUM_PX)
        above.addWidget(_group(tr("As"), self.formats))
        above.addWidget(_group(tr("Pages"), self.papers))
        above.addWidget(_group(tr("With"), boxes))
        above.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        for button in (self.write_button, self.print_button, self.stop_button):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(Text(title, "strong", wrap=True))
        # In a low window the choices scroll; what is done with them stays in view.
        column.addWidget(Scroll(choices), 1)
        column.addLayout(line)
        column.addWidget(self.told)

    def _on_formats_changed(self) -> None:
        """Pictures are of slides alone, and only a PDF has paper."""
        chosen = self.formats.chosen()
        self.papers.setEnabled(chosen == "pdf")
        for name, box in self.extras.items():
            box.setEnabled(name == "backups" or chosen not in ("png", "svg"))

    def _on_write_clicked(self) -> None:
        self.asked.emit(self.wanted())

    def _on_print_clicked(self) -> None:
        self.printed.emit(self.wanted())


class _Choice(QWidget):
    """One of several, each in words."""

    changed = Signal()

    def __init__(self, names: tuple[str, ...], words: Callable[[str], str], first: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._names = names
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        for place, name in enumerate(names):
            button = RadioButton(words(name), "body")
            button.setChecked(name == first)
            self._group.addButton(button, place)
            column.addWidget(button)
        self._group.idToggled.connect(self._on_group_id_toggled)

    def chosen(self) -> str:
        return self._names[self._group.checkedId()]

    def choose(self, name: str) -> None:
        self._group.button(self._names.index(name)).setChecked(True)

    def _on_group_id_toggled(self, _place: int, checked: bool) -> None:
        if checked:
            self.changed.emit()


def _group(title: str, content: QWidget) -> QWidget:
    group = QWidget()
    column = QVBoxLayout(group)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SMALL_PX)
    column.addWidget(Text(title, "caption_strong"))
    content.setContentsMargins(LARGE_PX // 3, 0, 0, 0)
    content.setAccessibleName(title)
    column.addWidget(content)
    return group


def format_words(name: str) -> str:
    return {
        "pdf": tr("PDF, vectors and fonts"),
        "pptx": tr("PowerPoint, to be edited"),
        "html": tr("One page for a browser"),
        "png": tr("Pictures, PNG"),
        "svg": tr("Drawings, SVG"),
    }[name]


def paper_words(name: str) -> str:
    return {"screen": tr("Screen, 16:9"), "a4": tr("A4"), "letter": tr("Letter")}[name]


def extra_words(name: str) -> str:
    return {
        "sources": tr("Sources with their quotations"),
        "if_asked": tr("If asked: each figure, its source, what to say"),
        "notes": tr("Speaker notes"),
        "backups": tr("Backups"),
        "grades": tr("Grades of sources and claims"),
    }[name]
