"""Two windows on one file: one edits it, the other shows it, and either may take over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.model.problems import Problem
from desktop.services.language import tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.keeping.open_file import OpenFile
    from desktop.services.instance import Claim


class Claiming(QObject):
    """Claims the open file for this window; without the claim the store takes no edit.

    ``granted`` tells that another window has handed the file over.
    """

    granted = Signal()

    def __init__(self, open_file: OpenFile) -> None:
        super().__init__(open_file)
        self._open_file = open_file
        self._store = open_file.workspace.store
        self._path: Path | None = None
        self._claim: Claim | None = None

    def take(self, path: Path) -> bool:
        """Claim a file; where another window has it, say so and only show it here."""
        from desktop.services.instance import Claim

        self._path = path
        self._claim = Claim(self.lock_of(path), self)
        self._claim.asked.connect(self._on_claim_asked)
        self._claim.granted.connect(self._on_claim_granted)
        self._claim.unanswered.connect(self._on_claim_unanswered)
        if self._claim.take():
            self._store.lock(None)
            return True
        self._store.lock(Problem("open-elsewhere", "error", file=str(path)))
        self.offer()
        return False

    def offer(self) -> None:
        """Say that this window only shows the file, and how that can be changed."""
        self._say(
            tr("Open elsewhere"),
            tr("Another window edits this file, so this one only shows it."),
        )

    def release(self) -> None:
        """Let others edit the file from now on."""
        if self._claim is not None:
            self._claim.release()
            self._claim.deleteLater()
            self._claim = None
        self._store.lock(None)

    def is_elsewhere(self, path: Path) -> bool:
        """Whether another window edits a file."""
        from desktop.services.instance import is_claimed

        return is_claimed(self.lock_of(path))

    def lock_of(self, path: Path) -> Path:
        """What stands for the right to edit a file."""
        from desktop.files.backups import name_of

        return self._open_file.state / "claims" / f"{name_of(path)}.lock"

    def _ask(self) -> None:
        if self._claim is not None:
            self._claim.ask()
            words = tr("Asking the other window to hand the file over…")
            self._open_file.window.notice.set_words(words)

    def _on_claim_asked(self) -> None:
        from desktop.files.saving import SavingRefused

        if self._claim is None:
            return
        try:
            self._open_file.journaling.flush()
        except (SavingRefused, OSError):
            # What could not be kept for the other window stays with this one.
            return
        self._claim.release()
        self._store.lock(Problem("taken-over", "error", file=str(self._path)))
        words = tr("Another window edits this file now; this one only shows it.")
        if not self._store.is_saved():
            words = f"{words} {tr('It can bring in what is unsaved.')}"
        self._say(tr("Handed over"), words)

    def _on_claim_granted(self) -> None:
        self._store.lock(None)
        self._open_file.window.notice.hide()
        self._open_file.changed.emit()
        self.granted.emit()

    def _on_claim_unanswered(self) -> None:
        self._say(
            tr("Open elsewhere"),
            tr("The other window does not answer. Close it, then take over."),
        )

    def _say(self, head: str, words: str) -> None:
        self._open_file.window.notice.say(
            head,
            words,
            icon="info-circle",
            tone="stale",
            offers=[(tr("Take over"), self._ask)],
        )
        self._open_file.changed.emit()
