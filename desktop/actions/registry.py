"""Everything a menu, a button or a key can trigger, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.services.language import tr


def _always() -> bool:
    return True


class Action(msgspec.Struct, frozen=True):
    """One thing that can be done; ``run`` takes nothing.

    ``title`` may be worked out anew each time, as the name of what undo takes back. ``checked``
    makes it a choice that is on or off. Further ``keys`` work like the shortcut, unlisted.
    """

    id: str
    title: str | Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = _always
    checked: Callable[[], bool] | None = None
    keys: tuple[str, ...] = ()

    def words(self) -> str:
        return self.title if isinstance(self.title, str) else self.title()

    @property
    def group(self) -> str:
        """The menu it stands in: the id up to its dot."""
        return self.id.partition(".")[0]


class Registry(QObject):
    """The actions of a window; refuses an id or a shortcut that is taken.

    ``update_states`` asks every action anew whether it is enabled, and is to be called after
    every change.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, Action] = {}
        self._triggers: dict[str, QAction] = {}
        self._keys: dict[str, str] = {}

    def add(self, actions: Iterable[Action]) -> None:
        """Make actions available; ValueError if an id or a key is taken."""
        for action in actions:
            if action.id in self._actions:
                raise ValueError(f"action {action.id} is declared twice")
            sequences = [key for key in (action.shortcut, *action.keys) if key]
            for key in sequences:
                spelled = QKeySequence(key).toString()
                if spelled in self._keys:
                    raise ValueError(f"{key} is taken by {self._keys[spelled]}")
                self._keys[spelled] = action.id
            trigger = QAction(self)
            trigger.setShortcuts([QKeySequence(key) for key in sequences])
            trigger.triggered.connect(_Run(action, self.update_states, trigger).on_triggered)
            self._actions[action.id] = action
            self._triggers[action.id] = trigger
            self._update_state(action)
            # Last: a window is told of every change to an action that it has.
            self._window.addAction(trigger)

    def trigger(self, action_id: str) -> QAction:
        """What menus and buttons attach; KeyError for an unknown id."""
        return self._triggers[action_id]

    def all(self) -> tuple[Action, ...]:
        return tuple(self._actions.values())

    def sheet(self) -> list[tuple[str, str, str]]:
        """Group, title and shortcut of all that has one, group by group, for the list of keys."""
        groups = list(dict.fromkeys(action.group for action in self._actions.values()))
        return [
            (group_words(action.group), action.words(), self._spelled(action.shortcut))
            for action in sorted(self._actions.values(), key=lambda one: groups.index(one.group))
            if action.shortcut
        ]

    def update_states(self) -> None:
        for action in self._actions.values():
            self._update_state(action)

    def _update_state(self, action: Action) -> None:
        trigger = self._triggers[action.id]
        trigger.setText(action.words().replace("&", "&&"))
        trigger.setEnabled(action.enabled())
        if action.checked is not None:
            trigger.setCheckable(True)
            trigger.setChecked(action.checked())

    @staticmethod
    def _spelled(shortcut: str) -> str:
        return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


class _Run(QObject):
    """Takes the flag that Qt sends with a trigger, which no handler wants."""

    def __init__(self, action: Action, told: Callable[[], None], parent: QAction) -> None:
        super().__init__(parent)
        self._action = action
        self._told = told

    def on_triggered(self, _checked: bool) -> None:
        if self._action.enabled():
            self._action.run()
        if self._action.checked is not None:
            # Qt has turned its mark over, and a choice turns off those beside it.
            self._told()


def group_words(group: str) -> str:
    return {
        "file": tr("File"),
        "edit": tr("Edit"),
        "view": tr("View"),
        "present": tr("Present"),
        "go": tr("Go"),
        "help": tr("Help"),
    }[group]
