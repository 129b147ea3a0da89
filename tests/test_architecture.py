"""The rules of the house that a machine can see; CONTRIBUTING says them in words.

Changing a rule means changing this test and that page together.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the top down; a room imports from lower lines, never from a neighbour on its own.
LINES = (
    {"__main__"},
    {"start", "briefing", "self_test"},
    {"app", "cli"},
    {"keeping"},
    {"window"},
    {"actions"},
    {"panes", "presentation", "export"},
    {"workspace"},
    {"store", "selection", "figures", "widgets"},
    {"services", "files"},
    {"model"},
)
MAY_IMPORT = {
    room: {room}.union(*LINES[number + 1 :]) for number, line in enumerate(LINES) for room in line
}

NO_QT = (
    "__init__.py",
    "__main__.py",
    "cli.py",
    "files/",
    "model/",
    "services/language.py",
    "services/paths.py",
    "services/problem_words.py",
    "services/second_start.py",
)
QT = {"PySide6", "shiboken6", "pyqtgraph"}

# Each outside power has its owner; what has none, nobody may use. Words from the file would turn
# into markup in a label or tool tip of one's own making.
OWNERS = {
    "setStyleSheet": ("services/theme.py",),
    "QThread": ("services/jobs.py",),
    "QThreadPool": ("services/jobs.py",),
    "QRunnable": ("services/jobs.py",),
    "threading": ("services/jobs.py",),
    "QDialog": ("services/prompts.py",),
    "QFileDialog": ("services/prompts.py",),
    "QInputDialog": ("services/prompts.py",),
    "QMessageBox": ("services/prompts.py",),
    "QDesktopServices": ("services/links.py",),
    "webbrowser": ("services/links.py",),
    "QSettings": ("services/settings.py",),
    "QFileSystemWatcher": ("services/watch.py",),
    "QLockFile": ("services/instance.py",),
    "QProcess": ("services/links.py",),
    "subprocess": ("services/git.py", "services/power.py"),
    "QLabel": ("widgets/text.py",),
    "setToolTip": ("widgets/text.py", "figures/figure.py"),
    "pyqtgraph": (),
    "pptx": ("export/pptx.py", "export/pptx_parts.py"),
    "pypdf": ("export/slides_pdf.py",),
    "processEvents": (),
    "QSortFilterProxyModel": (),
    "setHtml": (),
    "RichText": (),
    "AutoText": (),
    "QTextBrowser": (),
    "pickle": (),
}

LONG_FILE, LONG_FUNCTION, MANY_PARAMETERS = 400, 50, 6


def place(path: Path) -> str:
    """Return where a module stands inside the package: ``services/theme.py``."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_names(path: Path) -> Iterator[str]:
    """Yield every module or member that ``path`` imports, in full, hidden imports too."""
    package = ["desktop", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def used_names(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every name, attribute and import that ``path`` speaks of, with its line."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name, node.lineno
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    yield alias.name.split(".")[0], node.lineno
                if isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module.split(".")[0], node.lineno


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_point_downward(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in MAY_IMPORT, f"{place(path)} stands in no room of the house"
    for name in imported_names(path):
        if name.startswith("desktop.") and not name.startswith("desktop.__version__"):
            assert name.split(".")[1] in MAY_IMPORT[room], f"{room} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_what_knows_no_qt_imports_none(path: Path) -> None:
    if place(path).startswith(NO_QT):
        found = [name for name in imported_names(path) if name.split(".")[0] in QT]
        assert not found, f"{place(path)} imports {found}"


def test_rooms_without_qt_do_not_meet_it_through_others() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if place(path).startswith(NO_QT)
    ]
    program = f"import sys, {', '.join(names)}\nprint(*{QT!r}.intersection(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []


def test_no_pane_knows_another_pane() -> None:
    panes = {
        path.stem
        for path in MODULES
        if room_of(path) == "panes"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Pane" for base in node.bases)
    }
    for path in MODULES:
        if room_of(path) == "panes":
            for name in imported_names(path):
                words = name.split(".")
                stranger = words[:2] == ["desktop", "panes"] and words[2] in panes - {path.stem}
                assert not stranger, f"{place(path)} imports {name}: reveal by selection instead"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_each_outside_power_stays_with_its_owner(path: Path) -> None:
    for name, line in used_names(path):
        owners = OWNERS.get(name, (place(path),))
        allowed = " and ".join(owners) or "nobody"
        assert place(path) in owners, f"{place(path)}:{line} uses {name}; {allowed} may"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_nothing_is_executed_from_text(path: Path) -> None:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    found = [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec", "compile"}
    ]
    assert not found, f"{place(path)} executes text at lines {found}"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_no_lambda_listens_to_the_store(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="connect", value=ast.Attribute(attr="changed")),
                args=[ast.Lambda(), *_],
            ):
                pytest.fail(f"{place(path)}:{node.lineno}: connect a bound method instead")


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_names_say_what_a_module_is_for(path: Path) -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not vague.intersection(path.stem.split("_"))


def test_what_asks_for_a_second_look_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Size alone fails nobody; it is printed so that somebody looks."""
    notes, functions = [], 0
    for path in MODULES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONG_FILE:
            notes.append(f"{place(path)}: {lines} lines")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                functions += 1
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                parameters = len(node.args.args) + len(node.args.kwonlyargs) - 1
                if length > LONG_FUNCTION:
                    notes.append(f"{place(path)}:{node.lineno} {node.name}: {length} lines")
                if node.name == "__init__" and parameters >= MANY_PARAMETERS:
                    notes.append(f"{place(path)}:{node.lineno} takes {parameters} parameters")
    with capsys.disabled():
        print("", *(f"  second look: {note}" for note in notes), sep="\n", end="")
    assert functions > 0, "the package was not found"
