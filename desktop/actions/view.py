"""What is looked at, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from desktop.actions.registry import Action
from desktop.services.language import theme_words, tr
from desktop.services.theme import MODES, Mode
from desktop.workspace import Workspace


class Shell(Protocol):
    """The window, as far as actions need it."""

    def tabs(self) -> Sequence[tuple[str, Callable[[], str]]]: ...

    def show_tab(self, tab_id: str) -> None: ...

    def step_tab(self, by: int) -> None: ...

    def open_search(self) -> None: ...

    def show_keys(self) -> None: ...

    def show_about(self) -> None: ...

    def reveal_selection(self) -> None: ...

    def show_selection_source(self) -> None: ...


def view_actions(workspace: Workspace, shell: Shell) -> list[Action]:
    def is_mode(mode: Mode) -> bool:
        return workspace.theme.mode == mode

    def set_mode(mode: Mode) -> None:
        workspace.theme.set_mode(mode)
        workspace.settings.theme = mode

    def has_fact() -> bool:
        return workspace.selection.fact_id is not None

    return [
        *(
            Action(f"go.{tab_id}", title, partial(shell.show_tab, tab_id), f"Ctrl+{number}")
            for number, (tab_id, title) in enumerate(shell.tabs(), start=1)
        ),
        Action("go.next", tr("Next pane"), partial(shell.step_tab, 1), "Ctrl+PgDown"),
        Action("go.previous", tr("Previous pane"), partial(shell.step_tab, -1), "Ctrl+PgUp"),
        Action("go.search", tr("Search everything"), shell.open_search, "Ctrl+K"),
        Action(
            "go.source",
            tr("Source of the fact in view"),
            shell.show_selection_source,
            "Ctrl+I",
            has_fact,
        ),
        Action(
            "go.home",
            tr("Fact in view in the Facts pane"),
            shell.reveal_selection,
            "Ctrl+Return",
            has_fact,
        ),
        *(
            Action(
                f"view.{mode}",
                theme_words(mode),
                partial(set_mode, mode),
                checked=partial(is_mode, mode),
            )
            for mode in MODES
        ),
        Action("help.keys", tr("Keys"), shell.show_keys, "F1"),
        Action("help.about", tr("About Charthouse"), shell.show_about),
    ]
