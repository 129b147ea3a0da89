"""Looking over what comes in and what goes out: differences, one event or two, what saving writes.

Each view is loaded when it is first asked for.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions.registry import Action, Registry
from desktop.model.changes import DeleteRecord
from desktop.model.dossier import ChangeSet, Dossier, Ref, whole_id
from desktop.model.records import Fact
from desktop.model.states import states_of
from desktop.panes.same_events import Pair, SameEvents
from desktop.services.language import tr, tr_count
from desktop.widgets.drawer import Drawer
from desktop.widgets.notice import Notice
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.files.backups import Backup
    from desktop.files.facts_file import FactsFile

_SAVE: Final = "file.save"


class Desk(Protocol):
    """The window, as far as looking over needs it."""

    notice: Notice
    drawer: Drawer
    actions_registry: Registry

    def open_drawer(self, title: str, content: QWidget, *, wide: bool = False) -> None: ...

    def current_tab(self) -> str: ...

    def pane(self, tab_id: str) -> QWidget: ...


class Keeper(Protocol):
    """Whoever keeps the saved states of the open file."""

    def backups(self) -> tuple[Backup, ...]: ...

    def restore(self, file: FactsFile) -> None: ...


class Review(QObject):
    """Opens the views for looking over beside whichever pane the reader is in."""

    def __init__(
        self, workspace: Workspace, desk: Desk, keeper: Keeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._desk = desk
        self._keeper = keeper
        self._asked = ""
        self._told: set[Pair] = set()
        self._deletion = ""
        self._before = workspace.store.dossier
        self._unsettled: dict[str, dict[str, str]] = {}
        self.events = SameEvents(workspace.store, self)
        self.events.changed.connect(self._on_events_changed)
        desk.notice.closed.connect(self._on_notice_closed)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.selection.settle_requested.connect(self._on_settle_requested)

    def actions(self) -> list[Action]:
        return [
            Action(
                "file.changes", tr("What saving will change"), self.show_changes, "Ctrl+Shift+D"
            ),
            Action(
                "edit.settle", tr("Settle the difference"), self.settle, "Ctrl+J", self._differs
            ),
            Action("edit.replace", tr("Find and replace…"), self.replace, "Ctrl+H"),
            Action(
                "edit.set-field",
                tr("Set a field of the chosen facts…"),
                self.set_field,
                "Ctrl+Shift+F",
                self._has_chosen,
            ),
            Action("file.backups", tr("Saved states…"), self.show_backups, "", self._is_open),
            Action("file.import", tr("Bring in a table…"), self.bring_in, "Ctrl+Shift+I"),
            Action("file.table", tr("Save the facts shown as a table…"), self.save_table),
            Action(
                "edit.same-event", self._same_event_title, self.compare, enabled=self._is_asking
            ),
        ]

    def show_changes(self) -> None:
        """Show the lines that saving will write and take out."""
        from desktop.panes.changes_view import ChangesView

        view = ChangesView(self._workspace)
        view.save_asked.connect(self._on_save_asked)
        self._desk.open_drawer(tr("What saving will change"), view, wide=True)

    def settle(self) -> None:
        """Show both sides of the difference on the fact in view."""
        fact_id = self._workspace.selection.fact_id
        if fact_id is None:
            return
        from desktop.panes.settle_view import SettleView

        view = SettleView(self._workspace, self._unsettled)
        view.show_fact(fact_id)
        self._desk.open_drawer(tr("Where sources differ"), view, wide=True)
        view.focus_first()

    def compare(self) -> None:
        """Show the two facts that may be one event side by side."""
        from desktop.panes.same_event_view import SameEventView

        view = SameEventView(self._workspace, self.events)
        view.answered.connect(self._desk.drawer.close)
        self._desk.open_drawer(tr("Same event?"), view, wide=True)

    def replace(self) -> None:
        """Find words in the facts that are chosen or shown, or in the whole file."""
        from desktop.panes.replace_view import ReplaceView, Scope

        chosen, shown = self._chosen(), self._shown()
        scopes = [Scope(tr("Whole file"))]
        if shown is not None:
            words = tr_count("{count} fact shown", "{count} facts shown", len(shown))
            scopes.insert(0, Scope(words, shown))
        if len(chosen) > 1:
            words = tr_count("{count} fact chosen", "{count} facts chosen", len(chosen))
            scopes.insert(0, Scope(words, chosen))
        view = ReplaceView(self._workspace, scopes)
        self._desk.open_drawer(tr("Find and replace"), view, wide=True)
        view.focus_first()

    def set_field(self) -> None:
        """Set one field of all the facts that are chosen."""
        from desktop.panes.set_field_view import SetFieldView

        view = SetFieldView(self._workspace, self._chosen())
        self._desk.open_drawer(tr("Set a field"), view)
        view.focus_first()

    def bring_in(self) -> None:
        """Bring facts in from a table, after a look at what each row would do."""
        from desktop.panes.import_view import ImportView

        view = ImportView(self._workspace)
        self._desk.open_drawer(tr("Bring in a table"), view, wide=True)
        view.focus_first()

    def save_table(self) -> None:
        """Write the facts that are shown, in their order, into a file that spreadsheets open."""
        from desktop.files.csv_facts import to_rows
        from desktop.files.csv_file import to_csv
        from desktop.files.saving import SavingRefused, write_atomically
        from desktop.services.problem_words import problem_words

        workspace = self._workspace
        dossier, file = workspace.store.dossier, workspace.file
        shown = self._shown()
        fact_ids = tuple(dossier.facts) if shown is None else shown
        proposed = file.path.with_suffix(".csv") if file else Path("facts.csv")
        path = workspace.prompts.place_to_save(
            tr("Save the facts as a table"), tr("Tables (*.csv)"), proposed
        )
        if path is None:
            return
        try:
            write_atomically(path, to_csv(to_rows(dossier, fact_ids)))
        except SavingRefused as refused:
            self._desk.notice.say(tr("Not saved"), f"{problem_words(refused.problem)}.")
            return
        facts = tr_count("{count} fact", "{count} facts", len(fact_ids))
        words = tr("{facts} written to {name}.").format(facts=facts, name=path.name)
        self._desk.notice.say(tr("Saved"), words, icon="check", tone="agreed")

    def show_backups(self) -> None:
        """Show the states in which the file was saved lately."""
        from desktop.panes.backups_view import BackupsView

        view = BackupsView(self._workspace, self._keeper.backups())
        view.chosen.connect(self._on_backup_chosen)
        self._desk.open_drawer(tr("Saved states"), view)

    def _on_backup_chosen(self, backup: Backup) -> None:
        """Show what going back to a state would change, and offer to."""
        from desktop.files.facts_file import FactsFile
        from desktop.files.loader import FactsError
        from desktop.panes.backups_view import when_words
        from desktop.panes.differences_view import DifferencesView, Offer
        from desktop.services.problem_words import problem_words

        workspace = self._workspace
        try:
            file = FactsFile.open(backup.path)
        except FactsError as error:
            self._desk.notice.say(tr("Not readable"), f"{problem_words(error.problem)}.")
            return
        speak = workspace.locale(workspace.store.dossier)
        when = when_words(speak, backup.when, workspace.today())
        words = tr("What going back to the state of {when} would change:").format(when=when)
        offers: list[Offer] = [
            (tr("Go back to it"), partial(self._restore, file)),
            (tr("All saved states"), self.show_backups),
        ]
        states = (workspace.store.dossier, file.reading.dossier)
        view = DifferencesView(workspace, words, states, offers)
        self._desk.open_drawer(tr("Saved states"), view)

    def _restore(self, file: FactsFile) -> None:
        self._desk.drawer.close()
        self._keeper.restore(file)
        words = tr("It is not saved yet; Ctrl+Z leads back to what was here.")
        self._desk.notice.say(tr("Earlier state"), words, icon="clock", tone="muted")

    def _is_open(self) -> bool:
        return self._workspace.file is not None

    def _shown(self) -> tuple[str, ...] | None:
        """The facts that the Facts pane shows now, in their order; None in another pane."""
        if self._desk.current_tab() != "facts":
            return None
        from desktop.panes.facts import FactsPane

        pane = self._desk.pane("facts")
        if not isinstance(pane, FactsPane):
            return None
        ids = (pane.table.fact_id(row) for row in range(pane.table.rowCount()))
        return tuple(fact_id for fact_id in ids if fact_id is not None)

    def _chosen(self) -> tuple[str, ...]:
        """The facts that are chosen: all those marked in the Facts pane, else the one in view."""
        fact_id = self._workspace.selection.fact_id
        one = (whole_id(fact_id),) if fact_id is not None else ()
        if self._desk.current_tab() != "facts":
            return one
        from desktop.panes.facts import FactsPane

        pane = self._desk.pane("facts")
        if not isinstance(pane, FactsPane):
            return one
        rows = sorted(index.row() for index in pane.rows.selectionModel().selectedRows())
        ids = (pane.table.fact_id(row) for row in rows)
        return tuple(each for each in ids if each is not None) or one

    def _has_chosen(self) -> bool:
        return bool(self._chosen())

    def _differs(self) -> bool:
        dossier, fact_id = self._workspace.store.dossier, self._workspace.selection.fact_id
        fact = dossier.find(Ref(Fact, fact_id)) if fact_id is not None else None
        return isinstance(fact, Fact) and "sources-differ" in states_of(dossier, fact)

    def _is_asking(self) -> bool:
        return bool(self.events.pairs)

    def _same_event_title(self) -> str:
        count = len(self.events.pairs)
        if not count:
            return tr("Same event?")
        return tr_count("Same event? ({count})", "Same event? ({count})", count)

    def _on_events_changed(self) -> None:
        self._desk.actions_registry.update_states()
        is_asking = bool(self._asked) and self._desk.notice.words() == self._asked
        if is_asking and not self.events.pairs:
            self._desk.notice.hide()
        elif is_asking or not self._desk.notice.words():
            self._ask(again=is_asking)

    def _ask(self, *, again: bool = False) -> None:
        """Ask over the panes, never in the way of the work, nor over what is said there already.

        What was dismissed there is not asked there again; it waits in the menu.
        """
        pairs = self.events.pairs
        if not pairs or not (again or {*pairs} - self._told):
            return
        from desktop.panes.same_event_view import asking_words

        speak = self._workspace.locale(self._workspace.store.dossier)
        words = asking_words(speak, pairs[0])
        more = len(pairs) - 1
        if more:
            waits = tr_count("{count} more pair waits.", "{count} more pairs wait.", more)
            words = f"{words} {waits}"
        self._asked = words
        self._told |= {*pairs}
        self._desk.notice.say(
            tr("Same event?"),
            words,
            icon="question-mark",
            tone="stale",
            offers=[
                (tr("Compare"), self.compare),
                (tr("One event"), self._on_one),
                (tr("Two events"), self._on_two),
            ],
        )

    def _on_store_changed(self, changes: ChangeSet) -> None:
        before, self._before = self._before, self._workspace.store.dossier
        said = self._desk.notice.words()
        if said and said != self._deletion:
            return
        change = self._workspace.store.undo_change()
        if isinstance(change, DeleteRecord) and change.ref in changes.removed:
            self._say_deleted(before, change.ref)
        elif said:
            self._desk.notice.hide()

    def _say_deleted(self, before: Dossier, ref: Ref) -> None:
        """Name what a key has just taken away: the next row has moved up to where it stood."""
        from desktop.services.record_words import short_words

        store = self._workspace.store
        name = short_words(self._workspace.locale(before), ref)
        self._deletion = tr("“{name}” is no longer among the records.").format(name=name)
        self._desk.notice.say(
            tr("Deleted"),
            self._deletion,
            icon="info-circle",
            tone="muted",
            offers=[(tr("Undo"), store.undo)],
        )

    def _on_notice_closed(self) -> None:
        # In the next turn: what closed it may have more to say.
        QTimer.singleShot(0, self, self._ask_if_free)

    def _ask_if_free(self) -> None:
        if not self._desk.notice.words():
            self._ask()

    def _on_one(self) -> None:
        self._answer(one=True)

    def _on_two(self) -> None:
        self._answer(one=False)

    def _answer(self, *, one: bool) -> None:
        if not self.events.pairs:
            return
        pair = self.events.pairs[0]
        problem = self.events.say_one(pair) if one else self.events.say_two(pair)
        if problem is None:
            self._workspace.selection.select(pair[0])
            return
        from desktop.services.problem_words import problem_words

        self._desk.notice.say(tr("Not done"), f"{problem_words(problem)}.")

    def _on_settle_requested(self, _ref: Ref) -> None:
        self.settle()

    def _on_save_asked(self) -> None:
        self._desk.actions_registry.trigger(_SAVE).trigger()
