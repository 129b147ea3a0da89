"""How files come in: by the welcome page, dropped, or handed over by a second start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.actions.file import Opener
from desktop.services import paths
from desktop.services.language import tr
from desktop.widgets.notice import Notice
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.services.instance import Doorbell

_SAMPLE: Final = "Charthouse sample.facts"


class Front(Protocol):
    """The window, as far as whoever comes in sees it."""

    notice: Notice
    file_dropped: SignalInstance

    def show_instead(self, page: QWidget | None) -> None: ...

    def windowState(self) -> Qt.WindowState: ...

    def setWindowState(self, state: Qt.WindowState, /) -> None: ...

    def raise_(self) -> None: ...

    def activateWindow(self) -> None: ...


class Welcome(QObject):
    """Shows the welcome page while no file is open, and opens what is brought.

    The sample that comes with the program is the program's: what is opened is a copy of it among
    this person's documents, made the first time. ``documents`` is their folder, or this system's.
    """

    def __init__(
        self,
        workspace: Workspace,
        opener: Opener,
        window: Front,
        documents: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._opener = opener
        self._window = window
        self._documents = documents
        self._doorbell: Doorbell | None = None
        window.file_dropped.connect(self._on_window_file_dropped)

    def show(self) -> None:
        """Put the welcome page in place of the panes."""
        from desktop.panes.welcome_view import WelcomeView

        recent = [name for name in self._workspace.settings.recent_files if Path(name).is_file()]
        page = WelcomeView(self._workspace.theme, recent)
        page.chosen.connect(self._opener.open)
        page.open_asked.connect(self._on_page_open_asked)
        page.sample_asked.connect(self.open_sample)
        self._window.show_instead(page)
        page.open_button.setFocus()

    def leave_if_open(self) -> None:
        """A file is open: show the panes."""
        if self._workspace.file is not None:
            self._window.show_instead(None)

    def open_sample(self) -> None:
        """Open this person's copy of the sample, made now if there is none."""
        folder = self._documents or paths.documents()
        copy = folder / _SAMPLE
        if not copy.exists():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                # Not copied as a file: its rights would be the installation's.
                copy.write_bytes((paths.data() / "facts.yaml").read_bytes())
            except OSError as error:
                words = tr("{file} cannot be written: {why}.")
                self._window.notice.say(
                    tr("No sample"), words.format(file=copy, why=error.strerror or error)
                )
                return
        self._opener.open(copy)
        if self._workspace.file is not None and self._workspace.file.path == copy:
            self._window.notice.say(
                tr("Sample"),
                tr("This is your own copy, to try anything with: {file}").format(file=copy),
                icon="info-circle",
                tone="link",
            )

    def listen(self) -> None:
        """Open from now on what a second start of the program hands over."""
        from desktop.services.second_start import bell

        address = bell()
        if address is None:
            return
        from desktop.services.instance import Doorbell

        self._doorbell = Doorbell(address, self)
        self._doorbell.rung.connect(self._on_doorbell_rung)
        self._doorbell.listen()

    def close(self) -> None:
        """Hear no second start any longer."""
        if self._doorbell is not None:
            self._doorbell.close()

    def _on_page_open_asked(self) -> None:
        kinds = tr("Facts files (*.yaml *.yml *.facts);;All files (*)")
        path = self._workspace.prompts.file_to_open(tr("Open a facts file"), kinds, None)
        if path is not None:
            self._opener.open(path)

    def _on_window_file_dropped(self, path: Path) -> None:
        self._opener.open(path)

    def _on_doorbell_rung(self, path: Path | None) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        file = self._workspace.file
        if path is not None and (file is None or file.path != path):
            self._opener.open(path)
