"""A facts file to a Dossier, with a Problem for everything that is wrong in it."""

from __future__ import annotations

import datetime
import gc
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from desktop.files import fields, places
from desktop.files.loader import NOWHERE, FactsError, Loader, Place, Text
from desktop.model import checks
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem, Severity
from desktop.model.records import (
    FORMAT_VERSION,
    SECTION_OF,
    SECTIONS,
    About,
    Record,
    Source,
    is_id,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.files.loader import Entry, Raw
    from desktop.model.problems import FieldPath
    from desktop.model.records import AnyRecord

HEADER: Final = "charthouse"
ABOUT: Final = "about"
KIND_OF: Final[dict[str, type[Record]]] = {ABOUT: About, **SECTIONS}
MAX_PROBLEMS: Final = 50_000
MAX_PARAM_CHARACTERS: Final = 300
_RECORDS_PER_REPORT: Final = 256
_PART_LOADING: Final = 0.85


class ReadingCancelled(Exception):
    """Whoever asked for the reading no longer wants it."""


class Spans:
    """Where each record stands: offsets of its key and of what comes behind its value."""

    def __init__(self) -> None:
        self._ordinals: dict[str, dict[str, int]] = {}
        self._starts = array("I")
        self._ends = array("I")

    def add(self, section: str, record_id: str, start: int, end: int) -> None:
        self._ordinals.setdefault(section, {})[record_id] = len(self._starts)
        self._starts.append(start)
        self._ends.append(end)

    def find(self, section: str, record_id: str) -> tuple[int, int] | None:
        """The span of a record, in code points, or None if the file has no such record."""
        ordinal = self.ordinal(section, record_id)
        return None if ordinal is None else self[ordinal]

    def ordinal(self, section: str, record_id: str) -> int | None:
        """How many records stand before one in the file, or None if the file has no such record."""
        return self._ordinals.get(section, {}).get(record_id)

    def __getitem__(self, ordinal: int) -> tuple[int, int]:
        return self._starts[ordinal], self._ends[ordinal]

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Each section with the ids of its records, in the order of the file."""
        return ((section, [*ids]) for section, ids in self._ordinals.items())


class Reading(NamedTuple):
    """What a file says. ``problems`` stand in the order of the file."""

    dossier: Dossier
    problems: tuple[Problem, ...]
    text: Text
    spans: Spans

    def place_of(self, ref: Ref) -> Place:
        """Line and column of a record's key; 0, 0 for a record the file does not have."""
        record_id = "" if ref.kind is About else ref.id.partition("/")[0]
        span = self.spans.find(SECTION_OF[ref.kind], record_id)
        return NOWHERE if span is None else self.text.place(span[0])


def read(
    data: bytes,
    file: str = "",
    report: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read the bytes of a facts file; ``file`` is what its problems call it.

    ``report`` is told now and then which part is done, from 0 to 1. Raises FactsError for a file
    that is refused as a whole, and ReadingCancelled once ``is_cancelled`` says so.
    """
    try:
        with _collector_paused():
            return _Reader(data, file, report, is_cancelled).read()
    except FactsError as error:
        raise error.in_file(file) from error.__cause__


@contextmanager
def _collector_paused() -> Iterator[None]:
    # Nothing here makes cycles, and looking for them takes longer than the reading itself.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reader:
    def __init__(
        self,
        data: bytes,
        file: str,
        report: Callable[[float], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self._size = len(data)
        self._file = file
        self._report = report
        self._is_cancelled = is_cancelled
        self._loader = Loader(data, frozenset({HEADER, ABOUT}))
        self._spans = Spans()
        self._records: list[Record] = []
        self._about: About | None = None
        self._about_raw: Raw = None
        self._sound_parts: list[Record] = []
        self._left_out: set[Ref] = set()
        self._problems: list[Problem] = []

    def read(self) -> Reading:
        for count, entry in enumerate(self._loader):
            self._pause(count, entry.start / self._size * _PART_LOADING)
            self._take(entry)
        for section in self._loader.sections:
            self._check_name(section)
        if HEADER not in self._loader.sections:
            self._note("no-format-version", "warning", write=f"{HEADER}: {FORMAT_VERSION}")
        if ABOUT not in self._loader.sections:
            self._note("missing-field", "error", field=ABOUT)
        dossier = self._checked()
        problems = [*self._placed()]
        problems.sort(key=lambda problem: (problem.line, problem.column))
        if self._report is not None:
            self._report(1.0)
        return Reading(dossier, tuple(problems), self._loader.text, self._spans)

    def _pause(self, count: int, done: float) -> None:
        """Every so many records, say what part is done and see whether to go on."""
        if count % _RECORDS_PER_REPORT:
            return
        if self._is_cancelled is not None and self._is_cancelled():
            raise ReadingCancelled
        if self._report is not None:
            self._report(done)

    def _take(self, entry: Entry) -> None:
        kind = SECTIONS.get(entry.section)
        if entry.id is not None and kind is not None:
            record = self._convert(kind, entry)
            if record is not None:
                self._records.append(record)
        elif entry.section == ABOUT:
            self._about_raw = entry.raw
            self._about = self._convert(About, entry)
        elif entry.section == HEADER:
            self._check_version(entry)
        elif kind is not None and entry.raw is not None:
            self._note("section-not-a-mapping", "error", entry.section, section=entry.section)

    def _convert(self, kind: type[AnyRecord], entry: Entry) -> AnyRecord | None:
        section, record_id, raw = entry.section, entry.id or "", entry.raw
        self._spans.add(section, record_id, entry.start, entry.end)
        name = record_id or ABOUT
        if isinstance(raw, dict) and is_id(name):
            try:
                return fields.to_record(kind, name, raw)
            except msgspec.ValidationError:
                pass  # told in full below
        record, faults = fields.to_record_or_faults(kind, name, raw)
        if not faults:
            return record
        for fault in faults:
            self._problems.append(
                Problem(fault.code, "error", section, record_id, fault.field, fault.params)
            )
        self._left_out.add(Ref(kind, name))
        if record is not None and kind is not About:
            self._sound_parts.append(record)
        self._check_number(self._problems, section, record_id)
        return None

    def _check_number(self, problems: list[Problem], section: str, record_id: str) -> None:
        if len(problems) > MAX_PROBLEMS:
            span = self._spans.find(section, record_id)
            place = self._loader.text.place(span[0] if span else 0)
            raise FactsError("too-many-problems", place, limit=str(MAX_PROBLEMS))

    def _check_version(self, entry: Entry) -> None:
        self._spans.add(HEADER, "", entry.start, entry.end)
        version = entry.raw if isinstance(entry.raw, str) else ""
        if not (version.isascii() and version.isdigit()) or len(version) > 9:
            self._note("not-a-format-version", "error", HEADER, write=str(FORMAT_VERSION))
        elif int(version) > FORMAT_VERSION:
            place = self._loader.text.place(entry.start)
            raise FactsError("newer-format", place, version=version, known=str(FORMAT_VERSION))
        elif int(version) < FORMAT_VERSION:
            self._note("older-format", "warning", HEADER, version=version)

    def _check_name(self, section: str) -> None:
        if section not in (HEADER, ABOUT) and section not in SECTIONS:
            close = checks.nearest(section, [ABOUT, *SECTIONS])
            self._note("unknown-section", "error", section, key=section, nearest=close)

    def _checked(self) -> Dossier:
        """The dossier without the records in which the model's rules find an error."""
        about = self._about or self._stand_in(set())
        dossier = Dossier(about, self._records, frozenset(self._left_out))
        found: list[Problem] = []
        records = (about, *self._records)
        for count, record in enumerate(records):
            self._pause(count, _PART_LOADING + count / len(records) * (1 - _PART_LOADING))
            if problems := checks.findings(dossier, record):
                found += problems
                self._check_number(found, SECTION_OF[type(record)], record.id)
        for part in self._sound_parts:
            found += (
                problem
                for problem in checks.findings(dossier, part)
                if problem.severity == "error" and problem.field
            )
        self._problems += checks.suggested(dossier, found)
        errors = [
            problem
            for problem in found
            if problem.severity == "error" and problem.code not in checks.KEEPS_RECORD
        ]
        if not errors:
            return dossier
        self._left_out |= {Ref(KIND_OF[each.kind], each.id or ABOUT) for each in errors}
        bad_fields = {str(each.field[0]) for each in errors if each.kind == ABOUT and each.field}
        if bad_fields:
            about = self._stand_in(bad_fields)
        kept = (each for each in self._records if Ref(type(each), each.id) not in self._left_out)
        return Dossier(about, kept, frozenset(self._left_out))

    def _stand_in(self, bad_fields: set[str]) -> About:
        """What is sound of a faulty header; for a missing as-of, the newest day of any source."""
        given = self._about_raw if isinstance(self._about_raw, dict) else {}
        faults = (each for each in self._problems if each.kind == ABOUT and each.field)
        bad_fields |= {str(fault.field[0]) for fault in faults}
        dates = (
            date.last
            for source in self._records
            if isinstance(source, Source)
            for date in (source.published, source.accessed)
            if date is not None and date.last is not None
        )
        newest = datetime.date.fromordinal(max(dates, default=1))
        sound: dict[str, Raw] = {
            "title": self._file.strip() or HEADER,
            "as_of": newest.isoformat(),
        }
        sound |= {key: value for key, value in given.items() if key not in bad_fields}
        about, _ = fields.to_record_or_faults(About, ABOUT, sound)
        assert about is not None
        return about

    def _note(self, code: str, severity: Severity, kind: str = "", /, **params: str) -> None:
        self._problems.append(Problem(code, severity, kind, params=params))

    def _placed(self) -> Iterator[Problem]:
        """The problems with their places; the text of a record is looked through once for all."""
        place_of = self._loader.text.place
        text = ""
        known: tuple[str, str] | None = None
        spots: dict[FieldPath, places.Spot] = {}
        for problem in self._problems:
            span = self._spans.find(problem.kind, problem.id)
            offset = span[0] if span else self._loader.sections.get(problem.kind, 0)
            if span and (problem.field or not problem.id):
                if known != (problem.kind, problem.id):
                    known = problem.kind, problem.id
                    text = text or str(self._loader.text)
                    spots = places.spots_in(text[slice(*span)])
                path = (problem.id or problem.kind, *problem.field)
                offset += places.offset_of(spots, path, problem.code)
            line, column = place_of(offset)
            params = {key: _clipped(value) for key, value in problem.params.items()}
            yield msgspec.structs.replace(
                problem, params=params, file=self._file, line=line, column=column
            )


def _clipped(words: str) -> str:
    return words if len(words) <= MAX_PARAM_CHARACTERS else f"{words[:MAX_PARAM_CHARACTERS]}…"
