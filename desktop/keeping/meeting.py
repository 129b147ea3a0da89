"""What others write into the open file meets what is edited here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile, is_large
from desktop.files.loader import FactsError
from desktop.model.problems import Problem
from desktop.services.language import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.files.merge import Conflict
    from desktop.keeping.open_file import OpenFile
    from desktop.model.changes import Change
    from desktop.model.dossier import Dossier
    from desktop.services.jobs import Progress


class Meeting(QObject):
    """Brings the file on disk and the work in the window together, by record and field.

    Where both changed one field, the work stays here unsaved and their text stays on disk until
    a person has settled it.
    """

    def __init__(self, open_file: OpenFile) -> None:
        super().__init__(open_file)
        self._open_file = open_file
        self._workspace = open_file.workspace
        self._is_reading = False
        self._conflicts: tuple[Conflict, ...] = ()
        self._has_complained = False

    def look(self) -> None:
        """See what stands on disk and bring it in; a large file is read beside the work."""
        file = self._workspace.file
        if file is None or self._is_reading:
            return
        if not file.path.exists():
            self._say_gone(file)
        elif is_large(file.path):
            self._is_reading = True
            self._workspace.jobs.run(
                _read, file, on_done=self._on_read, on_error=self._on_read_failed
            )
        else:
            self.catch_up()

    def catch_up(self) -> bool:
        """Bring in what stands on disk, now; whether the work may be written over it."""
        file = self._workspace.file
        if file is None or not file.path.exists():
            return file is not None
        try:
            return self._meet(FactsFile.open(file.path) if _differs(file) else file)
        except FactsError as error:
            self._say_broken(error)
            return False

    def settle(self) -> None:
        """Let a person choose where both changed one field; then both sides are one."""
        from desktop.panes.conflicts_view import ConflictsView

        conflicts = self._conflicts
        if not conflicts:
            return
        view = ConflictsView(self._workspace, conflicts)
        view.settled.connect(partial(self._on_settled, conflicts))
        view.put_off.connect(self._open_file.window.drawer.close)
        self._open_file.window.open_drawer(tr("Changed on both sides"), view)

    def _on_settled(self, conflicts: tuple[Conflict, ...], chosen: tuple[Change, ...]) -> None:
        from desktop.files.merge import merge

        file, store = self._workspace.file, self._workspace.store
        self._open_file.window.drawer.close()
        if file is None:
            return
        try:
            theirs = FactsFile.open(file.path)
        except FactsError as error:
            self._say_broken(error)
            return
        met = merge(store.saved_dossier, store.dossier, theirs.reading.dossier)
        if met.conflicts == conflicts:
            self._take(theirs, (*met.changes, *chosen))
        elif self._meet(theirs) is False:
            # While they chose, one side went on.
            self.settle()

    def _meet(self, theirs: FactsFile) -> bool:
        workspace = self._workspace
        file, store = workspace.file, workspace.store
        assert file is not None
        if theirs.path != file.path or theirs.data == file.data:
            # It was only touched, or is as it was again: nothing they should be told of any more.
            if theirs.path == file.path and theirs is not file:
                workspace.file = FactsFile(file.path, theirs.stamp, file.data, file.reading)
            self._calm_down()
            return True
        if store.is_saved():
            before = store.dossier
            self._has_complained = False
            self._open_file.show(theirs)
            self._say_changed(before)
            return True
        from desktop.files.merge import merge

        met = merge(store.saved_dossier, store.dossier, theirs.reading.dossier)
        self._conflicts = met.conflicts
        if met.conflicts:
            self._say_conflicts()
            return False
        return self._take(theirs, met.changes)

    def _take(self, theirs: FactsFile, changes: tuple[Change, ...]) -> bool:
        """Go over to their file with our changes on it; False where its text refuses them."""
        from desktop.files.edits import EditRefused
        from desktop.files.merge import LABEL
        from desktop.model.changes import Batch, ChangeRefused
        from desktop.model.dossier import diff

        workspace = self._workspace
        before, draft = theirs.reading.dossier, Draft.of(theirs)
        change = Batch(changes, LABEL)
        try:
            after = change.applied_to(before)
            ours = draft.after(before, after, diff(before, after))
        except (ChangeRefused, EditRefused) as refused:
            self._say_refused(refused.problem)
            return False
        self._has_complained = False
        with self._open_file.journaling.held():
            workspace.file = theirs
            workspace.store.open(before, draft)
            workspace.store.replace(after, ours, saved=False, change=change)
        self._open_file.changed.emit()
        if workspace.store.is_saved():
            self._open_file.hush()
            return True
        self._open_file.window.notice.say(
            tr("Changed on disk"),
            tr("What was written there meanwhile is in. Your changes are too, not saved yet."),
            icon="info-circle",
            tone="muted",
        )
        return True

    # What is said

    def _complain(
        self, head: str, words: str, offers: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        """Say what keeps the two sides apart, until it no longer does."""
        self._has_complained = True
        self._open_file.window.notice.say(head, words, offers=offers)

    def _calm_down(self) -> None:
        if self._has_complained:
            self._has_complained = False
            self._open_file.hush()

    def _say_changed(self, before: Dossier) -> None:
        from desktop.model.differences import differences

        after = self._workspace.store.dossier
        count = len(differences(before, after))
        notice = self._open_file.window.notice
        # What a reader should know first, as of records left out, is not covered up.
        if not count or notice.words():
            return
        notice.say(
            tr("Changed on disk"),
            tr_count("{count} difference has come in.", "{count} differences have come in.", count),
            icon="info-circle",
            tone="muted",
            offers=[(tr("Show what changed"), partial(self.show_differences, before, after))],
        )

    def show_differences(self, before: Dossier, after: Dossier) -> None:
        from desktop.panes.differences_view import DifferencesView

        words = tr("What was written into the file while it was open here.")
        view = DifferencesView(self._workspace, words, (before, after))
        self._open_file.window.open_drawer(tr("Changed on disk"), view)

    def _say_gone(self, file: FactsFile) -> None:
        self._complain(
            tr("Gone from disk"),
            tr("{name} is no longer there; all of it is still in this window.").format(
                name=file.path.name
            ),
            [
                (tr("Write it again"), self._open_file.save),
                (tr("Save as…"), self._open_file.save_as),
            ],
        )

    def _say_broken(self, error: FactsError) -> None:
        from desktop.services.problem_words import problem_line

        self._complain(
            tr("Cannot be read on disk"),
            tr(
                "{problem}. The last good state stays here; mend the file, or save elsewhere."
            ).format(problem=problem_line(error.problem)),
            [
                (tr("Try again"), self._open_file.reload),
                (tr("Save as…"), self._open_file.save_as),
            ],
        )
        self._open_file.changed.emit()

    def _say_conflicts(self) -> None:
        self._complain(
            tr("Changed on both sides"),
            tr_count(
                "{count} entry was changed here and on disk, each otherwise. Your work stays in "
                "this window, unsaved; theirs stays on disk.",
                "{count} entries were changed here and on disk, each otherwise. Your work stays in "
                "this window, unsaved; theirs stays on disk.",
                len(self._conflicts),
            ),
            [
                (tr("Settle…"), self.settle),
                (tr("Save as…"), self._open_file.save_as),
            ],
        )

    def _say_refused(self, problem: Problem) -> None:
        from desktop.services.problem_words import problem_words

        self._complain(
            tr("Changed on disk"),
            tr("Your changes cannot be written into the new text: {why}. They stay here.").format(
                why=problem_words(problem)
            ),
            [(tr("Save as…"), self._open_file.save_as)],
        )

    def _on_read(self, theirs: FactsFile) -> None:
        self._is_reading = False
        if self._workspace.file is None:
            return
        if theirs.has_moved():
            # It was saved or written again while it was read.
            self.look()
        else:
            self._meet(theirs)

    def _on_read_failed(self, error: Exception) -> None:
        self._is_reading = False
        if not isinstance(error, FactsError):
            raise error
        self._say_broken(error)


def _differs(file: FactsFile) -> bool:
    """Whether other bytes stand on disk than we read or wrote."""
    try:
        return file.path.read_bytes() != file.data
    except OSError:
        return True


def _read(progress: Progress, file: FactsFile) -> FactsFile:
    if not _differs(file):
        return file
    return FactsFile.open(file.path, None, progress.is_cancelled)
