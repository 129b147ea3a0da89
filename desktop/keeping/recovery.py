"""Work that an earlier run of the program could not save, offered to be brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject

from desktop.files.loader import FactsError
from desktop.model.records import About
from desktop.model.values import LANGUAGES, LocalText, Written
from desktop.services.language import tr, tr_count
from desktop.services.record_words import field_words, one_of_kind_words, short_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.files.journal import Journal, Unsaved
    from desktop.files.merge import Merged
    from desktop.keeping.open_file import OpenFile
    from desktop.model.changes import Change
    from desktop.model.dossier import Dossier
    from desktop.model.problems import FieldPath
    from desktop.model.unsettled import Unsettled
    from desktop.services.jobs import Progress
    from desktop.services.language import Locale

_MOST_NAMED: Final = 2


class _Found(NamedTuple):
    unsaved: Unsaved
    base: Dossier
    ours: Dossier


class _Left(NamedTuple):
    """What earlier runs left of one file, and the entries that cannot be read any more."""

    found: tuple[_Found, ...]
    unreadable: tuple[Path, ...]


class Recovery(QObject):
    """Offers unsaved work with what it would change; only a person takes it or gives it up."""

    def __init__(self, open_file: OpenFile) -> None:
        super().__init__(open_file)
        self._open_file = open_file
        self._workspace = open_file.workspace
        self._found: list[_Found] = []

    def look(self) -> None:
        """Look for unsaved work on the open file, and if there is none, on others."""
        file = self._workspace.file
        if file is not None:
            self._workspace.jobs.run(
                _find,
                self._open_file.journal,
                file.path,
                on_done=partial(self._on_found, file.path),
                on_error=self._on_find_failed,
            )

    def _on_found(self, path: Path, left: _Left) -> None:
        found = left.found
        file = self._workspace.file
        if file is None or file.path != path or self._workspace.store.locked is not None:
            return
        self._found = []
        for each in found:
            met = self._met(each)
            if met.changes or met.conflicts or each.unsaved.typed:
                self._found.append(each)
            else:
                # All of it stands in the file: the program was killed after it had saved.
                self._open_file.journal.give_up(each.unsaved.entry)
        if self._found:
            self._offer(self._found[0])
        elif left.unreadable:
            self._say_unreadable(left.unreadable)
        else:
            self._look_elsewhere(path)
        self._open_file.changed.emit()

    @property
    def has_offers(self) -> bool:
        """Whether there is unsaved work of which nobody has said what becomes of it."""
        return bool(self._found)

    def offer(self) -> None:
        """Say again that there is unsaved work, as after the notice was dismissed."""
        if self._found:
            self._offer(self._found[0])

    def offer_as_file(self, path: Path) -> list[tuple[str, Callable[[], object]]]:
        """The way to unsaved work on a file that cannot be opened, if there is any."""
        left = self._open_file.journal.unsaved(path)
        return [(tr("Save unsaved work as…"), partial(self._save_as, left[0]))] if left else []

    def _met(self, found: _Found) -> Merged:
        from desktop.files.merge import merge

        return merge(found.base, found.ours, self._workspace.store.dossier)

    def _offer(self, found: _Found) -> None:
        self._open_file.window.notice.say(
            tr("Unsaved work"),
            self._offer_words(found),
            tone="stale",
            icon="clock",
            offers=[
                (tr("Show it"), partial(self._show, found)),
                (tr("Bring it back"), partial(self._take, found)),
                (tr("Discard"), partial(self._give_up, found)),
            ],
        )

    def _offer_words(self, found: _Found) -> str:
        when, where = self._when(found.unsaved), self._named(found.unsaved.typed)
        met = self._met(found)
        if not where:
            words = tr("Work of {when} was never saved. It can be brought back.")
        elif met.changes or met.conflicts:
            words = tr(
                "Work of {when} was never saved, and what was typed for {where} never entered. "
                "Both can be brought back."
            )
        else:
            words = tr(
                "What was typed for {where} on {when} was never entered. It can be brought back."
            )
        return words.format(when=when, where=where)

    def _show(self, found: _Found) -> None:
        from desktop.panes.differences_view import DifferencesView

        store = self._workspace.store
        met = self._met(found)
        after = met.applied_to(store.dossier)
        words = [tr("Unsaved work of {when}.").format(when=self._when(found.unsaved))]
        if met.conflicts:
            words.append(_conflict_words(met))
        offers = [
            (tr("Bring it back"), partial(self._take, found)),
            (tr("Discard"), partial(self._give_up, found)),
        ]
        states = (store.dossier, after)
        typed = [_typed_words(self._speak(), each) for each in found.unsaved.typed]
        view = DifferencesView(self._workspace, " ".join(words), states, offers, typed)
        self._open_file.window.open_drawer(tr("What would come back"), view)

    def _settle(self, found: _Found, met: Merged) -> None:
        """Let a person choose where the file has changed in what was unsaved; closed, all stays."""
        from desktop.panes.conflicts_view import ConflictsView

        view = ConflictsView(self._workspace, met.conflicts)
        view.settled.connect(partial(self._take, found))
        view.put_off.connect(self._open_file.window.drawer.close)
        self._open_file.window.open_drawer(tr("Changed on both sides"), view)

    def _take(self, found: _Found, chosen: tuple[Change, ...] | None = None) -> None:
        from desktop.files.saving import SavingRefused
        from desktop.model.changes import Batch, ChangeRefused
        from desktop.services.problem_words import problem_words

        self._open_file.window.drawer.close()
        met = self._met(found)
        if met.conflicts and chosen is None:
            self._settle(found, met)
            return
        typed = found.unsaved.typed
        held = {each.ref for each in self._workspace.store.unsettled}
        in_the_way = [each for each in typed if each.ref in held]
        if in_the_way:
            self._say_in_the_way(found, in_the_way)
            return
        try:
            changes = Batch((*met.changes, *(chosen or ())), "recover")
            self._workspace.store.apply(changes)
        except ChangeRefused as refused:
            self._say_kept(found, problem_words(refused.problem))
            return
        without_place = self._bring_back(typed)
        if without_place:
            words = tr("{where} is no longer in the file, and what was typed for it has no place")
            self._say_kept(found, words.format(where=self._named(without_place)))
            return
        try:
            self._open_file.journaling.flush()
        except (SavingRefused, OSError) as error:
            self._say_kept(found, str(error))
            return
        self._open_file.journal.give_up(found.unsaved.entry)
        self._next(found)

    def _bring_back(self, typed: Sequence[Unsettled]) -> list[Unsettled]:
        """Put what was typed back into the form; what is of records that are gone is told."""
        dossier = self._workspace.store.dossier
        gone = [each for each in typed if each.ref.id and dossier.find(each.ref) is None]
        there = [each for each in typed if each not in gone]
        if there and self._open_file.form is not None:
            self._open_file.form.bring_back(there)
        return gone

    def _give_up(self, found: _Found) -> None:
        self._open_file.window.drawer.close()
        self._open_file.journal.give_up(found.unsaved.entry)
        self._next(found)

    def _next(self, done: _Found) -> None:
        self._open_file.window.notice.hide()
        self._found = [each for each in self._found if each is not done]
        if self._found:
            self._offer(self._found[0])
        self._open_file.changed.emit()

    def _say_in_the_way(self, found: _Found, typed: Sequence[Unsettled]) -> None:
        self._open_file.window.notice.say(
            tr("Not brought back yet"),
            tr(
                "Something else is being typed for {where}. Enter or discard that first; the "
                "unsaved work is still kept."
            ).format(where=self._named(typed)),
            tone="stale",
            offers=[
                (tr("Bring it back"), partial(self._take, found)),
                (tr("Discard"), partial(self._give_up, found)),
            ],
        )

    def _say_kept(self, found: _Found, why: str) -> None:
        """Say that not all of the work came back, and where the whole of it can be had."""
        self._open_file.window.notice.say(
            tr("Not all came back"),
            tr("{why}. The unsaved work is still kept as it was.").format(
                why=(why[:1].upper() + why[1:]).rstrip(".")
            ),
            offers=[
                (tr("Save it as…"), partial(self._save_as, found.unsaved)),
                (tr("Discard"), partial(self._give_up, found)),
            ],
        )

    def _say_unreadable(self, entries: tuple[Path, ...]) -> None:
        self._open_file.window.notice.say(
            tr("Unsaved work"),
            tr(
                "Work that was never saved cannot be read as it was kept. It lies in {path}."
            ).format(path=entries[0]),
            tone="stale",
            offers=[(tr("Discard"), partial(self._discard_unreadable, entries))],
        )

    def _discard_unreadable(self, entries: tuple[Path, ...]) -> None:
        self._open_file.window.notice.hide()
        for entry in entries:
            self._open_file.journal.give_up(entry)

    def _look_elsewhere(self, path: Path) -> None:
        open_file = self._open_file
        for file in open_file.journal.files():
            left = open_file.journal.unsaved(file)
            if file == path or not left or open_file.claiming.is_elsewhere(file):
                continue
            title, run = (
                (tr("Open it"), partial(open_file.open, file))
                if file.exists()
                else (tr("Save it as…"), partial(self._save_as, left[0]))
            )
            open_file.window.notice.say(
                tr("Unsaved work"),
                tr("Work of {when} on {name} was never saved.").format(
                    when=self._when(left[0]), name=file.name
                ),
                tone="stale",
                icon="clock",
                offers=[(title, run)],
            )
            return

    def _save_as(self, unsaved: Unsaved) -> None:
        """Write the work, as it was, into a file of its own and open that."""
        from desktop.files.saving import SavingRefused, write_atomically
        from desktop.keeping.writing import FACTS_FILES

        title = tr("Save the unsaved work as")
        proposed = unsaved.file.with_stem(f"{unsaved.file.stem}-unsaved")
        path = self._workspace.prompts.place_to_save(title, tr(FACTS_FILES), proposed)
        if path is None:
            return
        try:
            write_atomically(path, unsaved.ours)
        except SavingRefused as refused:
            self._open_file.writing.say_not_saved(refused.problem)
            return
        self._open_file.open(path)
        file = self._workspace.file
        is_open = file is not None and file.path == path
        if is_open:
            self._bring_back(unsaved.typed)
        if is_open or not unsaved.typed:
            self._open_file.journal.give_up(unsaved.entry)

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _named(self, typed: Sequence[Unsettled]) -> str:
        """The records for which something was typed; of many, how many they are."""
        if len(typed) > _MOST_NAMED:
            return tr("{count} records").format(count=len(typed))
        return tr(" and ").join(_name(self._speak(), each) for each in typed)

    def _when(self, unsaved: Unsaved) -> str:
        from desktop.model.dates import EdtfDate

        day = self._speak().date(EdtfDate.of_day(unsaved.when.date()))
        return f"{day}, {unsaved.when:%H:%M}"

    def _on_find_failed(self, error: Exception) -> None:
        raise error


def _name(speak: Locale, typed: Unsettled) -> str:
    ref = typed.ref
    if not ref.id:
        return tr("a new {kind}").format(kind=one_of_kind_words(ref.kind))
    if ref.kind is About:
        return one_of_kind_words(About)
    return tr("“{name}”").format(name=short_words(speak, ref))


def _typed_words(speak: Locale, typed: Unsettled) -> str:
    """What was typed for a record and not entered: "a new fact: Date “8 Mai”, Sources"."""
    said = [
        (name, speak.text(value) if isinstance(value, LocalText) else value)
        for name, value in typed.begun.items()
        if value not in (None, "", ())
    ]
    said += [(_field(path), words) for path, words in typed.words.items()]
    fields = [
        f"{field_words(name)} “{value}”" if isinstance(value, str | Written) else field_words(name)
        for name, value in said
    ]
    return tr("Not entered yet, {where}: {fields}.").format(
        where=_name(speak, typed), fields=", ".join(fields)
    )


def _field(path: FieldPath) -> str:
    """The innermost field that a path leads to."""
    return [str(step) for step in path if isinstance(step, str) and step not in LANGUAGES][-1]


def _conflict_words(met: Merged) -> str:
    return tr_count(
        "{count} entry was changed in the file meanwhile, and stays as it is there",
        "{count} entries were changed in the file meanwhile, and stay as they are there",
        len(met.conflicts),
    )


def _find(_progress: Progress, journal: Journal, path: Path) -> _Left:
    from desktop.files.reader import read

    found, unreadable = [], list(journal.unreadable(path))
    for unsaved in journal.unsaved(path):
        try:
            base, ours = read(unsaved.base).dossier, read(unsaved.ours).dossier
        except FactsError:
            unreadable.append(unsaved.entry)
            continue
        found.append(_Found(unsaved, base, ours))
    return _Left(tuple(found), tuple(unreadable))
