"""The file that is open in the window: read, saved, watched, and never lost."""

from __future__ import annotations

import os
import time
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile, is_large
from desktop.files.loader import FactsError
from desktop.model.dossier import Ref
from desktop.model.records import SECTIONS, Fact
from desktop.services import paths
from desktop.services.language import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.files.backups import Backup
    from desktop.files.journal import Journal
    from desktop.keeping.claiming import Claiming
    from desktop.keeping.journaling import Journaling
    from desktop.keeping.meeting import Meeting
    from desktop.keeping.recovery import Recovery
    from desktop.keeping.writing import Writing
    from desktop.model.dossier import Dossier
    from desktop.model.unsettled import Unsettled
    from desktop.services.jobs import Job, Progress
    from desktop.services.watch import Watch
    from desktop.window import Window
    from desktop.workspace import Workspace

_SETTLE_MS: Final = 600


class Form(Protocol):
    """Where records are typed, as far as the file that is open has to do with it."""

    def may_leave(self) -> bool: ...

    def forget(self) -> None: ...

    def bring_back(self, typed: Sequence[Unsettled]) -> None: ...


class OpenFile(QObject):
    """Reads a file into the store and writes the store's work back into it.

    What guards the work (the claim, the watch, the journal) is set up shortly after a file has
    come into view, so that nobody waits for it. ``state`` is the folder for what is kept besides
    the file; without it, this person's own.
    """

    changed = Signal()
    """Another file, or another state of it, is open now."""

    def __init__(self, workspace: Workspace, parent: QObject, state: Path | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.show_problems: Callable[[], object] = lambda: None
        self.form: Form | None = None
        self._given_state = state
        self._session = f"{os.getpid()}-{time.time_ns():x}"
        self._is_guarded = False
        self._is_seen = False
        self._given_up: Dossier | None = None
        self._typed_given_up: tuple[Unsettled, ...] = ()
        self._soon = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._soon.timeout.connect(self.guard)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)

    def attach(self, window: Window) -> None:
        """Speak to the person in this window from now on, and be asked before it closes."""
        self.window = window
        window.may_close = self.leave
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # Nothing of the guards is loaded before there is something to see.
            watched.removeEventFilter(self)
            self._is_seen = True
            self._soon.start()
        return False

    # What is kept besides the file

    @cached_property
    def state(self) -> Path:
        return self._given_state or paths.state()

    @cached_property
    def journal(self) -> Journal:
        from desktop.files.journal import Journal

        return Journal(self.state / "unsaved", self._session)

    @cached_property
    def journaling(self) -> Journaling:
        from desktop.keeping.journaling import Journaling

        journaling = Journaling(self.workspace, self.journal, self)
        journaling.failed.connect(self._on_journaling_failed)
        return journaling

    @cached_property
    def claiming(self) -> Claiming:
        from desktop.keeping.claiming import Claiming

        claiming = Claiming(self)
        claiming.granted.connect(self._on_claiming_granted)
        return claiming

    @cached_property
    def writing(self) -> Writing:
        from desktop.keeping.writing import Writing

        return Writing(self)

    @cached_property
    def recovery(self) -> Recovery:
        from desktop.keeping.recovery import Recovery

        return Recovery(self)

    @cached_property
    def meeting(self) -> Meeting:
        from desktop.keeping.meeting import Meeting

        return Meeting(self)

    @cached_property
    def _watch(self) -> Watch:
        from desktop.services.watch import Watch

        watch = Watch(self)
        watch.moved.connect(self._on_watch_moved)
        return watch

    # Opening

    def start(self, path: Path) -> FactsError | None:
        """Read a file before there is a window, if that is quick; the error if it is refused."""
        if is_large(path):
            return None
        try:
            self._keep(FactsFile.open(path))
        except FactsError as refused:
            return refused
        return None

    def open(self, path: Path) -> None:
        """Open a file, asking first what becomes of unsaved work, and of what is typed."""
        if self._may_leave_form(path) and self.may_leave():
            self._typed_given_up = self.workspace.store.unsettled
            self.read(path)

    def reload(self) -> None:
        """Bring in what stands on disk by now; unsaved work stays."""
        file = self.workspace.file
        if file is None:
            return
        if self.workspace.store.is_saved():
            self.read(file.path)
        else:
            self.meeting.look()

    def revert(self) -> None:
        """Go back to what stands on disk, if they really want to lose their work."""
        file, store = self.workspace.file, self.workspace.store
        if file is None or store.is_saved():
            return
        words = tr("All changes since {name} was last saved are lost, and cannot be brought back.")
        answers = [tr("Give up the changes"), tr("Keep them")]
        question = words.format(name=file.path.name)
        prompts = self.workspace.prompts
        if prompts.choose(tr("Give up the changes?"), question, answers, default=-1) == 0:
            self._given_up = store.dossier
            self.read(file.path)

    def read(self, path: Path) -> None:
        """Read a file into the window; a large one beside the work, and it can be called off."""
        if not is_large(path):
            try:
                self.show(FactsFile.open(path))
            except FactsError as refused:
                self.say_refused(path, refused)
            return
        job = self.workspace.jobs.run(
            _read,
            path,
            on_done=self.show,
            on_error=partial(self._on_read_failed, path),
            on_progress=partial(self._on_read_progress, path),
        )
        self.window.notice.say(
            tr("Reading"),
            path.name,
            icon="clock",
            tone="muted",
            offers=[(tr("Cancel"), partial(self._call_off, job))],
        )

    def show(self, file: FactsFile) -> None:
        """Put a file that has been read into the window, in place of what was there."""
        store = self.workspace.store
        # While a large file was read, they may have gone on with what they had given up.
        if store.unsettled != self._typed_given_up and not self._may_leave_form(file.path):
            return
        if not store.is_saved() and store.dossier is not self._given_up and not self.may_leave():
            return
        self._keep(file)
        self.hush()
        self.changed.emit()
        self.greet()

    def _keep(self, file: FactsFile) -> None:
        workspace = self.workspace
        is_other = workspace.file is None or workspace.file.path != file.path
        if is_other:
            if self.form is not None:
                self.form.forget()
            if workspace.file is not None and self._is_guarded:
                self.journaling.forget(workspace.file.path)
            self._let_go()
        workspace.file = file
        workspace.store.open(file.reading.dossier, Draft.of(file))
        workspace.settings.remember_file(file.path.absolute())
        ref = workspace.selection.ref or _remembered(workspace.settings.selection)
        if ref is not None and file.reading.dossier.find(ref) is not None:
            workspace.selection.select(ref.id, ref.kind)
        else:
            workspace.selection.clear()
        if is_other and self._is_seen:
            self._soon.start()
        elif self._is_guarded:
            self._watch.settle()

    def hush(self) -> None:
        """Take down what was said, but for an offer that nobody has answered."""
        self.window.notice.hide()
        if self.workspace.store.locked is not None:
            self.claiming.offer()
        elif self.has_unsaved():
            self.recovery.offer()

    def greet(self) -> None:
        """Say what a reader of this file should know first."""
        file = self.workspace.file
        left_out = len(file.reading.dossier.left_out) if file else 0
        if left_out:
            self.window.notice.say(
                tr_count("{count} record left out", "{count} records left out", left_out),
                tr("They hold errors and are not shown; nothing of them is lost in the file."),
                offers=[(tr("Show problems"), self.show_problems)],
            )

    def say_refused(self, path: Path, error: FactsError) -> None:
        from desktop.services.problem_words import problem_line

        stays = tr("What was open stays.") if self.workspace.file else ""
        self.window.notice.say(
            tr("Not opened"),
            f"{problem_line(error.problem)}. {stays}".strip(),
            offers=[
                (tr("Try again"), partial(self.open, path)),
                *self.recovery.offer_as_file(path),
            ],
        )
        self.changed.emit()

    # Guarding

    def guard(self) -> None:
        """Claim the open file, watch it, keep a journal of it, and look for unsaved work."""
        self._soon.stop()
        file = self.workspace.file
        if file is None or self._is_guarded:
            return
        from desktop.files.saving import obstacles, sweep
        from desktop.services.problem_words import problem_words

        self._is_guarded = True
        sweep(Path(os.path.realpath(file.path)).parent)
        self._watch.watch(file.path)
        self.journaling.stir()
        if not self.claiming.take(file.path):
            return
        in_the_way = () if _is_shipped(file.path) else obstacles(file.path)
        for problem in in_the_way:
            words = problem_words(problem)
            self.window.notice.say(
                tr("Before you edit"), f"{words[:1].upper()}{words[1:]}.", tone="stale"
            )
        if file.has_moved():
            self._on_watch_moved()
        self.recovery.look()

    def _let_go(self) -> None:
        """No longer guard the file that was open."""
        self._soon.stop()
        if self._is_guarded:
            self._is_guarded = False
            self._watch.stop()
            self.claiming.release()

    def go_over(self, old: Path, new: Path) -> None:
        """Go on with another file, into which the work was saved."""
        self.journaling.forget(old)
        self._let_go()
        self.workspace.settings.remember_file(new.absolute())
        self._soon.start()

    def settle(self) -> None:
        """What stands on disk now is what we wrote ourselves."""
        if self._is_guarded:
            self._watch.settle()

    # Saving

    def save(self) -> bool:
        return self.writing.save()

    def save_as(self) -> bool:
        return self.writing.save_as()

    def restore(self, file: FactsFile) -> None:
        self.writing.restore(file)

    def backups(self) -> tuple[Backup, ...]:
        return self.writing.backups()

    def edit_outside(self) -> None:
        """Open the file in the system's editor, at the line of the record in view."""
        file, store = self.workspace.file, self.workspace.store
        ref, draft = self.workspace.selection.ref, store.saved_draft
        if file is not None:
            line = draft.line_of(ref) if ref is not None and draft is not None else 0
            self.workspace.links.open_file(file.path, line)

    def has_unsaved(self) -> bool:
        """Whether work of an earlier run waits for somebody to say what becomes of it."""
        return self._is_guarded and self.recovery.has_offers

    def show_unsaved(self) -> None:
        self.recovery.offer()

    # Leaving

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved work; False where they would rather stay."""
        file, store = self.workspace.file, self.workspace.store
        if file is None or store.is_saved():
            return True
        can_save = store.locked is None
        save = tr("Save") if can_save else tr("Save as…")
        words = tr("{name} holds changes that are not saved.").format(name=file.path.name)
        answers = [save, tr("Discard"), tr("Cancel")]
        chosen = self.workspace.prompts.choose(tr("Save the changes?"), words, answers)
        if chosen == 0:
            return self.save() if can_save else self.save_as()
        if chosen == 1:
            self._given_up = store.dossier
        return chosen == 1

    def _may_leave_form(self, path: Path) -> bool:
        """Ask what becomes of what is typed, where another file is to take the place of this."""
        file, form = self.workspace.file, self.form
        return file is None or file.path == path or form is None or form.may_leave()

    def leave(self) -> bool:
        """The window is closing: ask, and let go of the file; False keeps the window."""
        if not self.may_leave():
            return False
        if self.workspace.file is not None and self._is_guarded:
            self.journaling.forget(self.workspace.file.path)
        self._let_go()
        return True

    # What is said

    def _on_journaling_failed(self, error: Exception) -> None:
        from desktop.keeping.writing import failure_words

        self.window.notice.say(
            tr("Not protected"),
            tr("Unsaved work cannot be kept against a crash: {why}. Save often.").format(
                why=failure_words(error)
            ),
        )

    def _on_claiming_granted(self) -> None:
        """Another window has handed the file over, with what it had not saved."""
        file = self.workspace.file
        if file is not None and file.has_moved():
            self.meeting.look()
        self.recovery.look()

    def _call_off(self, job: Job) -> None:
        job.cancel()
        self.window.notice.hide()

    def _on_read_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, FactsError):
            self.say_refused(path, error)
        else:
            raise error

    def _on_read_progress(self, path: Path, fraction: float) -> None:
        self.window.notice.set_words(f"{path.name}, {fraction:.0%}")

    def _on_watch_moved(self) -> None:
        self.meeting.look()

    def _on_store_undo_changed(self) -> None:
        if not self._is_guarded and not self.workspace.store.is_saved():
            self.guard()


def _read(progress: Progress, path: Path) -> FactsFile:
    return FactsFile.open(path, progress.report, progress.is_cancelled)


def _is_shipped(path: Path) -> bool:
    return path.parent == paths.data()


def _remembered(text: str) -> Ref | None:
    section, _, record_id = text.partition("/")
    kind = SECTIONS.get(section, Fact)
    return Ref(kind, record_id) if record_id else None
