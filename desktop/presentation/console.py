"""What the briefer sees: the slide, the next one, the notes, the clock, and what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.records import Fact, FactId, Slide
from desktop.model.search_index import FactWords, Query
from desktop.model.states import is_shown, states_of
from desktop.presentation.answer_card import AnswerCard
from desktop.presentation.cautions import cautions_of
from desktop.presentation.console_bar import ConsoleBar, time_words
from desktop.presentation.key_words import sheet
from desktop.presentation.session import Card, Session
from desktop.presentation.sheet_strip import SheetGrid, SheetStrip, title_words
from desktop.presentation.slide_view import SlideView
from desktop.services.language import Locale, marking_words, tr, tr_count
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.banner import Banner
from desktop.widgets.key_sheet import KeySheet
from desktop.widgets.notice import Notice
from desktop.widgets.scroll import Scroll
from desktop.widgets.search_panel import Result, ResultGroup, SearchPanel
from desktop.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.files.basemap import Basemap
    from desktop.services.settings import Settings

_TICK_MS: Final = 500
_NOTE_SCALES: Final = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4)
"""How large notes are set, as a multiple of the text of the desk; `Settings.notes_size` is one."""
_MOST_ANSWERS: Final = 8
_NEXT_PX: Final = (144, 224)
"""How wide the next slide stands, at least and at most."""
_IDLE_MS: Final = 4000


class Console(QWidget):
    """One window for the briefer, over a session that the stage shows too.

    ``buttons`` stand at the right of the clock: a key, its words, and what it does. Keys come
    through the presenter, so that they work whatever has the focus.
    """

    end_asked = Signal()
    """The briefer wants to say when the room has to be left."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        settings: Settings,
        buttons: list[tuple[str, str, Callable[[], object]]],
        changed_since: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._changed_since = changed_since
        self._settings = settings
        self._pointing = False
        self.setAutoFillBackground(True)
        self.setWindowTitle(tr("Presenting – Charthouse"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._marking = [Banner("", theme), Banner("", theme)]
        self.bar = ConsoleBar(session, theme, buttons)
        self.bar.end_asked.connect(self.end_asked)
        self.notice = Notice(theme)
        self.heading = ElidedText(role="strong")
        self.audience_words = Text(role="caption")
        self.view = SlideView(theme, session.briefing_id)
        self.view.is_framed = True
        self.next_view = SlideView(theme, session.briefing_id)
        self.next_words = Text(role="caption", wrap=True)
        self.strip = SheetStrip(session, theme)
        self.grid = SheetGrid(session, theme)
        self.grid.hide()
        self.notes = Text(wrap=True, selectable=True)
        self.notes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = AnswerCard(theme)
        self.warning = QWidget()
        self.search = SearchPanel(theme, tr("Search the facts; the audience sees nothing"), self)
        self._compose()
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.bar.tick)
        self._ticks.start()
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._on_idle_timeout)
        session.changed.connect(self._on_session_changed)
        self.view.picked.connect(self._on_view_picked)
        self.view.moved.connect(self._on_view_moved)
        self.view.swept.connect(session.zoom_to)
        self.strip.chosen.connect(session.go_to)
        self.grid.chosen.connect(self._on_grid_chosen)
        self.search.typed.connect(self._on_search_typed)
        self.search.chosen.connect(self._on_search_chosen)
        self._on_session_changed()

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw map slides on this coast from now on."""
        for view in (self.view, self.next_view, self.strip, self.grid):
            view.show_basemap(basemap)

    def set_audience(self, words: str, wide_per_high: float) -> None:
        """Say where the audience looks, and take the shape of that."""
        self.audience_words.setText(words)
        self.view.set_shape(wide_per_high)
        self.next_view.set_shape(wide_per_high)

    def say(self, words: str, offers: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Tell the briefer something over the slide; an empty text takes it away."""
        if words:
            self.notice.say("", words, icon="info-circle", tone="link", offers=offers)
        else:
            self.notice.hide()

    def add_words(self, words: str) -> None:
        """Tell the briefer something besides, with what is offered left as it is."""
        if self.notice.words():
            self.notice.set_words(f"{self.notice.words()} {words}")
        else:
            self.say(words)

    def differing_facts(self) -> list[FactId]:
        """Ids of the facts of this slide on which sources differ, in the order of the warnings."""
        session = self._session
        return [
            FactId(fact_id)
            for fact_id in session.fact_ids()
            if "sources-differ" in states_of(session.dossier, session.dossier.fact(fact_id))
        ]

    def resize_notes(self, by: int) -> None:
        """Set the notes larger or smaller, and keep it so for the next time."""
        size = min(max(self._settings.notes_size + by, 0), len(_NOTE_SCALES) - 1)
        self._settings.notes_size = size
        self.notes.setFont(Theme.font("body", _NOTE_SCALES[size]))

    @property
    def shows_grid(self) -> bool:
        return not self.grid.isHidden()

    def toggle_grid(self) -> None:
        """Show all slides in place of the one, to go to any of them, or the one again."""
        shown = self.grid.isHidden()
        for part in (self.view, self.strip):
            part.setVisible(not shown)
        self.grid.setVisible(shown)

    @property
    def shows_keys(self) -> bool:
        return not self._keys.isHidden()

    def toggle_keys(self) -> None:
        """Show what each key does in place of notes and next slide, or those again."""
        if self._keys.isHidden() and self._keys_inside.isEmpty():
            self._keys_inside.addWidget(KeySheet(sheet()))
        self._side.setVisible(not self._side.isVisible())
        self._keys.setVisible(not self._side.isVisible())

    @property
    def is_pointing(self) -> bool:
        return self._pointing

    def toggle_pointer(self) -> None:
        """Let the mouse over the slide point for the audience too, or no longer."""
        self._pointing = not self._pointing
        self._session.point(None)
        self._idle.stop()
        self.bar.set_on("L", self._pointing)

    def open_search(self) -> None:
        """Search the facts while the audience sees the slide."""
        self.activateWindow()
        self.search.open()
        self._on_search_typed("")

    @property
    def is_searching(self) -> bool:
        return self.search.isVisible()

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._marking[0])
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        body = QHBoxLayout()
        body.setContentsMargins(LARGE_PX, MEDIUM_PX, LARGE_PX, MEDIUM_PX)
        body.setSpacing(LARGE_PX)
        self._side, self._keys = QWidget(), QWidget()
        self._side.setLayout(self._right())
        self._keys_inside = QVBoxLayout(self._keys)
        self._keys_inside.setContentsMargins(0, 0, 0, 0)
        self._keys.hide()
        body.addLayout(self._left(), 62)
        body.addWidget(self._side, 38)
        body.addWidget(self._keys, 38)
        column.addLayout(body, 1)
        column.addWidget(self._marking[1])
        self.resize_notes(0)

    def _left(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(MEDIUM_PX)
        head.addWidget(self.heading, 1)
        head.addWidget(self.audience_words)
        column = QVBoxLayout()
        column.setSpacing(SMALL_PX)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addSpacing(SMALL_PX)
        column.addWidget(self.strip)
        column.addWidget(self.grid, 1)
        return column

    def _right(self) -> QVBoxLayout:
        following = QVBoxLayout()
        following.addWidget(Text(tr("Next"), "strong"))
        self.next_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        following.setSpacing(SMALL_PX // 2)
        following.addWidget(self.next_words, 1)
        above = QHBoxLayout()
        above.setSpacing(MEDIUM_PX)
        self._fit_next()
        above.addWidget(self.next_view, 0, Qt.AlignmentFlag.AlignTop)
        above.addLayout(following, 1)
        words = QWidget()
        inside = QVBoxLayout(words)
        inside.setContentsMargins(0, 0, SMALL_PX, 0)
        inside.setSpacing(MEDIUM_PX)
        inside.addWidget(self.card)
        inside.addWidget(self.notes)
        inside.addStretch(1)
        self._warnings = QVBoxLayout(self.warning)
        self._warnings.setContentsMargins(0, 0, 0, 0)
        self._warnings.setSpacing(SMALL_PX)
        self.warning.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM_PX)
        column.addLayout(above)
        column.addWidget(Scroll(words), 1)
        column.addWidget(self.warning)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_next()
        super().resizeEvent(event)

    def _fit_next(self) -> None:
        width = min(max(self.width() // 7, _NEXT_PX[0]), _NEXT_PX[1])
        self.next_view.setFixedSize(width, width * 9 // 16)

    def _on_session_changed(self) -> None:
        session = self._session
        dossier, slide = session.dossier, session.slide
        marking = marking_words(dossier.about)
        for banner in self._marking:
            banner.set_words(marking)
        self.heading.setText(self._heading(slide))
        if slide is not None:
            self.view.show_slide(slide.id, dossier)
            speak = Locale(dossier, session.audience)
            notes = "".join(each.text for each in speak.sentence(slide.notes))
            self.notes.setText(notes or tr("No notes for this slide."))
        following = session.next
        self.next_view.setVisible(following is not None)
        if following is not None:
            self.next_view.show_slide(following.id, dossier)
            planned = time_words(following.seconds) if following.seconds else ""
            title = title_words(session, following)
            self.next_words.setText(
                tr("{title}\n{time} planned").format(title=title, time=planned)
                if planned
                else title
            )
        else:
            self.next_words.setText(tr("This is the last slide."))
        self.view.set_pointer(session.pointer)
        self.view.set_zoom(session.zoom)
        self.bar.set_on("B", bool(session.cover))
        self.bar.set_on("F", session.is_held)
        self.card.show_card(session)
        self._show_warnings()
        self.bar.tick()

    def _heading(self, slide: Slide | None) -> str:
        session, seat = self._session, self._session.seat
        if slide is None or seat is None:
            return tr("No slide")
        number = (
            tr("Backup {number}").format(number=seat.number)
            if seat.is_backup
            else tr("{number} of {total}").format(number=seat.number, total=seat.total)
        )
        said = [f"{number}, {title_words(session, slide)}"]
        if session.cover:
            said.insert(
                0,
                tr("Audience sees black")
                if session.cover == "black"
                else tr("Audience sees white"),
            )
        if session.is_held and session.seen is not None and session.seen is not slide:
            said.insert(0, tr("Audience held on another slide"))
        elif session.is_held:
            said.insert(0, tr("Audience held"))
        return "  ·  ".join(said)

    def _show_warnings(self) -> None:
        while (item := self._warnings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = cautions_of(self._session, self._changed_since)
        is_next = False
        for each in found[:3]:
            words = each.words
            if each.say:
                words = tr("{words} Say: “{say}”").format(words=words, say=each.say)
            if each.tone == "differ":
                shows = tr("D again shows both.") if is_next else tr("D shows both.")
                words, is_next = f"{words} {shows}", True
            icon = "flag" if each.tone == "differ" else "clock"
            chip = Chip(self._theme, icon, words, each.tone, role="caption", filled=True, wrap=True)
            self._warnings.addWidget(chip)
        if len(found) > 3:
            more = tr_count("{count} more warning", "{count} more warnings", len(found) - 3)
            self._warnings.addWidget(Text(more, "caption"))
        if self._session.news:
            words = tr("The facts were changed. U shows the audience what they say now.")
            self._warnings.addWidget(
                Chip(
                    self._theme,
                    "info-circle",
                    words,
                    "link",
                    role="caption",
                    filled=True,
                    wrap=True,
                )
            )

    def _on_grid_chosen(self, slide_id: str) -> None:
        self.toggle_grid()
        self._session.go_to(slide_id)

    def _on_view_picked(self, fact_id: str) -> None:
        self._session.ask(Card(FactId(fact_id)))

    def _on_view_moved(self, place: QPointF | None) -> None:
        if self._pointing:
            self._session.point(place)
            # A pointer that nobody moves only stands in the way.
            self._idle.start()

    def _on_idle_timeout(self) -> None:
        self._session.point(None)

    def _on_search_typed(self, typed: str) -> None:
        session, query = self._session, Query(typed)
        dossier = session.dossier
        speak = Locale(dossier, session.audience)
        if not query:
            self.search.show_groups([], tr("Type a word of a fact, a source or a place."))
            return
        ranked = [
            (rank, fact_id)
            for fact_id, words in dossier.derived(FactWords).items()
            if (rank := query.rank(words)) is not None
            and is_shown(dossier, dossier.fact(fact_id), session.audience)
        ]
        ranked.sort(key=lambda each: each[0])
        results = [_result(speak, dossier.fact(each)) for _, each in ranked[:_MOST_ANSWERS]]
        groups = [ResultGroup(tr("Facts"), results)] if results else []
        self.search.show_groups(groups, "" if results else tr("Nothing has all of these words."))

    def _on_search_chosen(self, key: object) -> None:
        self._session.ask(Card(FactId(str(key))))


def _result(speak: Locale, fact: Fact) -> Result:
    value = speak.quantity(fact.value) if fact.value else ""
    return Result(
        fact.id,
        speak.statement(fact) or fact.id,
        speak.date(fact.when, short=True),
        value,
        "file-text",
    )
