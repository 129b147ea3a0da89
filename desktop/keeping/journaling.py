"""Keeps what is not saved yet, so that a crash or a power cut takes a second of work at most."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.files.draft import Draft
    from desktop.files.journal import Journal
    from desktop.model.dossier import ChangeSet
    from desktop.services.jobs import Job, Progress
    from desktop.workspace import Workspace

_SOON_MS: Final = 300


class Journaling(QObject):
    """Writes the store's unsaved work to the journal soon after each edit, beside the work.

    ``failed`` carries the error, once for each run of failures.
    """

    failed = Signal(object)

    def __init__(self, workspace: Workspace, journal: Journal, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._journal = journal
        self._job: Job | None = None
        self._is_behind = False
        self._is_held = False
        self._has_failed = False
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._write)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)

    def flush(self) -> None:
        """Write now and wait for it, as before the work goes over to another window."""
        work = self._work()
        if work is not None:
            self._soon.stop()
            self._call_off()
            self._journal.keep(*_as_bytes(*work))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let what is kept stand while the store goes through states that are nobody's work."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            self.stir()

    def forget(self, file: Path) -> None:
        """What this window had not saved of a file is saved by now, or given up."""
        self._soon.stop()
        self._call_off()
        self._journal.discard(file)

    def _work(self) -> tuple[Path, Draft, Draft] | None:
        file, store = self._workspace.file, self._workspace.store
        if file is None or store.is_saved() or store.draft is None or store.saved_draft is None:
            return None
        return file.path, store.saved_draft, store.draft

    def _write(self) -> None:
        work = self._work()
        if work is None:
            return
        if self._job is not None:
            self._is_behind = True
            return
        self._job = self._workspace.jobs.run(
            _keep, self._journal, work, on_done=self._on_kept, on_error=self._on_failed
        )
        if not self._job.is_running:
            self._job = None

    def _call_off(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._is_behind = False

    def _on_kept(self, _nothing: None) -> None:
        self._has_failed = False
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._job = None
        if self._is_behind:
            self._is_behind = False
            self._soon.start()

    def stir(self) -> None:
        """Go by what the store holds now: keep it soon, or forget what is saved."""
        file = self._workspace.file
        if file is None or self._is_held:
            return
        if self._workspace.store.is_saved():
            self.forget(file.path)
        elif not self._soon.isActive():
            # Not put off by the next edit: the first of many is a second old at most.
            self._soon.start()

    def _on_store_changed(self, _changes: ChangeSet) -> None:
        self.stir()

    def _on_store_undo_changed(self) -> None:
        self.stir()


def _keep(progress: Progress, journal: Journal, work: tuple[Path, Draft, Draft]) -> None:
    data = _as_bytes(*work)
    if not progress.is_cancelled():
        journal.keep(*data)


def _as_bytes(path: Path, base: Draft, ours: Draft) -> tuple[Path, bytes, bytes]:
    return path, base.to_bytes(), ours.to_bytes()
