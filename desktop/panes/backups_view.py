"""The states in which the file was saved lately: when, what each brought, and a way back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.files.backups import Backup
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.model.dates import EdtfDate
from desktop.model.differences import differences
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId
from desktop.services.difference_words import difference_words
from desktop.services.jobs import Progress
from desktop.services.language import Locale, tr, tr_count
from desktop.services.theme import SMALL_PX
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_MOST_TOLD: Final = 3


class BackupsView(QWidget):
    """The latest state first; what each brought is worked out beside the work.

    ``chosen`` carries the Backup that is to be looked at.
    """

    chosen = Signal(object)

    def __init__(
        self, workspace: Workspace, backups: Sequence[Backup], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._backups = tuple(backups)
        self._told: tuple[str, ...] = ()
        self.rows = LazyList()
        intro = Text(_intro(len(self._backups)), "caption", wrap=True)
        intro.setContentsMargins(BLEED_PX, 0, BLEED_PX, SMALL_PX)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, SMALL_PX, SMALL_PX)
        inner.addWidget(intro)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroll(content))
        self._show_rows()
        if self._backups:
            speak = workspace.locale(workspace.store.dossier)
            paths = tuple(backup.path for backup in self._backups)
            workspace.jobs.run(
                _tell, (paths, speak.audience), on_done=self._on_told, on_error=_raise
            )

    def words(self) -> list[str]:
        """What the rows say, one after the other."""
        rows = [self.rows.row(place) for place in range(len(self._backups))]
        return [row.accessibleName() for row in rows if row is not None]

    def _show_rows(self) -> None:
        self.rows.set_rows(range(len(self._backups)), self._new_row, self._fill_row)

    def _new_row(self) -> _BackupRow:
        row = _BackupRow()
        row.activated.connect(self._on_row_activated)
        return row

    def _fill_row(self, row: _BackupRow, place: int) -> None:
        row.key = place
        speak = self._workspace.locale(self._workspace.store.dossier)
        backup = self._backups[place]
        told = self._told[place] if place < len(self._told) else tr("Being compared…")
        row.show_words(when_words(speak, backup.when, self._workspace.today()), told)

    def _on_row_activated(self, place: object) -> None:
        self.chosen.emit(self._backups[int(str(place))])

    def _on_told(self, told: tuple[str, ...]) -> None:
        self._told = told
        self._show_rows()


class _BackupRow(Row):
    def __init__(self) -> None:
        super().__init__()
        self._when = Text(role="label")
        self._words = Text(role="caption", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self._when)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._words)

    def show_words(self, when: str, told: str) -> None:
        self._when.setText(when)
        self._words.setText(told)
        self.set_name(f"{when}. {told}")


def when_words(speak: Locale, when: datetime.datetime, today: datetime.date) -> str:
    """A moment as people say it: "today, 09:14", "8 May 2025, 17:30"."""
    time = f"{when:%H:%M}"
    if when.date() == today:
        return tr("today, {time}").format(time=time)
    return f"{speak.date(EdtfDate.of_day(when.date()))}, {time}"


def _intro(count: int) -> str:
    if not count:
        return tr("No state of this file has been kept yet: the first is, when it is saved here.")
    return tr("Each time the file is saved here its state is kept. Choose one to look at it.")


def _tell(progress: Progress, asked: tuple[tuple[Path, ...], AudienceId | None]) -> tuple[str, ...]:
    """What each state brought beyond the one before it, the latest first; reads every file once."""
    paths, audience = asked
    told: list[str] = []
    later: Dossier | None = None
    was_read = True
    for place, path in enumerate(paths):
        if progress.is_cancelled():
            return ()
        progress.report(place / len(paths))
        try:
            dossier: Dossier | None = FactsFile.open(path).reading.dossier
        except FactsError:
            dossier = None
        if place:
            told.append(_brought(dossier, later, audience) if was_read else _unreadable())
        later, was_read = dossier, dossier is not None
    told.append(tr("The first that is kept.") if was_read else _unreadable())
    return tuple(told)


def _brought(before: Dossier | None, after: Dossier | None, audience: AudienceId | None) -> str:
    if before is None or after is None:
        return tr("The one before it cannot be read.")
    found = differences(before, after)
    if not found:
        return tr("Only the text changed, not what it says.")
    speak = Locale(before, audience), Locale(after, audience)
    said = [difference_words(*speak, each) for each in found[:_MOST_TOLD]]
    more = len(found) - len(said)
    rest = tr_count("and {count} more", "and {count} more", more) if more else ""
    return " ".join(filter(None, (*said, rest)))


def _unreadable() -> str:
    return tr("This state cannot be read.")


def _raise(error: Exception) -> None:
    raise error
