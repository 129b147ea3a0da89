"""Builds the program and wires its parts to each other."""

from __future__ import annotations

import datetime
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.actions.edit import Editing, edit_actions
from desktop.actions.file import file_actions
from desktop.actions.hand_out import HandOut
from desktop.actions.menus import audience_menu, briefing_menu, recent_menu
from desktop.actions.present import Present
from desktop.actions.review import Review
from desktop.actions.view import view_actions
from desktop.actions.welcome import Welcome
from desktop.keeping.open_file import OpenFile
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About
from desktop.model.values import LocalText
from desktop.panes.pane import Pane
from desktop.selection import Selection
from desktop.services import paths
from desktop.services.jobs import Jobs, Progress, meet_qt_classes
from desktop.services.language import audience_words, theme_words, tr, tr_count
from desktop.services.links import Links
from desktop.services.prompts import Prompts
from desktop.services.settings import Settings
from desktop.services.theme import Theme
from desktop.store import Store
from desktop.window import Tab, Window
from desktop.workspace import Workspace, local_today

_AHEAD_MS, _BETWEEN_MS = 300, 100
"""How soon after the window stands the map's code is loaded; most look at the first pane longer."""


def empty_dossier() -> Dossier:
    """What stands in the panes while no file is open."""
    today = EdtfDate.of_day(local_today())
    return Dossier(About(id="about", title=LocalText(en="Charthouse"), as_of=today))


def build_workspace(
    application: QApplication,
    settings: Settings,
    prompts: Prompts | None = None,
    today: Callable[[], datetime.date] = local_today,
) -> Workspace:
    """What panes and actions work with, dressed in the theme that is set, with no file open."""
    theme = Theme(settings.theme)
    theme.apply_to(application)
    prompts = prompts or Prompts()
    return Workspace(
        store=Store(empty_dossier()),
        selection=Selection(),
        theme=theme,
        settings=settings,
        jobs=Jobs(parent=application),
        prompts=prompts,
        links=Links(prompts),
        today=today,
    )


class App(QObject):
    """The running program: one workspace, one window, and the file that is open in them."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        *,
        prompts: Prompts | None = None,
        today: Callable[[], datetime.date] = local_today,
        state: Path | None = None,
        documents: Path | None = None,
    ) -> None:
        super().__init__(application)
        self.workspace = build_workspace(application, settings, prompts, today)
        self._state = state
        self._documents = documents
        self.open_file = OpenFile(self.workspace, self, state)
        self.open_file.show_problems = self.show_problems

    def start(self, path: Path | None) -> Window:
        """Read a file if that is quick, and build the window on it; without one, welcome them."""
        refused = self.open_file.start(path) if path is not None else None
        self.window = self._build_window()
        self.open_file.attach(self.window)
        self.window.may_close = self._may_close
        self.open_file.changed.connect(self._on_open_file_changed)
        if path is None:
            self.welcome.show()
        elif refused is not None:
            self.open_file.say_refused(path, refused)
        elif self.workspace.file is None:
            self.open_file.open(path)
        else:
            self.open_file.greet()
        return self.window

    def _build_window(self) -> Window:
        workspace = self.workspace
        window = Window(
            workspace,
            tabs_of(
                workspace,
                self.show_problems,
                self._on_present_asked,
                self._on_hand_out_asked,
                self.run_action,
            ),
        )
        if isinstance(workspace.prompts, Prompts):
            workspace.prompts.parent = window
        registry = window.actions_registry
        registry.add(file_actions(workspace, self.open_file, self))
        registry.add(edit_actions(workspace))
        self.editing = Editing(workspace, window, window)
        registry.add(self.editing.actions())
        self.open_file.form = self.editing
        registry.add(Review(workspace, window, self.open_file, window).actions())
        registry.add(view_actions(workspace, _Shell(window, self)))
        self.present = Present(workspace, window, self._state, window)
        registry.add(self.present.actions())
        self.hand_out = HandOut(
            workspace, window, self.present.briefing, self.present.remember, window
        )
        registry.add(self.hand_out.actions())
        self.welcome = Welcome(workspace, self.open_file, window, self._documents, window)
        self._audiences = audience_menu(workspace, window)
        briefings = briefing_menu(workspace, window)
        recent = recent_menu(workspace, self.open_file, window)
        window.build_menu([recent, self._audiences, briefings])
        window.search_requested.connect(registry.trigger("go.search").trigger)
        window.problems_requested.connect(self.show_problems)
        window.changes_requested.connect(registry.trigger("file.changes").trigger)
        window.audience_requested.connect(self._on_window_audience_requested)
        workspace.selection.source_requested.connect(self._on_selection_source_requested)
        workspace.selection.changed.connect(self._on_selection_changed)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)
        workspace.settings.changed.connect(self._on_settings_changed)
        self._say_status(window)
        return window

    def open(self, path: Path) -> None:
        self.open_file.open(path)

    def run_action(self, action_id: str) -> None:
        """Do what a menu or key would; KeyError for an unknown id."""
        self.window.actions_registry.trigger(action_id).trigger()

    def show_problems(self) -> None:
        from desktop.panes.problems_view import ProblemsView

        view = ProblemsView(self.workspace)
        view.show_problems(self.workspace.file.reading.problems if self.workspace.file else ())
        self.window.open_drawer(tr("Problems in the file"), view)

    def show_keys(self) -> None:
        from desktop.widgets.key_sheet import KeySheet

        tab = self.window.current_tab()
        title = dict(self.window.tabs())[tab]()
        own = [(title, words, key) for words, key in self.window.pane(tab).own_keys()]
        sheet = self.window.actions_registry.sheet()
        self.window.open_drawer(tr("Keys"), KeySheet([*own, *sheet]))

    def show_about(self) -> None:
        from desktop.panes.about_view import AboutView

        self.window.open_drawer(tr("About"), AboutView())

    def load_ahead(self) -> None:
        """Load the code of the map, and numpy with it, while the reader looks at the first pane."""
        self.workspace.jobs.run(_load_numpy, on_done=self._on_numpy_loaded, on_error=_raise)

    def _on_numpy_loaded(self, _nothing: None) -> None:
        # What meets PySide's classes is loaded here and not in a job, and a little at a time.
        loads: list[Callable[[], None]] = [meet_qt_classes, _load_figure, _load_pane]
        for number, load in enumerate(loads):
            QTimer.singleShot(number * _BETWEEN_MS, load)

    def quit(self) -> None:
        self.window.close()

    def _may_close(self) -> bool:
        return self.editing.may_leave() and self.open_file.leave()

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Say an error nobody caught, on the console whole and in the window in a sentence."""
        from desktop.services.crash_report import CrashReport

        sys.__excepthook__(kind, error, trace)
        when = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        self._crash = CrashReport.of(kind, error, trace, when)
        self.window.notice.say(
            tr("Something went wrong"),
            tr("{error}. The file on disk is as it was.").format(error=f"{kind.__name__}: {error}"),
            offers=[(tr("Show the report"), self._show_crash)],
        )

    def _show_crash(self) -> None:
        from desktop.panes.crash_view import CrashView

        self.window.open_drawer(tr("Report of the error"), CrashView(self.workspace, self._crash))

    def _say_status(self, window: Window) -> None:
        workspace = self.workspace
        dossier, file = workspace.store.dossier, workspace.file
        saved = tr("saved") if workspace.store.is_saved() else tr("not saved")
        if workspace.store.locked is not None:
            saved = f"{saved}, {tr('read only')}"
        window.file_words.setText(f"{file.path.name}, {saved}" if file else tr("No file open"))
        window.changes_link.setVisible(file is not None and not workspace.store.is_saved())
        facts = tr_count("{count} fact", "{count} facts", len(dossier.facts))
        sources = tr_count("{count} source", "{count} sources", len(dossier.sources))
        window.count_words.setText(f"{facts}, {sources}")
        problems = file.reading.problems if file else ()
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        said = [
            tr_count("{count} error", "{count} errors", errors) if errors else "",
            tr_count("{count} warning", "{count} warnings", warnings) if warnings else "",
        ]
        window.problem_link.set_words(", ".join(filter(None, said)) or tr("no problems"))
        window.problem_link.setVisible(file is not None)
        chosen = workspace.locale(dossier).audience
        audience = dossier.audiences.get(chosen) if chosen else None
        spoken = audience_words(audience) if audience else tr("No audience")
        window.audience_link.set_words(f"{spoken}, {theme_words(workspace.theme.mode).lower()}")

    def _on_hand_out_asked(self) -> None:
        self.hand_out.open()

    def _on_present_asked(self, from_here: bool) -> None:
        if from_here:
            self.present.start_here()
        else:
            self.present.start()

    def _on_open_file_changed(self) -> None:
        self.welcome.leave_if_open()
        self._say_status(self.window)
        self.window.update_words()

    def _on_selection_source_requested(self, ref: Ref) -> None:
        from desktop.panes.fact_view import FactView

        if self.window.current_tab() == "facts":
            return
        view = FactView(self.workspace)
        view.show_fact(ref.id)
        view.edit_asked.connect(self.editing.edit_ref)
        self.window.open_drawer(tr("Where this is from"), view)

    def _on_window_audience_requested(self) -> None:
        link = self.window.audience_link
        self._audiences.popup(link.mapToGlobal(link.rect().topLeft()))

    def _on_selection_changed(self, _ref: Ref | None) -> None:
        self.window.actions_registry.update_states()

    def _on_store_changed(self, _changes: object) -> None:
        self._say_status(self.window)

    def _on_store_undo_changed(self) -> None:
        self._say_status(self.window)

    def _on_settings_changed(self, key: str) -> None:
        if key in ("audience", "theme"):
            self._say_status(self.window)


class _Shell:
    """The window as actions see it, with what the app opens in it."""

    def __init__(self, window: Window, app: App) -> None:
        self._window = window
        self._app = app
        self.tabs = window.tabs
        self.show_tab = window.show_tab
        self.step_tab = window.step_tab
        self.show_keys = app.show_keys
        self.show_about = app.show_about

    def open_search(self) -> None:
        from desktop.panes.search import Search

        Search.open_over(self._window, self._app.workspace, self._window.actions_registry)

    def reveal_selection(self) -> None:
        selection = self._app.workspace.selection
        if selection.ref is not None:
            selection.reveal(selection.ref.id, selection.ref.kind)

    def show_selection_source(self) -> None:
        selection = self._app.workspace.selection
        if selection.fact_id is not None:
            selection.show_source(selection.fact_id)


def tabs_of(
    workspace: Workspace,
    show_problems: Callable[[], object] = lambda: None,
    present: Callable[[bool], object] = lambda _here: None,
    hand_out: Callable[[], object] = lambda: None,
    run_action: Callable[[str], object] = lambda _action_id: None,
) -> list[Tab]:
    """The tabs in their order; a pane and all it imports are loaded when it is first shown."""

    def overview(workspace: Workspace) -> Pane:
        from desktop.panes.overview import OverviewPane

        return OverviewPane(workspace)

    def areas(workspace: Workspace) -> Pane:
        from desktop.panes.areas import AreasPane

        return AreasPane(workspace)

    def legacy(workspace: Workspace) -> Pane:
        from desktop.panes.legacy import LegacyPane

        return LegacyPane(workspace)

    def timeline(workspace: Workspace) -> Pane:
        from desktop.panes.timeline import TimelinePane

        return TimelinePane(workspace)

    def facts(workspace: Workspace) -> Pane:
        from desktop.panes.facts import FactsPane

        pane = FactsPane(workspace)
        pane.problems_requested.connect(show_problems)
        pane.tool_requested.connect(run_action)
        return pane

    def chart(workspace: Workspace) -> Pane:
        from desktop.panes.sea import SeaPane

        return SeaPane(workspace)

    def briefings(workspace: Workspace) -> Pane:
        from desktop.panes.briefings import BriefingsPane

        pane = BriefingsPane(workspace)
        pane.present_asked.connect(present)
        pane.hand_out_asked.connect(hand_out)
        return pane

    def sea() -> str:
        return workspace.locale(workspace.store.dossier).sea()

    return [
        Tab("overview", lambda: tr("Overview"), overview),
        Tab("areas", lambda: tr("Cooperation areas"), areas),
        Tab("legacy", lambda: tr("War legacy"), legacy),
        Tab("sea", sea, chart),
        Tab("timeline", lambda: tr("Timeline"), timeline),
        Tab("facts", lambda: tr("Facts"), facts),
        Tab("briefings", lambda: tr("Briefings"), briefings),
    ]


def _load_numpy(_progress: Progress) -> None:
    import numpy  # noqa: F401


def _load_figure() -> None:
    import desktop.figures.sea_map  # noqa: F401


def _load_pane() -> None:
    import desktop.panes.sea  # noqa: F401


def _raise(error: Exception) -> None:
    raise error


def new_application() -> QApplication:
    """Qt's application, by our name and in the one style that palette and stylesheet build on."""
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("charthouse")
    application.setApplicationDisplayName("Charthouse")
    application.setDesktopFileName("charthouse")
    return application


def _collect_garbage_from_now() -> None:
    gc.freeze()
    gc.enable()


def _show_mark() -> None:
    # Desktops that know no .desktop file take the mark from the window; drawing it can wait.
    QApplication.setWindowIcon(QIcon(str(paths.resources() / "icons" / "charthouse.svg")))


def run(path: Path | None) -> int:
    """Start the program on a file, or on none, and return its exit code."""
    app = App(new_application(), Settings())
    window = app.start(path)
    sys.excepthook = app.report
    window.restore()
    window.show()
    app.present.resume_if_lost()
    QTimer.singleShot(0, _collect_garbage_from_now)
    QTimer.singleShot(0, _show_mark)
    QTimer.singleShot(0, app.welcome.listen)
    QTimer.singleShot(_AHEAD_MS, app.load_ahead)
    code = QApplication.exec()
    app.welcome.close()
    app.workspace.jobs.shut_down()
    return code
