"""The file as edited: each record on lines of its own, and nothing lost of what stands between."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from desktop.files.draft import Draft
from desktop.files.edits import EditRefused
from desktop.files.facts_file import FactsFile
from desktop.files.reader import read
from desktop.model.changes import (
    AddRecord,
    Batch,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetField,
)
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import (
    About,
    Audience,
    Citation,
    Fact,
    Measure,
    Overlay,
    Reading,
    Record,
    Slide,
    Source,
    Unit,
)
from desktop.model.values import LocalText, Quantity, ScaledUnit
from desktop.store import Store

if TYPE_CHECKING:
    from desktop.model.changes import Change

TEXT = """\
# Facts for a test.
charthouse: 1

about:
  title: Cooperation
  as_of: 2025-12-12
audiences: {hanoi: {language: vi}, washington: {language: en-US}}
units:
  usd: {sign: $, one: U.S. dollar}
  # counted
  sets: {many: sets of remains}

sources:
  vov:
    title: "VOV: what was said"
    publisher: VOV
    origin: vov
    reliability: B
    published: 2025-05-08
    url: https://vov.example/1

areas: {dioxin: {name: Dioxin, group: War legacy}}
measures:   # none so far

facts:
  # War legacy
  pledge:      # the big one
    area: dioxin
    kind: commitment
    statement: A pledge.
    value: 430 million usd   # as printed
    citations:
      - {source: vov, quote: 'raising it to US$430 million', credibility: 2}

  # Not read: no kind.
  broken:
    statement: Something is missing.   # what?

  sum:
    area: dioxin
    kind: commitment
    statement: A sum.
    value: 430 million usd
    parts: [pledge]
    citations:
      - source: vov
        quote: raising it to US$430 million
        credibility: 2
  # The end of the facts.

unknown:
  left: as it is
slides:
  one: {title: "{pledge} is promised", layout: figure, facts: [pledge]}
...
# bye
"""

PLEDGE, SUM, BROKEN = (Ref(Fact, name) for name in ("pledge", "sum", "broken"))
CITATION = Citation(source="vov", credibility=3, quote="more was said")  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> FactsFile:
    return open_text(tmp_path, TEXT)


def open_text(folder: Path, text: str) -> FactsFile:
    path = folder / "facts.yaml"
    path.write_bytes(text.encode())
    return FactsFile.open(path)


def store_of(file: FactsFile) -> Store:
    store = Store(file.reading.dossier)
    store.open(file.reading.dossier, Draft.of(file))
    return store


def changed(file: FactsFile, change: Change) -> str:
    """The text after a change, which has to say what the change says."""
    store = store_of(file)
    store.apply(change)
    assert store.draft is not None
    assert read(store.draft.to_bytes()).dossier == store.dossier
    text = store.draft.text()
    store.undo()
    assert store.draft.to_bytes() == file.data
    return text


def edited(old: str, new: str, text: str = TEXT) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_an_unedited_draft_is_the_file_to_the_byte(tmp_path: Path) -> None:
    for text in (TEXT, "\ufeff" + TEXT.replace("\n", "\r\n"), TEXT.removesuffix("\n# bye\n")):
        file = open_text(tmp_path, text)
        draft = Draft.of(file)

        assert draft.to_bytes() == file.data
        assert draft.text() == text.removeprefix("\ufeff")
        assert draft.line_of(PLEDGE) == 27


def test_a_draft_knows_the_lines_of_each_record(file: FactsFile) -> None:
    draft = Draft.of(file)

    assert [ref.id for ref in draft.refs()] == [
        *("about", "hanoi", "washington", "usd", "sets", "vov", "dioxin"),
        *("pledge", "broken", "sum", "one"),
    ]
    assert draft.slice_of(Ref(Unit, "usd")) == "  usd: {sign: $, one: U.S. dollar}\n"
    assert draft.slice_of(BROKEN) == TEXT[TEXT.index("  broken:") : TEXT.index("\n  sum:")]
    assert draft.slice_of(Ref(Fact, "gone")) is None
    assert draft.line_of(BROKEN) == TEXT[: TEXT.index("  broken:")].count("\n") + 1
    assert draft.line_of(Ref(Fact, "gone")) == 0
    row = Ref(Fact, "sum/FY2017")
    assert (draft.slice_of(row), draft.line_of(row)) == (draft.slice_of(SUM), draft.line_of(SUM))


FACT = Fact(
    id="new",
    area="dioxin",  # type: ignore[arg-type]
    kind="event",
    statement=LocalText("Talks: two days."),
    when=EdtfDate.parse("2025"),
    citations=(CITATION,),
)
OVERLAY = Overlay(id="ring", name=LocalText("Ring"), lines=(((109.3, 16.25), (110.0, 12.0)),))
NEW_FACT = """\
  new:
    area: dioxin
    kind: event
    statement: "Talks: two days."
    when: 2025
    citations:
      - source: vov
        quote: more was said
        credibility: 3
"""

STORIES: dict[str, tuple[Change, str]] = {
    "a value": (
        SetField(PLEDGE, "value", Quantity.parse("431 million usd")),
        edited("430 million usd   # as", "431 million usd   # as"),
    ),
    "a field more, in its place": (
        SetField(PLEDGE, "stage", "pledged"),
        edited("# as printed\n", "# as printed\n    stage: pledged\n"),
    ),
    "a citation more, dressed like the one before": (
        SetField(SUM, "citations", (*(CITATION,) * 2,)),
        edited(
            "        quote: raising it to US$430 million\n        credibility: 2\n",
            "        quote: more was said\n        credibility: 3\n"
            "      - source: vov\n        quote: more was said\n        credibility: 3\n",
        ),
    ),
    "what settles a difference": (
        SetField(SUM, "reading", Reading(say=LocalText("Once."), date=EdtfDate.parse("2025"))),
        edited("  # The end", "    reading: {say: Once., date: 2025}\n  # The end"),
    ),
    "the header": (
        SetField(Ref(About, "about"), "as_of", EdtfDate.parse("2025-12-13")),
        edited("2025-12-12", "2025-12-13"),
    ),
    "a record between braces": (
        SetField(Ref(Audience, "hanoi"), "language", "en-GB"),
        edited("hanoi: {language: vi}", "hanoi: {language: en-GB}"),
    ),
    "a new record between braces": (
        AddRecord(Audience(id="paris", language="en-GB")),
        edited("en-US}}", "en-US}, paris: {language: en-GB}}"),
    ),
    "a record between braces is taken away": (
        DeleteRecord(Ref(Audience, "washington")),
        edited("{language: vi}, washington: {language: en-US}", "{language: vi}"),
    ),
    "a record between braces is renamed": (
        RenameRecord(Ref(Audience, "washington"), "desk"),
        edited("washington:", "desk:"),
    ),
    "a new record behind its elder sibling": (
        AddRecord(FACT),
        edited("  # The end", f"\n{NEW_FACT}  # The end"),
    ),
    "two new records": (
        Batch((AddRecord(FACT), AddRecord(msgspec.structs.replace(FACT, id="newer"))), "two"),
        edited("  # The end", f"\n{NEW_FACT}\n{NEW_FACT.replace('new:', 'newer:')}  # The end"),
    ),
    "a new record in one line, as its sibling": (
        AddRecord(Unit(id="ships", many=LocalText("ships"))),
        edited("of remains}\n", "of remains}\n  ships: {many: ships}\n"),
    ),
    "the first record of a section that is empty": (
        AddRecord(
            Measure(id="m", name=LocalText("M"), unit=ScaledUnit.parse("usd"), kind="count")
        ),
        edited("none so far\n", "none so far\n  m: {name: M, unit: usd, kind: count}\n"),
    ),
    "the first record of a section that is not there": (
        AddRecord(OVERLAY),
        edited(
            "  # The end",
            "\noverlays:\n  ring:\n    name: Ring\n    lines:\n      - - [109.3, 16.25]\n"
            "        - [110, 12]\n  # The end",
        ),
    ),
    "a record is taken away, and the comments stay": (
        Batch((SetField(SUM, "parts", ()), SetField(Ref(Slide, "one"), "title", LocalText("T")),
               SetField(Ref(Slide, "one"), "facts", ()), DeleteRecord(PLEDGE)), "all"),
        edited(
            TEXT[TEXT.index("  pledge:") : TEXT.index("\n  # Not read")], "",
            edited("    parts: [pledge]\n", "").replace(
                '{title: "{pledge} is promised", layout: figure, facts: [pledge]}',
                '{title: "T", layout: figure}',
            ),
        ),
    ),
    "a record goes by another id, wherever it is named": (
        RenameRecord(PLEDGE, "promise"),
        TEXT.replace("pledge:  ", "promise:  ").replace("[pledge]", "[promise]")
        .replace("{pledge}", "{promise}"),
    ),
    "one goes and another comes": (
        Batch((DeleteRecord(SUM), AddRecord(FACT)), "exchange"),
        edited(
            TEXT[TEXT.index("  sum:") : TEXT.index("  # The end")], "",
        ).replace("US$430 million', credibility: 2}\n",
                  "US$430 million', credibility: 2}\n\n" + NEW_FACT.replace(
                      "      - source: vov\n        quote: more was said\n        credibility: 3\n",
                      "      - {source: vov, quote: more was said, credibility: 3}\n")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_a_change_touches_the_lines_that_were_meant(file: FactsFile, story: str) -> None:
    change, expected = STORIES[story]

    assert changed(file, change) == expected


@pytest.mark.parametrize("story", STORIES)
def test_line_ends_and_byte_order_mark_stay(tmp_path: Path, story: str) -> None:
    change, expected = STORIES[story]
    text = "\ufeff" + TEXT.replace("\n", "\r\n")

    assert changed(open_text(tmp_path, text), change) == expected.replace("\n", "\r\n")


def test_a_file_without_a_last_line_end_gets_none(tmp_path: Path) -> None:
    text = TEXT[: TEXT.index("\n  # The end")]
    for change in (
        SetField(SUM, "stage", "pledged"),
        SetField(SUM, "value", Quantity.parse("431 million usd")),
    ):
        after = changed(open_text(tmp_path, text), change)

        assert not after.endswith("\n")
        assert len(after.splitlines()) <= len(text.splitlines()) + 1
    assert changed(open_text(tmp_path, text), AddRecord(FACT)) == f"{text}\n\n{NEW_FACT}"[:-1]


class Reversed(msgspec.Struct, frozen=True):
    """Turns the facts' order round."""

    label: str = "reverse"

    @property
    def about(self) -> Ref | None:
        return None

    def applied_to(self, dossier: Dossier) -> Dossier:
        return dossier.patched({}, {Fact: tuple(reversed(dossier.facts))})


def test_another_order_moves_the_lines_of_records_and_no_others(file: FactsFile) -> None:
    after = changed(file, Reversed())

    first, last = (TEXT[TEXT.index(f"  {name}:") :] for name in ("pledge", "sum"))
    first, last = first[: first.index("\n  # Not")], last[: last.index("  # The end")]
    assert after == TEXT.replace(last, "\0").replace(first, last).replace("\0", first)


def test_what_is_only_added_again_is_moved_to_the_end(file: FactsFile) -> None:
    store = store_of(file)
    bare = Batch((SetField(SUM, "parts", ()), SetField(Ref(Slide, "one"), "facts", ())), "bare")
    store.apply(bare)
    store.apply(SetField(Ref(Slide, "one"), "title", LocalText("T")))
    pledge = store.dossier.fact("pledge")

    store.apply(Batch((DeleteRecord(PLEDGE), AddRecord(pledge)), "to the end"))

    assert store.draft is not None
    assert [ref.id for ref in store.draft.refs()][-4:] == ["sum", "broken", "pledge", "one"]
    assert read(store.draft.to_bytes()).dossier == store.dossier


def test_an_edit_taken_back_by_hand_leaves_every_comment_once(file: FactsFile) -> None:
    store = store_of(file)
    store.apply(AddRecord(FACT))
    assert store.draft is not None
    added = store.draft.text()

    store.apply(SetField(SUM, "stage", "pledged"))
    store.apply(SetField(SUM, "stage", None))

    assert store.draft.text() == added
    assert added.count("# The end of the facts.") == 1


@pytest.mark.parametrize("order", ["first in, first out", "last in, first out"])
def test_records_added_and_deleted_again_leave_no_line(tmp_path: Path, order: str) -> None:
    text = edited("  # The end of the facts.\n", "")
    store = store_of(open_text(tmp_path, text))
    other = msgspec.structs.replace(FACT, id="other")
    added = [FACT, other, msgspec.structs.replace(FACT, id="third")]
    for fact in added:
        store.apply(AddRecord(fact))
        store.apply(SetField(Ref(Fact, fact.id), "stage", "pledged"))

    for fact in added if order.startswith("first") else reversed(added):
        store.apply(DeleteRecord(Ref(Fact, fact.id)))

    assert store.draft is not None
    assert store.draft.text() == text


def test_a_record_that_could_not_be_read_stays_word_for_word(file: FactsFile) -> None:
    store = store_of(file)
    store.apply(AddRecord(FACT))
    store.apply(SetField(SUM, "value", Quantity.parse("1 usd")))
    assert store.draft is not None

    assert BROKEN in store.dossier.left_out
    assert store.draft.slice_of(BROKEN) == Draft.of(file).slice_of(BROKEN)
    with pytest.raises(ChangeRefused) as refused:
        store.apply(AddRecord(msgspec.structs.replace(FACT, id="broken")))
    assert refused.value.problem.code == "id-taken"


def test_a_header_with_errors_cannot_be_edited_in_the_window(tmp_path: Path) -> None:
    store = store_of(open_text(tmp_path, TEXT.replace("as_of: 2025-12-12", "as_of: soon")))

    with pytest.raises(ChangeRefused) as refused:
        store.apply(SetField(Ref(About, "about"), "marking", "NONE"))

    assert (refused.value.problem.code, refused.value.problem.path) == (
        "edit-faulty-record",
        "about",
    )


@pytest.mark.parametrize(
    ("text", "code"), [("bell \a", "control-character"), ("x" * 500_001, "record-too-long")]
)
def test_what_the_file_could_not_be_read_with_is_not_written(
    file: FactsFile, text: str, code: str
) -> None:
    store = store_of(file)
    before = store.draft

    with pytest.raises(ChangeRefused) as refused:
        store.apply(SetField(PLEDGE, "note", LocalText(text)))

    assert refused.value.problem.code == code
    assert refused.value.problem.path == "facts.pledge"
    assert store.draft is before
    assert not store.can_undo()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  pledge:      # the big one\n", "  ? pledge\n  :\n"),
        ("  pledge:      # the big one\n", '  "pledge" :\n'),
        ("facts:\n", "facts:   # all of them\n"),
        ("  # War legacy\n", "# War legacy\n\n"),
        ("A pledge.", "A pledge,\n      at least."),
        ("A pledge.", "|-\n      A pledge.\n      # no comment"),
        ("A pledge.", '"A\u2028pledge."'),
        ("    value: 430 million usd   # as printed", "    value: 430 million usd\t# as printed"),
    ],
)
def test_a_file_written_otherwise_is_edited_all_the_same(
    tmp_path: Path, old: str, new: str
) -> None:
    text = edited(old, new)
    file = open_text(tmp_path, text)
    after = changed(file, SetField(PLEDGE, "value", Quantity.parse("7 usd")))
    assert after == text.replace("value: 430 million usd", "value: 7 usd", 1)

    renamed = changed(file, RenameRecord(PLEDGE, "promise"))
    assert len(renamed.splitlines()) == len(text.splitlines())


def test_a_file_in_braces_is_edited_too(tmp_path: Path) -> None:
    text = (
        "{charthouse: 1, about: {title: T, as_of: 2025-12-12}, units: {usd: {sign: $}},\n"
        " areas: {a: {name: A, group: G}},\n"
        " sources: {vov: {title: T, publisher: P, origin: o, reliability: B,\n"
        "   url: https://x.example, published: 2025}},\n"
        " facts: {pledge: {area: a, kind: event, statement: S,\n"
        "   citations: [{source: vov, quote: q, credibility: 2}]}}}\n"
    )
    file = open_text(tmp_path, text)

    assert changed(file, SetField(PLEDGE, "value", Quantity.parse("7 usd"))) == text.replace(
        "statement: S,\n", "statement: S,\n   value: 7 usd,\n"
    )
    added = changed(file, AddRecord(Unit(id="sets", many=LocalText("sets"))))
    assert added == text.replace("{sign: $}}", "{sign: $}, sets: {many: sets}}")


def test_a_section_in_braces_with_a_line_for_each_record_is_edited_too(tmp_path: Path) -> None:
    braces = "units: {\n  usd: {sign: $},   # money\n  sets: {many: sets}\n}\n"
    text = TEXT.replace(TEXT[TEXT.index("units:") : TEXT.index("\nsources:")], braces)
    file = open_text(tmp_path, text)
    sets = Ref(Unit, "sets")

    assert Draft.of(file).slice_of(sets) == "  sets: {many: sets}\n"
    assert changed(file, SetField(sets, "sign", "S")) == text.replace(
        "{many: sets}", "{sign: S, many: sets}"
    )
    assert changed(file, AddRecord(Unit(id="ships", many=LocalText("ships")))) == text.replace(
        "{many: sets}\n", "{many: sets},\n  ships: {many: ships}\n"
    )
    assert changed(file, DeleteRecord(sets)) == text.replace("  sets: {many: sets}\n", "")


SOUND = """\
    area: dioxin
    kind: event
    statement: It happened.
    citations: [{source: vov, quote: so, credibility: 2}]
"""
BEFORE_FACTS = TEXT[: TEXT.index("  # War legacy")]


def test_no_empty_line_is_put_behind_text_that_keeps_its_line_ends(tmp_path: Path) -> None:
    note = "    note: |+\n      Two lines,\n\n"
    text = f"{BEFORE_FACTS}  a:\n{SOUND}\n  b:\n{SOUND}{note}"

    after = changed(open_text(tmp_path, text), AddRecord(FACT))

    assert after.startswith(f"{text}  new:\n")


def test_a_comment_is_not_left_where_it_would_become_text_of_a_record(tmp_path: Path) -> None:
    note, comment = "    note: |\n      A line.\n", "      # not of the note\n"
    text = f"{BEFORE_FACTS}  a:\n{SOUND}{note}  b:\n{SOUND}{comment}"
    file = open_text(tmp_path, text)
    assert not file.reading.dossier.left_out

    with pytest.raises(ChangeRefused) as refused:
        store_of(file).apply(DeleteRecord(Ref(Fact, "b")))

    assert refused.value.problem.code == "edit-not-in-place"
    assert changed(file, DeleteRecord(Ref(Fact, "a"))) == f"{BEFORE_FACTS}  b:\n{SOUND}{comment}"


def test_records_put_before_all_others_stand_in_their_order(file: FactsFile) -> None:
    before = file.reading.dossier
    new = [msgspec.structs.replace(FACT, id=name) for name in ("one", "two")]
    after = before.patched(
        {Ref(Fact, each.id): each for each in new}, {Fact: ("one", "two", "pledge", "sum")}
    )

    draft = Draft.of(file).after(before, after, diff(before, after))

    assert read(draft.to_bytes()).dossier == after
    assert [ref.id for ref in draft.refs() if ref.kind is Fact][:3] == ["one", "two", "pledge"]


def test_a_refusal_leaves_nothing_half_done(file: FactsFile) -> None:
    draft = Draft.of(file)
    before = file.reading.dossier
    after = before.with_record(msgspec.structs.replace(before.fact("sum"), stage="pledged"))
    after = after.with_record(msgspec.structs.replace(before.fact("pledge"), note=LocalText("\a")))

    with pytest.raises(EditRefused):
        draft.after(before, after, diff(before, after))

    assert draft.to_bytes() == file.data


def test_drafts_share_what_stayed(file: FactsFile) -> None:
    store = store_of(file)
    first = store.draft
    store.apply(SetField(PLEDGE, "stage", "pledged"))
    second = store.draft
    assert first is not None
    assert second is not None

    assert second.source is first.source
    assert set(second.edited) - set(first.edited) == {first.home_of(PLEDGE)}


def record(**fields: Any) -> Record:
    return Source(id="x", title="T", publisher="P", origin="o", reliability="B", **fields)


def test_lines_are_counted_through_what_was_added_and_taken_away(file: FactsFile) -> None:
    store = store_of(file)
    for change in (
        AddRecord(record()),
        SetField(PLEDGE, "note", LocalText("So far.")),
        SetField(SUM, "parts", ()),
        AddRecord(FACT),
        DeleteRecord(Ref(Source, "x")),
        AddRecord(Overlay(id="r", name=LocalText("R"), lines=OVERLAY.lines)),
    ):
        store.apply(change)
        assert store.draft is not None
        reading = read(store.draft.to_bytes())
        for ref in store.draft.refs():
            assert store.draft.line_of(ref) == reading.place_of(ref)[0]
