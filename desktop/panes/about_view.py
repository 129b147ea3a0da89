"""What the program is, of what it is made, and under which licences."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import __version__
from desktop.services import paths
from desktop.services.language import tr
from desktop.services.parts import Part, built_on, parts
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.mark import Mark
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text

_MARK_PX: Final = 56


class AboutView(QWidget):
    """Versions and licences, to be read and copied; ``parts`` are those it lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = parts()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(SMALL_PX)
        column.addLayout(_head())
        for words in _sentences():
            column.addWidget(Text(words, "caption", wrap=True, selectable=True))
        column.addSpacing(SMALL_PX)
        column.addWidget(Text(tr("Made of"), "caption_strong", tone="muted"))
        column.addWidget(Hairline())
        for part in self.parts:
            column.addLayout(_line(part))
        column.addStretch(1)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Scroll(content))


def _head() -> QHBoxLayout:
    mark = Mark(paths.resources() / "icons" / "charthouse.svg", _MARK_PX)
    words = QVBoxLayout()
    words.setSpacing(TIGHT_PX)
    words.addStretch(1)
    words.addWidget(Text("Charthouse", "title"))
    day = built_on()
    told = tr("Version {version}").format(version=__version__)
    if day:
        told = tr("Version {version}, built on {day}").format(version=__version__, day=day)
    words.addWidget(Text(told, "caption", selectable=True))
    words.addStretch(1)
    head = QHBoxLayout()
    head.setContentsMargins(0, 0, 0, LARGE_PX)
    head.setSpacing(MEDIUM_PX)
    head.addWidget(mark)
    head.addLayout(words, 1)
    return head


def _sentences() -> list[str]:
    folder = paths.licences() or paths.resources()
    return [
        tr("Charthouse is free software under the MIT licence."),
        tr("It works offline: it looks for no updates and tells nobody anything."),
        tr(
            "Qt is used under the LGPL 3 and stands in files of its own, so that you may put"
            " another in its place. The texts of all licences are in {folder}."
        ).format(folder=folder),
    ]


def _line(part: Part) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(MEDIUM_PX)
    name = QVBoxLayout()
    name.setSpacing(0)
    name.addWidget(Text(part.name, "label", selectable=True))
    name.addWidget(Text(part.licence, "source", wrap=True, selectable=True))
    line.addLayout(name, 1)
    line.addWidget(Text(part.version, "caption", selectable=True), 0, Qt.AlignmentFlag.AlignTop)
    return line
