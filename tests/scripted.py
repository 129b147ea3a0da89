"""Prompts that answer from a script, so that a story can go on past a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPdfWriter

from desktop.services.prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPagedPaintDevice


class ScriptedPrompts(Prompts):
    """Takes each answer from ``answers``, first to last; a dialog nobody expected fails the test.

    ``said`` keeps all that was shown, a line for each text; ``by_enter`` what Enter would take;
    ``printed`` a PDF of what was last shown before printing, which nobody has to shut.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str | Path | None] = []
        self.said: list[str] = []
        self.by_enter = ""
        self.printed = b""

    def file_to_open(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        self.said.append(title)
        return self._path()

    def place_to_save(self, title: str, kinds: str, proposed: Path) -> Path | None:
        self.said.append(title)
        return self._path()

    def folder_to_write(self, title: str) -> Path | None:
        self.said.append(title)
        return self._path()

    def print_with_preview(self, title: str, paint: Callable[[QPagedPaintDevice], object]) -> None:
        self.said.append(title)
        sheets = QBuffer()
        sheets.open(QBuffer.OpenModeFlag.WriteOnly)
        printer = QPdfWriter(sheets)
        paint(printer)
        del printer
        self.printed = bytes(sheets.data())  # type: ignore[arg-type]

    def choose(
        self, title: str, words: str, answers: Sequence[str], *, default: int = 0, refuse: int = -1
    ) -> int:
        self.said += [title, words]
        self.by_enter = answers[default]
        answer = self._next()
        assert answer in answers, f"{answer!r} is none of {list(answers)}"
        return list(answers).index(str(answer))

    def tell_error(self, title: str, happened: str, what_to_do: str = "") -> None:
        self.said += [title, happened, what_to_do]

    def _path(self) -> Path | None:
        answer = self._next()
        assert answer is None or isinstance(answer, Path)
        return answer

    def _next(self) -> str | Path | None:
        assert self.answers, f"nobody expected this dialog: {self.said}"
        return self.answers.pop(0)
