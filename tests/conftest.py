"""What holds for every test: no screen, no trace in the person's own files, nothing left behind.

Qt warnings and exceptions in slots fail by pytest-qt's settings in pyproject.toml.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from functools import partial

# Before anything imports Qt: tests draw in memory unless they bring a screen of their own.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("CHARTHOUSE_TEST_PLATFORM", "offscreen")
# Where only ASCII is spoken Qt complains, and a complaint fails a test.
if os.environ.get("LC_ALL"):
    os.environ["LC_ALL"] = "C.UTF-8"

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from desktop.services.jobs import Jobs
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme
    from tests.scripted import ScriptedPrompts

IN_CI = os.environ.get("CI") == "true"
PATIENCE_MS = 60_000
"""For what must come: waiting costs nothing where it does, and a busy machine is no fault."""

# Bounded runs give the same examples every time, so a red run is red again; soak runs explore.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("bounded", derandomize=True, **_PATIENT)
settings.register_profile("soak", max_examples=5000, **_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


@pytest.fixture(scope="session", autouse=True)
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings, caches and recovery files of tests out of the person's home."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in ("APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Waits for states and signals until they come; how soon they do is for tests of just that."""
    bot = QtBot(request)
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=PATIENCE_MS))
    return bot


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, applied as the program applies it."""
    from desktop.services.theme import Theme

    theme = Theme("light")
    theme.apply_to(qapp)
    yield theme
    qapp.styleHints().colorSchemeChanged.disconnect(theme._on_hints_scheme_changed)


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> Settings:
    from desktop.services.settings import Settings

    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def jobs() -> Jobs:
    """Jobs that are done when ``run`` returns."""
    from desktop.services.jobs import Jobs

    return Jobs(immediate=True)


@pytest.fixture
def prompts() -> ScriptedPrompts:
    """A person at the desk who answers as the test has written down beforehand."""
    from tests.scripted import ScriptedPrompts

    return ScriptedPrompts()


@pytest.fixture(autouse=True)
def _no_window_left_open() -> Iterator[None]:
    """Fail a test that leaves a top-level widget: it would live on and crash the exit."""
    yield
    leaked = _top_level_widgets()
    if leaked:
        gc.collect()
        leaked = _top_level_widgets()
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in leaked]
    for widget in leaked:
        widget.deleteLater()
    _delete_what_is_due()
    if names:
        words = f"left open: {', '.join(names)}; hand top-level widgets to qtbot.addWidget"
        pytest.fail(words, pytrace=False)


def _top_level_widgets() -> list[QWidget]:
    """Return the widgets without a parent, save Qt's one tooltip, which it keeps for itself."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    _delete_what_is_due()
    widgets = QApplication.topLevelWidgets() if QApplication.instance() else []
    return [widget for widget in widgets if widget.metaObject().className() != "QTipLabel"]


def _delete_what_is_due() -> None:
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# Skipping: only for a missing part of the system, by name, and never under CI=true.


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        missing = [program for program in mark.args if not shutil.which(program)]
        if missing:
            item.stash[_LACKS] = missing
            pytest.skip(f"this system lacks {', '.join(missing)}")


_LACKS = pytest.StashKey[list[str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        if _LACKS not in item.stash:
            _fail(report, "skips, but only @pytest.mark.needs(program) may")
        elif IN_CI:
            missing = ", ".join(item.stash[_LACKS])
            _fail(report, f"needs {missing}, and with CI=true nothing may be skipped")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _fail(report, "skips, but only @pytest.mark.needs(program) may")
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport, reason: str) -> None:
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid} {reason}."
