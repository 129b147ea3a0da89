"""Which control edits which field: by its declared type, and for a few by their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin

import msgspec

from desktop.model.dates import Duration, EdtfDate
from desktop.model.dossier import Ref
from desktop.model.problems import Malformed
from desktop.model.records import (
    Citation,
    Fact,
    MapView,
    Measure,
    Place,
    Points,
    Reading,
    Record,
    Ring,
    Says,
    Slide,
    Source,
)
from desktop.model.references import KIND_OF_ID
from desktop.model.values import LocalText, Quantity, ScaledUnit
from desktop.panes.fact_words import when_words
from desktop.panes.form_editors import (
    Around,
    Editor,
    LeafEditor,
    LocalTextEditor,
    StructEditor,
)
from desktop.panes.form_lists import (
    CitationEditor,
    ItemsEditor,
    LinesEditor,
    NamesEditor,
    PointsEditor,
    RefsEditor,
    quote_words,
)
from desktop.services.language import (
    award_words,
    credibility_words,
    fact_kind_words,
    party_words,
    place_kind_words,
    reliability_words,
    stage_words,
    tr,
    tr_count,
)
from desktop.services.record_words import field_words, record_words
from desktop.widgets.chooser import Choices, Chooser
from desktop.widgets.date_edit import DateEdit
from desktop.widgets.line import Line, TextBox
from desktop.widgets.quantity_edit import QuantityEdit, UnitEdit
from desktop.widgets.suggesting_line import SuggestingLine, Suggestion

Rows = Sequence[Sequence[str]]

ROWS: Final[Mapping[type[msgspec.Struct], Rows]] = {
    Fact: (
        ("statement",),
        ("value", "stage"),
        ("when", "kind"),
        ("place",),
        ("area",),
        ("measure",),
        ("scope",),
        ("citations",),
        ("reading",),
        ("parts",),
        ("note",),
        ("supersedes",),
        ("contradicted_by",),
        ("delivers",),
        ("withhold_from",),
        ("points",),
    ),
    Source: (
        ("url",),
        ("title",),
        ("publisher", "origin"),
        ("published", "accessed"),
        ("reliability", "language"),
        ("via",),
        ("note",),
    ),
    Place: (
        ("name",),
        ("kind", "group"),
        ("lat", "lon"),
        ("precision_km",),
        ("held_by", "award_2016"),
        ("held_since", "held_as_of"),
        ("name_for",),
        ("citations",),
        ("note",),
    ),
    Measure: (("name",), ("unit", "kind"), ("stage",)),
    Citation: (("source",), ("quote",), ("locator", "credibility"), ("says",)),
    Says: (("value", "stage"), ("when", "place"), ("statement",), ("scope",)),
    Reading: (("say",), ("why",), ("date",)),
    MapView: (("lat", "lon"), ("span_nm",), ("layers",), ("from_", "to")),
    Ring: (("centre", "radius_nm"),),
    Slide: (
        ("title",),
        ("layout", "seconds"),
        ("facts",),
        ("measures",),
        ("map",),
        ("notes",),
    ),
}
"""The fields of a kind, row by row; a kind that is not named has each in a row of its own."""
SELDOM: Final[Mapping[type[Record], frozenset[str]]] = {
    Fact: frozenset("parts note supersedes contradicted_by delivers withhold_from points".split()),
    Source: frozenset({"via"}),
    Place: frozenset("precision_km held_by award_2016 held_since held_as_of name_for".split()),
}
"""Fields that wait behind “More fields” while they are empty."""
_BOTH_LANGUAGES: Final = frozenset({"statement", "name"})
_RECURRING: Final = frozenset({"origin", "publisher", "group", "language"})
"""Fields of free text in which records often say the same."""
_SIGNS: Final = frozenset({"sign", "sign_after"})
"""Fields in which the space before or behind a number is said too."""
_LONG: Final = frozenset({"quote", "title"})
_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "stage": stage_words,
    "held_by": party_words,
    "claimant": party_words,
    "award_2016": award_words,
    "reliability": lambda letter: f"{letter} {reliability_words(letter)}",
}
"""How the choices of a field are called, where they have words of their own."""


def rows_of(kind: type[msgspec.Struct]) -> Rows:
    """The fields of a kind in the order of its form; each stands in it once."""
    named = ROWS.get(kind, ())
    placed = {name for row in named for name in row}
    names = [field.name for field in msgspec.structs.fields(kind) if field.name != "id"]
    return (*named, *((name,) for name in names if name not in placed))


@cache
def declared_of(kind: type[msgspec.Struct], name: str) -> Any:
    """The declared type of a field, without None."""
    declared = next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
    if isinstance(declared, UnionType) or str(get_origin(declared)) == "typing.Union":
        declared = next(part for part in get_args(declared) if part is not type(None))
    return declared


class EditorMaker:
    """Makes the editor of any field; ``ask_source`` is called to edit or add a source."""

    def __init__(self, around: Around, ask_source: Callable[[str], None]) -> None:
        self._around = around
        self._ask_source = ask_source

    def make(self, kind: type[msgspec.Struct], name: str) -> Editor:
        label, declared = field_words(name), declared_of(kind, name)
        if declared is LocalText:
            both = name in _BOTH_LANGUAGES and kind is not Says
            always = ("en", "vi") if both else ("en",)
            return LocalTextEditor(label, always=always, paragraphs=name == "notes")
        if declared is Points:
            return PointsEditor()
        if isinstance(declared, type) and issubclass(declared, msgspec.Struct):
            title = label if kind is Citation else ""
            asks = _asks(declared)
            return StructEditor(declared, rows_of(declared), self.make, asks=asks, title=title)
        if get_origin(declared) is dict:
            return NamesEditor(self._around)
        if get_origin(declared) is tuple:
            return self._list(kind, name, label, get_args(declared)[0])
        return self._leaf(kind, name, label, declared)

    def _list(self, kind: type[msgspec.Struct], name: str, label: str, item: Any) -> Editor:
        if item is Citation:
            return ItemsEditor(self._citation, tr("Add a source"))
        if item in KIND_OF_ID:
            return RefsEditor(label, self._records(KIND_OF_ID[item]), self._around)
        if item is str:
            return RefsEditor(label, self._used(kind, name), self._around)
        return LinesEditor(label, declared_of(kind, name))

    def _citation(self) -> StructEditor:
        citation = CitationEditor(self._around, rows_of(Citation), self.make)
        citation.removed.connect(_remove)
        citation.source_asked.connect(self._ask_source)
        return citation

    def _leaf(self, kind: type[msgspec.Struct], name: str, label: str, declared: Any) -> Editor:
        line = TextBox() if name in _LONG else self.line(kind, name)
        readings: dict[Any, Callable[[str], str]] = {
            Quantity: self._said_quantity,
            EdtfDate: self._said_date,
            Duration: _said_duration,
        }
        reading = quote_words if name == "quote" else readings.get(declared)
        return LeafEditor(label, line, declared, reading, strips=name not in _SIGNS)

    def line(self, kind: type[msgspec.Struct], name: str) -> Line:
        """The line in which a single value is typed or chosen."""
        declared = declared_of(kind, name)
        if declared in KIND_OF_ID:
            return Chooser(self._records(KIND_OF_ID[declared]))
        if get_origin(declared) is Literal:
            words = _WORDS.get(name) or _kind_words(kind) or _plain
            choices = [(each, _capital(words(each))) for each in get_args(declared)]
            return Chooser(Choices.of(choices))
        if name == "credibility":
            grades = [(str(n), f"{n} {credibility_words(n)}") for n in range(1, 7)]
            return Chooser(Choices.of(grades))
        if declared is Quantity:
            return QuantityEdit(self._units)
        if declared is ScaledUnit:
            return UnitEdit(self._units)
        if declared is EdtfDate:
            return DateEdit()
        return SuggestingLine(self._said_before(kind, name)) if name in _RECURRING else Line()

    def _records(self, kind: type[Record]) -> Choices:
        """All records of a kind, as a chooser asks for them."""

        def choices() -> list[tuple[str, str]]:
            speak = self._around.speak()
            records = speak.dossier.all_of(kind).values()
            return [(each.id, record_words(speak, each)) for each in records]

        def words(record_id: str) -> str:
            speak = self._around.speak()
            record = speak.dossier.find(Ref(kind, record_id))
            return record_words(speak, record) if record else ""

        return Choices(choices, words)

    def _used(self, kind: type[msgspec.Struct], name: str) -> Choices:
        """What stands in this field of other records."""

        def choices() -> list[tuple[str, str]]:
            slides = self._around.speak().dossier.slides.values()
            used = (getattr(slide.map, name, ()) for slide in slides)
            once = dict.fromkeys(word for words in used for word in words)
            return [(each, each) for each in once]

        return Choices(choices, str)

    def _said_before(
        self, kind: type[msgspec.Struct], name: str
    ) -> Callable[[str], list[Suggestion]]:
        """What other records of the kind say in this field, to be written alike."""

        def matches(text: str) -> list[Suggestion]:
            known = self._around.speak().dossier.all_of(kind)  # type: ignore[type-var]
            said = dict.fromkeys(getattr(each, name) or "" for each in known.values())
            begun = text.lower()
            fits = [each for each in said if each.lower().startswith(begun) and each != text]
            return [Suggestion(each, each) for each in sorted(fits) if each]

        return matches

    def _units(self) -> Sequence[str]:
        return list(self._around.speak().dossier.units)

    def _said_quantity(self, text: str) -> str:
        speak = self._around.speak()
        try:
            value = Quantity.parse(text)
        except Malformed:
            return ""
        return speak.quantity(value) if value.unit in speak.dossier.units else ""

    def _said_date(self, text: str) -> str:
        try:
            return when_words(self._around.speak(), EdtfDate.parse(text))
        except Malformed:
            return ""


def _asks(kind: type[msgspec.Struct]) -> str:
    return {
        Says: tr("It says something else…"),
        Reading: tr("Settle a difference…"),
        MapView: tr("Show a map…"),
        Ring: tr("Draw a ring…"),
    }[kind]


def _kind_words(kind: type[msgspec.Struct]) -> Callable[[Any], str] | None:
    words: dict[type[msgspec.Struct], Callable[[Any], str]] = {
        Fact: fact_kind_words,
        Place: place_kind_words,
    }
    return words.get(kind)


def _plain(code: str) -> str:
    return tr(code.replace("-", " "))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _said_duration(text: str) -> str:
    try:
        duration = Duration.parse(text)
    except Malformed:
        return ""
    months = tr_count("{count} month", "{count} months", duration.months)
    days = tr_count("{count} day", "{count} days", duration.days)
    said = [words for words, count in ((months, duration.months), (days, duration.days)) if count]
    return " ".join(said)


def _remove(citation: StructEditor) -> None:
    around = citation.parentWidget()
    assert isinstance(around, ItemsEditor)
    around.remove(citation)
