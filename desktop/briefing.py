"""Writes panes and briefings to files, where there is no display or none is wanted."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler

from desktop.app import build_workspace, new_application, tabs_of
from desktop.cli import PANES, Export
from desktop.export import sea
from desktop.export.briefing import write_briefing, write_pane, write_whole
from desktop.export.hand_out import FORMATS
from desktop.export.hand_out import write as write_slides
from desktop.export.handout import SHAPES, Handout, Wanted
from desktop.export.pages import Heading, Page
from desktop.figures.sea_marks import DEFAULT_LAYERS, SEA_LAYERS, SeaLayer
from desktop.files.basemap import BasemapError
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.model.records import AudienceId, BriefingId
from desktop.services.language import marking_words, tr, tr_count
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


def export(asked: Export) -> int:
    """Write one pane as it was asked for on the command line and return the exit code.

    0 when all is written; 1 when it is, but records with errors are left out; 2 when the file is
    refused, has no such audience or layer, or the folder cannot be written. The error stream says
    why.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_on_qt_message)
    application = new_application()
    with tempfile.TemporaryDirectory() as preferences:
        settings = Settings(Path(preferences) / "charthouse.ini")
        settings.theme = "light"
        settings.audience = asked.audience or ""
        workspace = build_workspace(application, settings)
        try:
            workspace.file = FactsFile.open(asked.file)
            workspace.store.open(workspace.file.reading.dossier)
            wrong = _what_is_wrong(workspace, asked)
            if wrong:
                print(wrong, file=sys.stderr)
                return 2
            write = _write_pane if asked.pane else _write_slides
            written = (_write_sea if asked.pane == "sea" else write)(workspace, asked)
        except FactsError as refused:
            print(problem_line(refused.problem), file=sys.stderr)
            return 2
        except sea.OffTheMap as off:
            words = tr("--window lies off the map, which reaches from {west} to {east}.")
            print(words.format(west=off.west, east=off.east), file=sys.stderr)
            return 2
        except BasemapError as error:
            words = tr("{file} is missing or damaged. Installing Charthouse again brings it back.")
            print(words.format(file=error.path), file=sys.stderr)
            return 2
        except OSError as error:
            words = tr("{folder} cannot be written: {reason}. Make room there, or choose another.")
            reason = error.strerror or error
            print(words.format(folder=asked.folder, reason=reason), file=sys.stderr)
            return 2
    for path in written:
        print(path)
    left_out = len(workspace.file.reading.dossier.left_out)
    if left_out:
        print(_left_out_words(asked.file, left_out), file=sys.stderr)
    return 1 if left_out else 0


def _write_sea(workspace: Workspace, asked: Export) -> list[Path]:
    speak = workspace.locale(workspace.store.dossier)
    kind = next(each for each in sea.KINDS if each == asked.kind)
    part = sea.Part(asked.since, asked.until, asked.window)
    data = sea.to_bytes(speak, kind, QSize(*asked.size), _layers(asked), part)
    return [write_whole(asked.folder / f"sea.{kind}", data)]


def _write_pane(workspace: Workspace, asked: Export) -> list[Path]:
    tab = next(tab for tab in tabs_of(workspace) if tab.id == asked.pane)
    pane = tab.make(workspace)
    page = Page(tab.title(), pane, pane.page)
    heading = _heading(workspace, asked.file)
    return write_pane(page, heading, asked.kind, tab.id, asked.folder)


def _write_slides(workspace: Workspace, asked: Export) -> list[Path]:
    dossier = workspace.store.dossier
    briefing = dossier.briefings[BriefingId(asked.briefing or next(iter(dossier.briefings)))]
    if asked.audience is not None:
        briefing = msgspec.structs.replace(briefing, audience=AudienceId(asked.audience))
        dossier = dossier.with_record(briefing)
    wanted = Wanted(
        grades="grades" in asked.extras,
        notes="notes" in asked.extras,
        backups="backups" in asked.extras,
        if_asked="if-asked" in asked.extras,
    )
    handout = Handout(dossier, briefing, wanted, SHAPES[asked.paper])
    kind = next(each for each in FORMATS if each == asked.kind)
    steps = write_slides(handout, kind, asked.folder, QSize(*asked.size))
    return [step.written for step in steps if step.written is not None]


def _layers(asked: Export) -> frozenset[SeaLayer]:
    if asked.layers == ("all",):
        return frozenset(SEA_LAYERS)
    return frozenset(each for each in SEA_LAYERS if each in asked.layers) or DEFAULT_LAYERS


def _what_is_wrong(workspace: Workspace, asked: Export) -> str:
    """What of the file or the map was asked for that there is not; empty where all is there."""
    known = workspace.store.dossier.audiences
    if asked.audience is not None and asked.audience not in known:
        return tr("There is no audience “{id}” in {file}; it has {known}.").format(
            id=asked.audience, file=asked.file, known=", ".join(known) or tr("none")
        )
    if asked.pane is None:
        briefings = workspace.store.dossier.briefings
        if not briefings:
            return tr("{file} has no briefing to hand out.").format(file=asked.file)
        if asked.briefing is not None and asked.briefing not in briefings:
            return tr("There is no briefing “{id}” in {file}; it has {known}.").format(
                id=asked.briefing, file=asked.file, known=", ".join(briefings)
            )
    strange = [each for each in asked.layers if each not in (*SEA_LAYERS, "all")]
    if strange:
        return tr("There is no layer “{name}”; the map has {known}.").format(
            name=strange[0], known=", ".join(SEA_LAYERS)
        )
    return ""


def _left_out_words(path: Path, count: int) -> str:
    words = tr_count(
        "{count} record holds errors and is left out.",
        "{count} records hold errors and are left out.",
        count,
    )
    return f"{words} {tr('“charthouse check {file}” lists them.').format(file=path)}"


def _on_qt_message(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    # Windows that nobody sees have no size hints to hand on; Qt says so for each.
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def _pages(workspace: Workspace) -> list[Page]:
    pages = []
    for tab in tabs_of(workspace):
        if tab.id not in PANES:
            # Briefings are handed out slide by slide, not as the controls that put them in order.
            continue
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
        marking=marking_words(about),
        title=speak.text(about.title),
        as_of=tr("As of {date}").format(date=speak.date(about.as_of)),
        file_name=path.name,
    )


def _tell(fraction: float, what: str) -> None:
    print(f"{fraction:4.0%}  {what}")


def _why_not_written(folder: Path, error: OSError) -> str:
    words = tr("{folder} cannot be written: {reason}. Make room there, or run from another folder.")
    return words.format(folder=folder, reason=error.strerror or error)
