"""Writes the work into its file, or into another one, and keeps a copy of every saved state."""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile, is_large
from desktop.files.loader import FactsError
from desktop.files.saving import MovedOn, SavingRefused, Stamp, write_atomically
from desktop.model.problems import Problem
from desktop.services.language import tr
from desktop.services.problem_words import problem_words

if TYPE_CHECKING:
    from desktop.files.backups import Backup, Backups
    from desktop.keeping.open_file import OpenFile
    from desktop.services.jobs import Progress

_ATTEMPTS: Final = 5
FACTS_FILES: Final = "Facts files (*.yaml *.yml *.facts);;All files (*)"


class Writing(QObject):
    """Saves; whatever stands against it is said, and the work stays in the window."""

    def __init__(self, open_file: OpenFile) -> None:
        super().__init__(open_file)
        self._open_file = open_file
        self._workspace = open_file.workspace

    @cached_property
    def _kept(self) -> Backups:
        from desktop.files.backups import Backups

        return Backups(self._open_file.state / "backups")

    def save(self) -> bool:
        """Write the work into its file; whether all of it stands there now.

        What came to disk meanwhile is brought together with it first.
        """
        file, store = self._workspace.file, self._workspace.store
        if file is None:
            return False
        if store.is_saved() and file.path.exists():
            return True
        if store.locked is not None:
            self.say_not_saved(store.locked)
            return False
        for _ in range(_ATTEMPTS):
            expected = _stamp(file.path)
            if not self._open_file.meeting.catch_up():
                return False
            if store.is_saved() and expected is not None:
                return True
            try:
                self._write(file.path, expected)
            except MovedOn:
                continue
            except SavingRefused as refused:
                self.say_not_saved(refused.problem)
                return False
            return True
        self.say_not_saved(Problem("restless", "error", file=str(file.path)))
        return False

    def save_as(self) -> bool:
        """Write the work into another file and go on with that one; whether it stands there."""
        file = self._workspace.file
        if file is None:
            return False
        title = tr("Save the facts as")
        path = self._workspace.prompts.place_to_save(title, tr(FACTS_FILES), file.path)
        if path is None:
            return False
        if os.path.realpath(path) == os.path.realpath(file.path):
            return self.save()
        if self._open_file.claiming.is_elsewhere(path):
            self.say_not_saved(Problem("open-elsewhere", "error", file=str(path)))
            return False
        try:
            self._write(path, None)
        except SavingRefused as refused:
            self.say_not_saved(refused.problem)
            return False
        self._open_file.go_over(file.path, path)
        return True

    def restore(self, file: FactsFile) -> None:
        """Put a state kept earlier in place of the work, as one step that can be taken back."""
        from desktop.model.changes import Batch

        store = self._workspace.store
        if store.locked is not None:
            self.say_not_saved(store.locked)
            return
        change = Batch((), "restore")
        store.replace(file.reading.dossier, Draft.of(file), saved=False, change=change)

    def backups(self) -> tuple[Backup, ...]:
        """The saved states kept of the open file, the latest first."""
        file = self._workspace.file
        return self._kept.of(file.path) if file else ()

    def say_not_saved(self, problem: Problem) -> None:
        words = problem_words(problem)
        self._open_file.window.notice.say(
            tr("Not saved"),
            tr("{happened}. Your work is still in this window.").format(
                happened=words[:1].upper() + words[1:]
            ),
            offers=[(tr("Save as…"), self.save_as), (tr("Try again"), self.save)],
        )

    def _write(self, path: Path, expected: Stamp | None) -> None:
        from desktop.files.reader import read

        store, before = self._workspace.store, self._workspace.file
        assert before is not None
        assert store.draft is not None
        data = self._open_file.journaling.bytes_of(store.draft)
        try:
            reading = before.reading if is_large(before.path) else read(data, str(path))
        except FactsError as error:
            problem = Problem("would-not-be-read", "error", file=str(path))
            raise SavingRefused(problem) from error
        note = partial(self._open_file.journal.note_saving, path, typed=store.unsettled)
        stamp = write_atomically(path, data, expected, note)
        self._open_file.settle()
        file = FactsFile(path, stamp, data, reading)
        self._workspace.file = file
        store.mark_saved()
        states = (before.data, data) if before.path == path else (data,)
        QTimer.singleShot(0, self, partial(self._look_after, file, states))
        self._open_file.hush()
        if before.path != path:
            self._open_file.changed.emit()

    def _look_after(self, file: FactsFile, states: tuple[bytes, ...]) -> None:
        """What nobody who saves waits for: copies of the states, and a second look at the file."""
        self._workspace.jobs.run(
            _keep_states,
            self._kept,
            file.path,
            states,
            on_done=self._on_states_kept,
            on_error=self._on_backup_failed,
        )
        if is_large(file.path):
            self._workspace.jobs.run(
                _read_again, file, on_done=self._on_read_again, on_error=self._on_read_again_failed
            )

    def _on_states_kept(self, _nothing: None) -> None:
        pass

    def _on_backup_failed(self, error: Exception) -> None:
        self._open_file.window.notice.say(
            tr("Saved, not kept twice"),
            tr("The file is saved; a copy of this state could not be kept: {why}.").format(
                why=failure_words(error)
            ),
            tone="stale",
        )

    def _on_read_again(self, file: FactsFile) -> None:
        """What a large file that was just saved says by now, with the lines of its problems."""
        now = self._workspace.file
        if now is not None and now.path == file.path and now.data == file.data:
            self._workspace.file = file
            self._open_file.changed.emit()

    def _on_read_again_failed(self, error: Exception) -> None:
        # Somebody has written it since, and the watch says what.
        if not isinstance(error, FactsError):
            raise error


def failure_words(error: Exception) -> str:
    """Why something could not be kept, in words."""
    if isinstance(error, SavingRefused):
        return problem_words(error.problem)
    return str(getattr(error, "strerror", None) or error)


def _keep_states(_progress: Progress, kept: Backups, path: Path, states: tuple[bytes, ...]) -> None:
    for data in states:
        kept.keep(path, data)


def _read_again(progress: Progress, file: FactsFile) -> FactsFile:
    return FactsFile.open(file.path, None, progress.is_cancelled)


def _stamp(path: Path) -> Stamp | None:
    try:
        return Stamp.of(path.stat())
    except OSError:
        return None
