"""Keeps what is not saved yet, so that a crash or a power cut takes a second of work at most."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.files.draft import Draft
    from desktop.files.journal import Journal
    from desktop.model.dossier import ChangeSet
    from desktop.model.unsettled import Unsettled
    from desktop.services.jobs import Job, Progress
    from desktop.workspace import Workspace

_SOON_MS: Final = 300


class _Work(NamedTuple):
    """What a file held when it was read or written, and what has been made of it here.

    ``typed`` is in neither.
    """

    file: Path
    base: bytes
    ours: Draft
    typed: tuple[Unsettled, ...]


class Journaling(QObject):
    """Writes the store's unsaved work to the journal soon after each edit, beside the work.

    What is typed and not entered yet goes with it.

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
        self._last: tuple[Draft, bytes] | None = None
        self._has_failed = False
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._write)
        self._tidying = QTimer(self, interval=0, singleShot=True)
        self._tidying.timeout.connect(self._on_tidying_timeout)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self.stir)
        workspace.store.unsettled_changed.connect(self.stir)

    def flush(self) -> None:
        """Write now and wait for it, as before the work goes over to another window."""
        work = self._work()
        if work is not None:
            self._soon.stop()
            self._call_off()
            self._journal.keep(work.file, work.base, self.bytes_of(work.ours), work.typed)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let what is kept stand while the store goes through states that are nobody's work."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            self.stir()

    def bytes_of(self, draft: Draft) -> bytes:
        """A draft as bytes: mostly those that went to the journal a moment ago."""
        kept = self._last
        return kept[1] if kept is not None and kept[0] is draft else draft.to_bytes()

    def forget(self, file: Path) -> None:
        """What this window had not saved of a file is saved by now, or given up."""
        self._soon.stop()
        self._call_off()
        self._last = None
        self._journal.discard(file)

    def _work(self) -> _Work | None:
        file, store = self._workspace.file, self._workspace.store
        if file is None or store.draft is None or not self._is_unsaved():
            return None
        if store.locked is not None:
            # Another window has the file, with what was kept here; kept again, it came back twice.
            return None
        return _Work(file.path, file.data, store.draft, store.unsettled)

    def _is_unsaved(self) -> bool:
        store = self._workspace.store
        return not store.is_saved() or bool(store.unsettled)

    def _write(self) -> None:
        work = self._work()
        if work is None:
            return
        if self._job is not None:
            self._is_behind = True
            return
        self._job = self._workspace.jobs.run(
            _keep,
            self._journal,
            work,
            self._last,
            on_done=self._on_kept,
            on_error=self._on_failed,
        )
        if not self._job.is_running:
            self._job = None

    def _call_off(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._is_behind = False

    def _on_kept(self, kept: tuple[Draft, bytes]) -> None:
        self._last = kept
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
        if not self._is_unsaved():
            self._soon.stop()
            self._call_off()
            # Nobody who saves waits for it: an entry that stands in the file is never offered.
            self._tidying.start()
        elif not self._soon.isActive():
            # Not put off by the next edit: the first of many is a second old at most.
            self._soon.start()

    def _on_tidying_timeout(self) -> None:
        file = self._workspace.file
        if file is not None and not self._is_unsaved():
            self.forget(file.path)

    def _on_store_changed(self, _changes: ChangeSet) -> None:
        self.stir()


def _keep(
    progress: Progress, journal: Journal, work: _Work, last: tuple[Draft, bytes] | None
) -> tuple[Draft, bytes]:
    data = last[1] if last is not None and last[0] is work.ours else work.ours.to_bytes()

    def is_wanted() -> bool:
        return not progress.is_cancelled()

    if is_wanted():
        journal.keep(work.file, work.base, data, work.typed, is_wanted)
    return work.ours, data
