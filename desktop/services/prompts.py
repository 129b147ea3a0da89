"""Every modal dialog there is; all words in them are plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # by name its dialogs would be loaded at the start
from PySide6.QtCore import Qt

from desktop.services.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QMessageBox, QWidget


class Prompts:
    """Asks the person at the desk; ``parent`` is the window that the dialogs belong to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def file_to_open(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Ask for an existing file; ``kinds`` as ``Facts (*.yaml *.yml)``. None if they decline."""
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self.parent, title, str(folder or ""), kinds
        )
        return Path(name) if name else None

    def place_to_save(self, title: str, kinds: str, proposed: Path) -> Path | None:
        """Ask where to write a file; an existing one has been confirmed. None if they decline."""
        name, _ = QtWidgets.QFileDialog.getSaveFileName(self.parent, title, str(proposed), kinds)
        return Path(name) if name else None

    def folder_to_write(self, title: str) -> Path | None:
        """Ask for a folder that files go to. None if they decline."""
        name = QtWidgets.QFileDialog.getExistingDirectory(self.parent, title)
        return Path(name) if name else None

    def print_with_preview(self, title: str, paint: Callable[[QPagedPaintDevice], object]) -> None:
        """Show the pages that ``paint`` paints, and print them where that is wanted."""
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintPreviewDialog(printer, self.parent)
        dialog.setWindowTitle(title)
        dialog.paintRequested.connect(paint)
        dialog.exec()

    def choose(
        self, title: str, words: str, answers: Sequence[str], *, default: int = 0, refuse: int = -1
    ) -> int:
        """Ask a question with a button for each answer and return the index of the one taken.

        Enter takes ``default``; Escape takes ``refuse``, an index as in a list.
        """
        box = self._box(title, words)
        buttons = []
        for index, answer in enumerate(answers):
            declines = index == refuse % len(answers)
            role = (
                QtWidgets.QMessageBox.ButtonRole.RejectRole
                if declines
                else QtWidgets.QMessageBox.ButtonRole.AcceptRole
            )
            buttons.append(box.addButton(answer.replace("&", "&&"), role))
        box.setDefaultButton(buttons[default])
        box.setEscapeButton(buttons[refuse])
        box.exec()
        clicked = box.clickedButton()
        return next(i for i, button in enumerate(buttons) if button is clicked)

    def tell_error(self, title: str, happened: str, what_to_do: str = "") -> None:
        """Say in words what went wrong and what can be done about it."""
        box = self._box(title, "\n\n".join(filter(None, (happened, what_to_do))))
        box.addButton(tr("Close"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.exec()

    def _box(self, title: str, words: str) -> QMessageBox:
        box = QtWidgets.QMessageBox(self.parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        box.setText(words)
        return box
