"""A picture of every pane and drawer, for the README and for looking at them.

    python -m bench.shots [FOLDER]

Written as ``build/shots/NAME-THEME-WIDTHxHEIGHT.png``. The day, the fonts and the place of
everything are fixed, so that the same program draws the same pictures.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import App, new_application
from desktop.files.basemap import read_basemap
from desktop.model.changes import AddRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import Area, Fact, Source
from desktop.model.values import LocalText, Quantity
from desktop.panes.facts import FactsPane
from desktop.presentation.console import Console
from desktop.presentation.presenter import Presenter
from desktop.presentation.session import Session
from desktop.services import paths
from desktop.services.jobs import Jobs
from desktop.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.model.changes import Change
    from desktop.services.theme import Mode
    from desktop.window import Window

ROOT: Final = Path(__file__).resolve().parents[1]
LOOKED_AT: Final = datetime.date(2026, 1, 20)
FACT: Final = "bien-hoa-addition-2025"
SIZES: Final = ((1600, 900), (1024, 640))
LARGE: Final = (3840, 2160)
_LAID_OUT_MS, _DRAWN_WITHIN_MS = 50, 20_000
LARGE_SHOTS: Final = ("overview", "areas", "facts", "sea", "sea-spratlys", "sea-da-nang")
TABLE: Final = (
    "Statement\tAmount\tDate\tArea\tSource\tQuotation\n"
    "Ships that call, made up.\t3 ships\t2025-03\tPort visits\tvov-2025-05-08\tmade up\n"
    "A further sum for dioxin remediation at Bien Hoa.\tabout 131 million usd\t2025-01-17\n"
    "A date nobody can read.\t3 ships\t8 Mai 2025\tPort visits\tvov-2025-05-08\tmade up\n"
)
BROKEN: Final = b"charthouse: 1\nabout:\n  title: {en: Half a file\nfacts: [\n"


class Shot(NamedTuple):
    """``arrange`` brings into view what is to be pictured under ``name``.

    It returns a widget where that is not the window; the picture taken, the widget is closed.
    """

    name: str
    arrange: Callable[[Window, App], object]


def _tab(tab_id: str) -> Shot:
    def arrange(window: Window, app: App) -> None:
        window.show_tab(tab_id)

    return Shot(tab_id, arrange)


def _sea(
    name: str, at: tuple[float, float, float] | None = None, *, with_all: bool = False
) -> Shot:
    """The map around a point, so many degrees wide, or the whole sea; drawn and at rest."""

    def arrange(window: Window, app: App) -> None:
        from desktop.figures.sea_marks import DEFAULT_LAYERS, SEA_LAYERS
        from desktop.model import geo
        from desktop.model.map_window import MapWindow
        from desktop.panes.sea import SeaPane

        app.workspace.selection.clear()
        window.show_tab("sea")
        pane = window.pane("sea")
        assert isinstance(pane, SeaPane)
        pane.card.hide()
        pane.map.show_layers(SEA_LAYERS if with_all else DEFAULT_LAYERS)
        view = pane.view
        # What lies over the map has its place only once the window is laid out.
        QTest.qWait(_LAID_OUT_MS)
        if at is None:
            view.go_home()
        else:
            lon, lat, across_deg = at
            x_m, y_m = (float(each) for each in geo.to_mercator(lon, lat))
            scale = float(geo.to_mercator(across_deg, 0.0)[0]) / view.width()
            view.go_to(MapWindow(x_m, y_m, scale), at_once=True)
        for _ in range(_DRAWN_WITHIN_MS // _LAID_OUT_MS):
            QTest.qWait(_LAID_OUT_MS)
            if view.pictures.is_sharp and not view.is_moving:
                return
        raise TimeoutError(f"{name} was never drawn")

    return Shot(name, arrange)


def _drawer(window: Window, app: App) -> None:
    window.show_tab("overview")
    app.workspace.selection.show_source(FACT)


def _search(window: Window, app: App) -> None:
    window.show_tab("overview")
    window.actions_registry.trigger("go.search").trigger()
    QTest.keyClicks(QApplication.focusWidget(), "bien hoa")


def _problems(window: Window, app: App) -> None:
    window.show_tab("overview")
    app.show_problems()


def _keys(window: Window, app: App) -> None:
    window.show_tab("overview")
    app.show_keys()


def _difference(window: Window, app: App) -> None:
    """An area on which sources differ, from its top."""
    app.workspace.selection.clear()
    window.show_tab("areas")
    app.workspace.selection.select("us-missing", Area)


def _settle(window: Window, app: App) -> None:
    """Both sides of a difference, and how it is settled."""
    window.show_tab("overview")
    app.workspace.selection.settle(FACT)


def _changes(window: Window, app: App) -> None:
    """What saving will change, after two edits."""
    _edit(app, SetField(Ref(Fact, FACT), "value", Quantity.parse("135 million usd")))
    window.actions_registry.trigger("file.changes").trigger()


def _same_event(window: Window, app: App) -> None:
    """A pledge that has come in a second time, beside the first."""
    _edit(app)
    fact = app.workspace.store.dossier.fact(FACT)
    again = msgspec.structs.replace(
        fact,
        id="pledge-again",
        statement=LocalText("A pledge made during a visit."),
        when=EdtfDate.parse("2025-11"),
        citations=fact.citations[-1:],
        reading=None,
    )
    app.workspace.store.apply(AddRecord(again))
    QTest.qWait(_LAID_OUT_MS)
    window.actions_registry.trigger("edit.same-event").trigger()


def _replace(window: Window, app: App) -> None:
    _edit(app)
    window.show_tab("facts")
    window.actions_registry.trigger("edit.replace").trigger()
    QTest.keyClicks(QApplication.focusWidget(), "airbase")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def _import(window: Window, app: App) -> None:
    """The dry run of a table, of which one row is refused."""
    window.show_tab("facts")
    QApplication.clipboard().setText(TABLE)
    window.actions_registry.trigger("file.import").trigger()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def _edit(app: App, *changes: Change) -> None:
    """Take back all that was edited before, and make these edits."""
    app.window.drawer.close()
    app.window.notice.hide()
    store = app.workspace.store
    while store.can_undo():
        store.undo()
    for change in changes:
        store.apply(change)


def _form(window: Window, app: App) -> None:
    """A fact in its form, with a value that was changed and a date that is refused."""
    app.editing.edit()
    pane = window.pane("facts")
    assert isinstance(pane, FactsPane)
    pane.form.enter("value", "135 million usd")
    pane.form.type_in("when", "8 Mai 2025")


def _sources(window: Window, app: App) -> None:
    pane = window.pane("facts")
    assert isinstance(pane, FactsPane)
    pane.form.forget()
    app.workspace.store.undo()
    window.show_tab("facts")
    pane.show_kind(Source)


def _refused(window: Window, app: App) -> None:
    window.show_tab("overview")
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder, "broken.yaml")
        broken.write_bytes(BROKEN)
        app.open(broken)
    # The folder's name is another each time.
    window.notice.set_words(window.notice.words().replace(str(broken), "/facts/broken.yaml"))


def _console(window: Window, app: App) -> QWidget:
    """A briefing under way: some minutes in, a question of numbers at hand."""
    moments = [datetime.datetime(2026, 1, 20, 14, 0).astimezone().timestamp()]
    dossier, theme = app.workspace.store.dossier, app.workspace.theme
    session = Session(dossier, "washington-desk", now=lambda: moments[-1])
    presenter = Presenter(session, app.workspace.settings, theme, parent=window)
    presenter.show_basemap(read_basemap(paths.resources() / "basemap"))
    presenter.start("window")
    session.end_at(moments[0] + 20 * 60)
    for seconds in (95, 160, 172):
        moments.append(moments[0] + seconds)
        session.step(1)
    moments.append(moments[0] + 205)
    presenter.console.setGeometry(window.geometry())
    presenter.console.set_audience("Projector, 1920 × 1080", 16 / 9)
    presenter.console.say("")
    presenter.ended.connect(presenter.deleteLater)
    return presenter.console


SHOTS: Final = (
    *map(_tab, ("overview", "areas", "legacy", "timeline", "facts", "briefings")),
    Shot("console", _console),
    _sea("sea"),
    _sea("sea-all-layers", with_all=True),
    _sea("sea-spratlys", (114.0, 9.7, 6.5), with_all=True),
    _sea("sea-paracels", (112.0, 16.5, 2.6)),
    _sea("sea-da-nang", (108.22, 16.12, 0.6)),
    Shot("areas-us-missing", _difference),
    Shot("settle", _settle),
    Shot("changes", _changes),
    Shot("same-event", _same_event),
    Shot("replace", _replace),
    Shot("import", _import),
    Shot("form", _form),
    Shot("sources", _sources),
    Shot("source", _drawer),
    Shot("search", _search),
    Shot("problems", _problems),
    Shot("keys", _keys),
    Shot("refused", _refused),
)


class _Studio:
    """The program in front of a camera."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder

    def shoot(self, mode: Mode, size: tuple[int, int]) -> Iterator[Path]:
        with tempfile.TemporaryDirectory() as preferences:
            settings = Settings(Path(preferences, "settings.ini"))
            settings.theme = mode
            state = Path(preferences, "state")
            app = App(self._application, settings, today=lambda: LOOKED_AT, state=state)
            app.workspace.jobs = Jobs(immediate=True)  # a picture waits for what it shows
            window = app.start(ROOT / "data" / "facts.yaml")
            window.restore()
            window.setGeometry(QRect(0, 0, *size))
            window.show()
            for shot in SHOTS:
                if size == LARGE and shot.name not in LARGE_SHOTS:
                    continue
                yield self._picture(app, shot, f"{shot.name}-{mode}-{size[0]}x{size[1]}")
            window.close()
            window.deleteLater()
            app.deleteLater()
            self._settle()

    def _picture(self, app: App, shot: Shot, name: str) -> Path:
        window = app.window
        window.drawer.close()
        app.workspace.selection.select(FACT)
        self._settle()
        arranged = shot.arrange(window, app)
        shown = arranged if isinstance(arranged, QWidget) else window
        self._settle()
        if isinstance(shown, Console):
            shown.setFocus()
            while not shown.strip.is_painted:
                self._settle()
        focus = QApplication.focusWidget()
        if focus is not None and shot.name != "search":
            focus.clearFocus()
        self._settle()
        file = self._folder / f"{name}.png"
        if not shown.grab().save(str(file)):
            raise OSError(f"{file} cannot be written")
        if isinstance(shown, Console):
            QTest.keyClick(shown, Qt.Key.Key_Escape)
            window.activateWindow()
        if shot.name == "search":
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        window.notice.hide()
        return file

    def _settle(self) -> None:
        for _ in range(6):
            self._application.processEvents()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    studio = _Studio(new_application(), folder)
    modes: tuple[Mode, ...] = ("light", "dark")
    for mode in modes:
        for size in SIZES:
            for file in studio.shoot(mode, size):
                print(file)
    for file in studio.shoot("light", LARGE):
        print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "shots")
