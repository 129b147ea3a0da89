"""The blocks of a fact in full as controls; each shows what its block says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Ref
from desktop.panes.fact_words import Block, Cited, Details, Head, Named, Paragraphs
from desktop.panes.marks import state_chip
from desktop.services.language import tr
from desktop.services.links import LinkRefused, true_host
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme, Tone
from desktop.widgets.badge import Chip, Grade
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text

_LABEL_PX: Final = 76


class BlockMaker:
    """Makes the control of any block.

    ``reveal`` is called when a link to a record is pressed, ``open_page`` with an address, and
    ``settle`` when both sides of a difference are asked for.
    """

    def __init__(
        self,
        theme: Theme,
        reveal: Callable[[Ref], None],
        open_page: Callable[[str], object],
        settle: Callable[[], None],
    ) -> None:
        self._theme = theme
        self._settle = settle
        self._reveal = reveal
        self._open_page = open_page

    def make(self, block: Block) -> QWidget:
        if isinstance(block, Head):
            return self._head(block)
        if isinstance(block, Details):
            return self._details(block)
        if isinstance(block, Cited):
            return self._cited(block)
        if isinstance(block, Paragraphs):
            if block.title:
                return _section(block.title, _paragraphs(block.words))
            return _stack([Text(each, tone="muted", wrap=True) for each in block.words], SMALL_PX)
        return self._named(block)

    def _head(self, head: Head) -> QWidget:
        rows: list[QWidget] = [Text(head.statement, "heading", wrap=True, selectable=True)]
        if head.value:
            rows.append(Text(head.value, "lead", wrap=True, selectable=True))
        rows += [self._chip("info-circle", words, "link") for words in head.standing]
        for state, reason in head.states:
            rows.append(state_chip(self._theme, state))
            rows.append(Text(reason, "caption", wrap=True))
            if state == "sources-differ":
                rows.append(self._settle_link())
        return _stack(rows, TIGHT_PX)

    def _settle_link(self) -> QWidget:
        link = Link(tr("See both sides and settle it"))
        link.activated.connect(self._on_settle_link_activated)
        return link

    def _on_settle_link_activated(self) -> None:
        self._settle()

    def _details(self, details: Details) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SMALL_PX)
        grid.setVerticalSpacing(TIGHT_PX)
        grid.setColumnMinimumWidth(0, _LABEL_PX)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, words, ref) in enumerate(details.rows):
            grid.addWidget(Text(name, "caption"), row, 0, top)
            if ref is None:
                grid.addWidget(Text(words, "caption", tone="ink", wrap=True), row, 1, top)
            else:
                # Aligned, as the place of a link that is not would be no wider than the link.
                grid.addWidget(self._link(words, ref), row, 1, top | Qt.AlignmentFlag.AlignLeft)
        return _section(details.title, [content]) if details.title else _stack([content], 0)

    def _cited(self, cited: Cited) -> QWidget:
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        line.addWidget(Text(cited.source, "strong", wrap=True), 1)
        grade = Grade(cited.grade, name=f"{cited.grade}: {cited.meaning}")
        line.addWidget(grade, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        column.addLayout(line)
        column.addWidget(Text(cited.meaning, "source", wrap=True))
        for words in (cited.quote, cited.locator):
            if words:
                column.addWidget(Text(words, wrap=True, selectable=True))
        if cited.says:
            words = tr("Says otherwise: {what}").format(what=cited.says)
            column.addWidget(self._chip("flag", words, "differ"))
        for words in (cited.document, cited.note):
            if words:
                column.addWidget(Text(words, "caption", wrap=True))
        if not cited.is_missing:
            column.addWidget(self._address(cited.url), 0, Qt.AlignmentFlag.AlignLeft)
        return _section(cited.title, [content]) if cited.title else _stack([content], 0)

    def _address(self, url: str | None) -> QWidget:
        """The way to the page, which says where it truly leads before anybody goes."""
        if url is None:
            return Text(tr("No address is given."), "caption")
        try:
            host = true_host(url)
        except LinkRefused:
            words = tr("Its address is not one that is opened: {url}").format(url=url[:200])
            return Text(words, "caption", wrap=True, selectable=True)
        link = Link(tr("Opens {host}").format(host=host), key=url)
        link.activated.connect(self._open_page)
        return link

    def _named(self, named: Named) -> QWidget:
        rows: list[QWidget] = []
        for _name, words, ref in named.facts:
            if ref is None:
                rows.append(Text(words, "caption", wrap=True))
                continue
            link = LinkedText("caption")
            link.set_parts([(words, ref)])
            link.activated.connect(self._reveal)
            rows.append(link)
        if named.total:
            icon, tone = ("check", "muted") if named.adds_up else ("equal-not", "differ")
            rows.append(self._chip(icon, named.total, tone))  # type: ignore[arg-type]
        return _section(named.title, rows)

    def _link(self, words: str, ref: Ref) -> Link:
        link = Link(words, key=ref)
        link.activated.connect(self._reveal)
        return link

    def _chip(self, icon: str, words: str, tone: Tone) -> Chip:
        return Chip(self._theme, icon, words, tone, wrap=True)


def _section(title: str, rows: Sequence[QWidget]) -> QWidget:
    return _stack([Hairline(), Text(title, "caption_strong"), *rows], SMALL_PX)


def _stack(rows: Sequence[QWidget], gap_px: int) -> QWidget:
    """Rows under one another, with room below for the next block."""
    stack = QWidget()
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, MEDIUM_PX)
    column.setSpacing(gap_px)
    for row in rows:
        column.addWidget(row)
    return stack


def _paragraphs(words: Sequence[str]) -> list[QWidget]:
    return [
        Text(each, "caption" if place else "body", wrap=True, selectable=True)
        for place, each in enumerate(words)
    ]
