"""Writes every pane to files, where there is no display to show a window on."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.app import build_workspace, new_application, tabs_of
from desktop.export.briefing import write_briefing
from desktop.export.pages import Heading, Page
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.services.language import tr, tr_count
from desktop.services.problem_words import problem_line
from desktop.services.settings import Settings
from desktop.workspace import Workspace


def write(path: Path, folder: Path) -> int:
    """Write ``briefing.pdf`` and its sheets as PNG into ``folder`` and return the exit code.

    0 when all is written; 2 when the facts file is refused or the folder cannot be written, which
    the error stream tells. Nothing is read from or kept in this person's preferences.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_on_qt_message)
    application = new_application()
    print(tr("There is no display: writing every pane to {folder} instead.").format(folder=folder))
    with tempfile.TemporaryDirectory() as preferences:
        settings = Settings(Path(preferences) / "charthouse.ini")
        settings.theme = "light"
        workspace = build_workspace(application, settings)
        try:
            workspace.file = FactsFile.open(path)
            workspace.store.open(workspace.file.reading.dossier)
            _clear(folder)
            written = write_briefing(_pages(workspace), _heading(workspace, path), folder, _tell)
        except FactsError as refused:
            print(problem_line(refused.problem), file=sys.stderr)
            return 2
        except OSError as error:
            print(_why_not_written(folder, error), file=sys.stderr)
            return 2
    print(tr_count("Wrote {count} file.", "Wrote {count} files.", len(written)))
    return 0


def _on_qt_message(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    # Windows that nobody sees have no size hints to hand on; Qt says so for each.
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def _pages(workspace: Workspace) -> list[Page]:
    pages = []
    for tab in tabs_of(workspace):
        pane = tab.make(workspace)
        pages.append(Page(tab.title(), pane, pane.page))
    return pages


def _clear(folder: Path) -> None:
    """Take away the sheets of an earlier run, of which there may have been more."""
    for sheet in folder.glob("[0-9][0-9]*-*.png"):
        sheet.unlink()


def _heading(workspace: Workspace, path: Path) -> Heading:
    about = workspace.store.dossier.about
    speak = workspace.locale(workspace.store.dossier)
    return Heading(
        marking=about.marking or tr("NOT MARKED"),
        title=speak.text(about.title),
        as_of=tr("As of {date}").format(date=speak.date(about.as_of)),
        file_name=path.name,
    )


def _tell(fraction: float, what: str) -> None:
    print(f"{fraction:4.0%}  {what}")


def _why_not_written(folder: Path, error: OSError) -> str:
    words = tr("{folder} cannot be written: {reason}. Make room there, or run from another folder.")
    return words.format(folder=folder, reason=error.strerror or error)
