"""The rules of conftest.py bite: each is broken once, in a run of pytest inside the test."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

CARELESS = """
    import pytest, sys, warnings
    from PySide6.QtCore import QObject, QTimer, Signal, qWarning
    from PySide6.QtWidgets import QWidget

    kept = []

    def test_leaves_a_window(qapp):
        kept.append(QWidget())

    def test_lets_qt_warn(qapp):
        qWarning("a painter was not active")

    def test_warns_in_python():
        warnings.warn("old ways", DeprecationWarning)

    def test_raises_in_a_slot(qtbot):
        class Bell(QObject):
            rung = Signal()
        def fall(): raise ValueError("in a slot")
        bell = Bell()
        bell.rung.connect(fall)
        bell.rung.emit()

    def test_skips_for_comfort():
        pytest.skip("not today")

    @pytest.mark.needs("no-such-program")
    def test_needs_a_program():
        raise AssertionError("it ran")

    @pytest.mark.needs(sys.executable)
    def test_is_careful(qtbot):
        window = QWidget()
        qtbot.addWidget(window)
        assert window.isHidden()
"""


@pytest.fixture
def careless(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder of careless tests under our own settings and conftest.py."""
    pytester.makeini("")
    (pytester.path / "tox.ini").unlink()
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pytester.makepyprojecttoml(settings.replace('testpaths = ["tests"]', ""))
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(CARELESS)
    return pytester


def test_carelessness_fails_and_a_missing_program_is_named(
    careless: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)

    result = careless.runpytest_subprocess()

    # The window is found when its test has passed, so it counts once as each.
    result.assert_outcomes(passed=2, failed=4, errors=1, skipped=1)
    result.stdout.fnmatch_lines_random(
        [
            "SKIPPED*this system lacks no-such-program",
            "FAILED *::test_lets_qt_warn*",
            "FAILED *::test_warns_in_python*",
            "FAILED *::test_raises_in_a_slot*",
            "FAILED *::test_skips_for_comfort*",
            "ERROR *::test_leaves_a_window*",
            "left open: QWidget*",
        ]
    )


def test_with_ci_no_skip_is_allowed(
    careless: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")

    result = careless.runpytest_subprocess("-k", "test_needs_a_program")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*needs no-such-program, and with CI=true nothing may be skipped*"]
    )
