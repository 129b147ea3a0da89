"""The report of an error: read it, save it, or copy it into a mail. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.crash_report import CrashReport
from desktop.services.language import tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.check_box import CheckBox
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text
from desktop.workspace import Workspace


class CrashView(QWidget):
    """One report; what may quote the facts is left out until they tick it."""

    def __init__(
        self, workspace: Workspace, report: CrashReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._report = report
        intro = tr(
            "This is all there is to tell of the error. Nothing was sent: save it or copy it, and"
            " mail it to whoever looks after Charthouse for you."
        )
        self.with_facts = CheckBox(tr("With the error's words; they may quote facts"))
        self.with_facts.toggled.connect(self._on_with_facts_toggled)
        self.words = Text(report.text(), "source", tone="ink", wrap=True, selectable=True)
        self.save_button = Button(tr("Save…"), primary=True)
        self.save_button.clicked.connect(self._on_save_button_clicked)
        self.copy_button = Button(tr("Copy"))
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.said = Text("", "source", wrap=True)
        self.said.hide()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(Text(intro, wrap=True))
        column.addWidget(self.with_facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL_PX)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addWidget(self.said)
        column.addWidget(self.words)
        column.addStretch(1)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Scroll(content))

    def _text(self) -> str:
        return self._report.text(with_facts=self.with_facts.isChecked())

    def _on_with_facts_toggled(self, _on: bool) -> None:
        self.words.setText(self._text())

    def _on_save_button_clicked(self) -> None:
        kinds = tr("Text (*.txt)")
        proposed = Path("charthouse-report.txt")
        path = self._workspace.prompts.place_to_save(tr("Save the report"), kinds, proposed)
        if path is None:
            return
        try:
            path.write_text(self._text(), encoding="utf-8")
        except OSError as error:
            words = tr("{file} cannot be written: {why}.")
            self._say(words.format(file=path, why=error.strerror or error))
        else:
            self._say(tr("Saved as {file}.").format(file=path))

    def _on_copy_button_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._say(tr("Copied."))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
