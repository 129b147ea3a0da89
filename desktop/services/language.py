"""How figures, dates and names are said to an audience, and the words of the interface.

No Qt here: the command line speaks the same words without loading it.
"""

from __future__ import annotations

import datetime
import gettext
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Malformed
from desktop.model.records import (
    About,
    Audience,
    AudienceId,
    Award2016,
    Fact,
    FactKind,
    Party,
    Place,
    PlaceKind,
    Reliability,
    Source,
    Stage,
    Unit,
    UnitId,
)
from desktop.model.sentences import Binding, parse_sentence
from desktop.model.states import State, is_after_as_of, is_shown
from desktop.model.values import LocalText, Qualifier, Quantity, Scale

NBSP: Final = "\u00a0"
NARROW_NBSP: Final = "\u202f"

_catalogue = gettext.NullTranslations()


def tr(words: str) -> str:
    """Words of the interface in its language."""
    return _catalogue.gettext(words)


def tr_count(one: str, many: str, count: int) -> str:
    """Words of the interface that hold ``{count}``, in the form that the number asks for."""
    return _catalogue.ngettext(one, many, count).format(count=f"{count:,}")


_QUALIFIERS: Final[Mapping[str, Mapping[Qualifier, str]]] = {
    "en": {
        "about": "about",
        "nearly": "nearly",
        "more than": "more than",
        "at least": "at least",
        "less than": "less than",
        "up to": "up to",
    },
    "vi": {
        "about": "khoảng",
        "nearly": "gần",
        "more than": "hơn",
        "at least": "ít nhất",
        "less than": "dưới",
        "up to": "tối đa",
    },
}
_ENDED: Final = re.compile(r"[.!?][”\"’)]*\s+\Z|\n\s*\Z").search
"""Whether a stretch of text ends with a sentence, so that another begins behind it."""
_SIGNS: Final[Mapping[Qualifier, str]] = {
    "about": "≈",
    "more than": ">",
    "at least": "≥",
    "less than": "<",
    "up to": "≤",
}
_SCALES: Final[Mapping[str, Mapping[Scale, str]]] = {
    "en": {"": "", "thousand": "thousand", "million": "million", "billion": "billion"},
    "vi": {"": "", "thousand": "nghìn", "million": "triệu", "billion": "tỷ"},
}
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "en-US": {"21": "spring", "22": "summer", "23": "fall", "24": "winter"},
    "en-GB": {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"},
    "vi": {"21": "mùa xuân", "22": "mùa hè", "23": "mùa thu", "24": "mùa đông"},
}


class Figure(NamedTuple):
    """A quantity set large: sign and number, and what stands small behind it."""

    number: str
    unit: str


class Words(NamedTuple):
    """A stretch of a sentence; ``fact_id`` where it is the number of a fact."""

    text: str
    fact_id: str | None = None


class Locale:
    """One audience's way of saying what a dossier holds; quotations it leaves as they are."""

    def __init__(self, dossier: Dossier, audience: AudienceId | None = None) -> None:
        self.dossier: Final = dossier
        self.audience: Final = audience or dossier.about.audience
        found = dossier.audiences.get(self.audience) if self.audience else None
        self.tag: Final[str] = found.language if found else "en-US"
        self.language: Final = self.tag.partition("-")[0]

    def text(self, words: LocalText | None) -> str:
        """The words in the audience's language, or in the one there is."""
        return "" if words is None else words.in_language(self.language)[0]

    def fell_back(self, words: LocalText | None) -> str:
        """The language that had to stand in, or an empty string."""
        if words is None:
            return ""
        spoken = words.in_language(self.language)[1]
        return "" if spoken == self.language else spoken

    def name(self, place: Place) -> str:
        """What this audience calls a place."""
        own = place.name_for.get(self.audience) if self.audience else None
        return own or self.text(place.name)

    def sea(self) -> str:
        """What this audience calls the sea between them, as the file names it."""
        seas = (place for place in self.dossier.places.values() if place.kind == "sea")
        sea = next(seas, None)
        return self.name(sea) if sea else tr("Sea")

    def statement(self, fact: Fact) -> str:
        """What the fact states; a table without a statement goes by its measure's name."""
        if fact.statement is None and fact.measure is not None:
            measure = self.dossier.measures.get(fact.measure)
            return self.text(measure.name) if measure else ""
        return self.text(fact.statement)

    def number(self, amount: Decimal) -> str:
        """Grouped digits with all decimals that were given."""
        return _number(amount, self.language)

    def quantity(self, value: Quantity) -> str:
        """A quantity as people say it: "$430 million", "more than 80 %", "8 sets of remains"."""
        return self._quantity(value, self.language)

    def figure(self, value: Quantity) -> Figure:
        """The same for display in large type, where the qualifier is a sign if it has one."""
        figure = self._figure(value, self.language)
        if value.qualifier is None:
            return figure
        sign = _SIGNS.get(value.qualifier)
        lead = sign or _qualifier(value.qualifier, self.language) + NBSP
        return Figure(lead + figure.number, figure.unit)

    def _quantity(self, value: Quantity, language: str) -> str:
        qualifier = _qualifier(value.qualifier, language) if value.qualifier else ""
        figure = self._figure(value, language)
        return " ".join(word for word in (qualifier, figure.number, figure.unit) if word)

    def _figure(self, value: Quantity, language: str) -> Figure:
        unit = self.dossier.units.get(UnitId(value.unit))
        words, spoken = _unit_words(unit, value, language)
        # Vietnamese says the unit after the number, where the file has its Vietnamese name.
        is_named = language == "vi" and spoken == "vi"
        sign = unit.sign or "" if unit and not is_named else ""
        if unit and is_named and (unit.sign or "").endswith(" ") and value.to is None:
            # What counts in order, as "round 13", does so in Vietnamese: not 13 of them.
            return Figure(f"{words} {_number(value.amount, language)}", "")
        after = unit.sign_after or "" if unit and not is_named else ""
        number = sign + _number(value.amount, language)
        if value.to is not None:
            to = "đến" if language == "vi" else "to"
            number = f"{number} {to} {sign}{_number(value.to, language)}"
        scale = _SCALES.get(language, _SCALES["en"])[value.scale]
        noun = after or ("" if sign else words or value.unit)
        return Figure(number, " ".join(word for word in (scale, noun) if word))

    def sentence(self, words: LocalText | None) -> tuple[Words, ...]:
        """One of our own sentences, its bound numbers said in its language.

        A number that is unknown, or that this audience is not shown, leaves a gap in its place.
        """
        text, language = words.in_language(self.language) if words else ("", self.language)
        try:
            parts = parse_sentence(text)
        except Malformed:
            return (Words(text),)
        spoken: list[Words] = []
        for part in parts:
            if isinstance(part, Binding):
                bound = self._bound(part, language)
                begins = not spoken or _ENDED(spoken[-1].text)
                bound = bound[:1].upper() + bound[1:] if begins else bound
                spoken.append(Words(bound, part.fact_id))
            else:
                spoken.append(Words(part))
        return tuple(spoken)

    def _bound(self, binding: Binding, language: str) -> str:
        fact = self.dossier.find(Ref(Fact, binding.fact_id))
        if not isinstance(fact, Fact):
            # A faulty record says nothing of what sources report.
            return f"[{tr('could not be read')}]"
        if fact.value is None:
            return f"[{tr('not reported')}]"
        if is_after_as_of(self.dossier, fact):
            return f"[{tr('after as-of')}]"
        if not is_shown(self.dossier, fact, self.audience):
            return "[…]"
        return self._quantity(fact.value, language).replace(" ", NBSP)

    def date(self, when: EdtfDate | None, *, short: bool = False) -> str:
        """A date in words, no more precise than it is: "8 May 2025", "since August 2024"."""
        if when is None:
            return ""
        said = self._interval(when, short) if when.start or when.end else self._single(when, short)
        if when.approximate:
            said = f"{_qualifier('about', self.language)} {said}"
        if when.uncertain:
            said = f"{said}?"
        return said

    def _single(self, when: EdtfDate, short: bool) -> str:
        first = when.first_day
        if when.kind == "fiscal-year" or first is None:
            return when.text
        if when.kind == "season":
            season = _SEASONS[self.tag][when.text[5:7]]
            year = f"{first.year}–{(first.year + 1) % 100:02}" if first.month == 12 else first.year
            return f"{season} {year}"
        if when.kind == "year" or (when.kind == "unspecified" and "XX" in when.text[4:]):
            return self._month(first, short) if when.text[5:7].isdigit() else str(first.year)
        if when.text[2:4] == "XX":
            return f"{first.year}–{first.year + 99}"
        if when.kind == "unspecified":
            decade = "những năm {year}" if self.language == "vi" else "{year}s"
            return decade.format(year=first.year)
        if when.kind == "month":
            return self._month(first, short)
        if self.language == "vi":
            return f"{first.day}/{first.month}/{first.year}"
        return f"{first.day} {self._month(first, short)}"

    def _month(self, day: datetime.date, short: bool, *, year: bool = True) -> str:
        if self.language == "vi":
            return f"tháng {day.month}/{day.year}" if year else f"tháng {day.month}"
        name = _MONTHS[day.month - 1][: 3 if short else None]
        return f"{name} {day.year}" if year else name

    def _interval(self, when: EdtfDate, short: bool) -> str:
        start = self.date(when.start, short=short)
        end = self.date(when.end, short=short)
        if when.kind == "one-of":
            between = "trong khoảng {a} đến {b}" if self.language == "vi" else "between {a} and {b}"
            return between.format(a=start, b=end)
        if when.end is None:
            since = "từ {a}" if self.language == "vi" else "since {a}"
            return since.format(a=start)
        if when.start is None:
            until = "đến {b}" if self.language == "vi" else "up to {b}"
            return until.format(b=end)
        return start if start == end else self._span(when.start, when.end, short)

    def _span(self, first: EdtfDate, last: EdtfDate, short: bool) -> str:
        start, end = (self.date(each, short=short) for each in (first, last))
        a, b = first.first_day, last.first_day
        is_marked = any(each.approximate or each.uncertain for each in (first, last))
        if is_marked or first.kind != last.kind or a is None or b is None:
            return f"{start} – {end}"
        if first.kind in ("year", "fiscal-year"):
            return f"{start}–{end}"
        if a.year == b.year and first.kind in ("day", "month"):
            return self._within_year(first, a, b, end, short)
        return f"{start} – {end}"

    def _within_year(
        self, first: EdtfDate, a: datetime.date, b: datetime.date, end: str, short: bool
    ) -> str:
        """Days or months of one year, from ``a`` to ``b``, which is said in full as ``end``."""
        if self.language == "vi":
            if first.kind == "month":
                return f"{self._month(a, short, year=False)}–{b.month}/{b.year}"
            return f"{a.day}–{end}" if a.month == b.month else f"{a.day}/{a.month} – {end}"
        begin = self._month(a, short, year=False)
        if first.kind == "month":
            return f"{begin}–{end}"
        return f"{a.day}–{end}" if a.month == b.month else f"{a.day} {begin} – {end}"

    def source(self, source: Source) -> str:
        """Publisher and date, as a citation names its source."""
        published = self.date(source.published, short=True)
        return f"{source.publisher}, {published}" if published else source.publisher

    def age(self, today: datetime.date) -> str:
        """How old the file is on a day, in words."""
        as_of = self.dossier.about.as_of.last_day
        if as_of is None:
            return ""
        days = (today - as_of).days
        if days < 0:
            return tr("speaks of a day to come")
        if days == 0:
            return tr("of today")
        if days < 60:
            return tr_count("{count} day old", "{count} days old", days)
        months = (today.year - as_of.year) * 12 + today.month - as_of.month
        months -= today.day < as_of.day
        if months < 24:
            return tr_count("{count} month old", "{count} months old", max(months, 1))
        return tr_count("{count} year old", "{count} years old", months // 12)


_SWAP: Final = str.maketrans({",": ".", ".": ","})


def _number(amount: Decimal, language: str) -> str:
    grouped = f"{amount:,f}"
    return grouped.translate(_SWAP) if language == "vi" else grouped


def _qualifier(qualifier: Qualifier, language: str) -> str:
    return _QUALIFIERS.get(language, _QUALIFIERS["en"])[qualifier]


def _unit_words(unit: Unit | None, value: Quantity, language: str) -> tuple[str, str]:
    """What is counted, in the number that its amount asks for, and the language that is in."""
    is_one = value.amount == 1 and value.to is None and not value.scale
    words = unit and ((unit.one if is_one else unit.many) or unit.many or unit.one)
    return words.in_language(language) if words else ("", "")


def marking_words(about: About) -> str:
    """How what this file says is marked; that it is not, where nothing says so."""
    return about.marking or tr("NOT MARKED")


def state_words(state: State) -> str:
    """A state's name as people read it."""
    return {
        "superseded": tr("Superseded"),
        "sources-differ": tr("Sources differ"),
        "does-not-add-up": tr("Does not add up"),
        "unsourced": tr("Unsourced"),
        "stale": tr("Stale"),
        "one-source": tr("One source"),
        "agreed": tr("Agreed"),
    }[state]


def stage_words(stage: Stage) -> str:
    """A stage of money; what was promised is never called given."""
    return {
        "requested": tr("requested"),
        "appropriated": tr("appropriated"),
        "pledged": tr("pledged"),
        "committed": tr("committed"),
        "obligated": tr("obligated"),
        "contributed": tr("contributed"),
        "disbursed": tr("disbursed"),
    }[stage]


def fact_kind_words(kind: FactKind) -> str:
    return {
        "event": tr("Event"),
        "number": tr("Number"),
        "commitment": tr("Commitment"),
        "status": tr("Status"),
        "judgement": tr("Judgement"),
        "official": tr("Official statement"),
    }[kind]


def place_kind_words(kind: PlaceKind) -> str:
    return tr(kind.replace("-", " "))


def party_words(party: Party) -> str:
    """Who holds a feature or claims a line, as it stands in a sentence."""
    return {
        "brunei": tr("Brunei"),
        "china": tr("China"),
        "indonesia": tr("Indonesia"),
        "malaysia": tr("Malaysia"),
        "philippines": tr("the Philippines"),
        "taiwan": tr("Taiwan"),
        "vietnam": tr("Vietnam"),
    }[party]


def award_words(award: Award2016) -> str:
    """What the award of 12 July 2016 found a feature to be, in its natural condition."""
    return {
        "rock": tr("a rock"),
        "low-tide-elevation": tr("a low-tide elevation"),
        "rock-and-low-tide-elevation": tr("a rock and a low-tide elevation"),
        "rock-by-general-finding": tr("a rock, by the general finding; it is not named"),
    }[award]


def reliability_words(letter: Reliability) -> str:
    """The letter of the Admiralty code in words (NATO AJP-2.1, STANAG 2511)."""
    return {
        "A": tr("completely reliable"),
        "B": tr("usually reliable"),
        "C": tr("fairly reliable"),
        "D": tr("not usually reliable"),
        "E": tr("unreliable"),
        "F": tr("reliability cannot be judged"),
    }[letter]


def credibility_words(credibility: int) -> str:
    """The digit of the Admiralty code in words (NATO AJP-2.1, STANAG 2511)."""
    return (
        tr("confirmed by other sources"),
        tr("probably true"),
        tr("possibly true"),
        tr("doubtful"),
        tr("improbable"),
        tr("truth cannot be judged"),
    )[credibility - 1]


def theme_words(mode: str) -> str:
    words = {
        "system": tr("Desktop theme"),
        "light": tr("Light theme"),
        "dark": tr("Dark theme"),
    }
    return words[mode]


def audience_words(audience: Audience) -> str:
    """What an audience is called in menus; one without a name goes by its id."""
    return str(audience.name) if audience.name else audience.id.replace("-", " ").capitalize()
