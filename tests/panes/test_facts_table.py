"""The table model: its order, its filters, and rows that follow a change without a reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt

from desktop.model.changes import AddRecord, Batch, Change, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import Area, AreaId, Fact, FactId, Source
from desktop.model.search_index import Query
from desktop.model.values import LocalText, Quantity
from desktop.panes.facts_columns import FILE_ORDER, Column
from desktop.panes.facts_table import NO_AREA, NOTE_ROLE, FactFilter, FactsTable
from desktop.services.language import Locale

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def dossier(workspace: Workspace) -> Dossier:
    return workspace.store.dossier


@pytest.fixture
def table(dossier: Dossier) -> FactsTable:
    table = FactsTable()
    table.show(Locale(dossier))
    return table


def ids(table: FactsTable) -> list[str | None]:
    return [table.fact_id(row) for row in range(table.rowCount())]


def cell(table: FactsTable, fact_id: str, column: Column, role: int = 0) -> str:
    said = table.data(table.index(table.row_of(fact_id), column), role)
    assert isinstance(said, str)
    return said


def follow(table: FactsTable, before: Dossier, *changes: Change) -> Dossier:
    after = Batch(changes, "several").applied_to(before)
    table.follow(Locale(after), diff(before, after))
    return after


def set_value(fact_id: str, value: str) -> SetField:
    return SetField(Ref(Fact, fact_id), "value", Quantity.parse(value))


# What the cells say


def test_it_is_a_well_behaved_model(table: FactsTable, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table)


def test_it_stays_well_behaved_while_facts_change_come_and_go(
    table: FactsTable, dossier: Dossier, qtmodeltester: ModelTester
) -> None:
    table.sort(Column.VALUE, DOWN)
    qtmodeltester.check(table)
    added = Fact(
        id="newcomer", kind="event", area=AreaId("visits"), statement=LocalText(en="A new one.")
    )
    after = follow(table, dossier, set_value("remains", "900 sets"), AddRecord(added))
    assert table.row_of("newcomer") >= 0
    follow(table, after, DeleteRecord(Ref(Fact, "newcomer")))
    assert table.row_of("newcomer") == -1


def test_cells_say_a_fact_as_people_do(table: FactsTable) -> None:
    said = [cell(table, "clean-up-total", column) for column in Column]
    assert said == [
        "The commitment to the clean-up.",
        "Clean-up",
        "$430 million",
        "Committed",
        "17 Jan 2025",
        "2",
        "Agreed",
    ]


def test_the_qualifier_of_a_value_is_kept(table: FactsTable) -> None:
    assert cell(table, "old-estimate", Column.VALUE) == "about $250 million"


def test_a_table_of_readings_counts_them_and_goes_by_its_measure(table: FactsTable) -> None:
    assert cell(table, "assistance-by-year", Column.VALUE) == "3 readings"
    assert cell(table, "assistance-by-year", Column.STATEMENT) == "Assistance by year"
    assert table.row_of("assistance-by-year/FY2018") == table.row_of("assistance-by-year")


def test_what_is_shown_nowhere_else_says_why(table: FactsTable) -> None:
    assert cell(table, "later-call", Column.STATEMENT, NOTE_ROLE) == "after as-of"
    assert cell(table, "for-some", Column.STATEMENT, NOTE_ROLE) == "withheld"
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert cell(table, "later-call", Column.STATEMENT, spoken).endswith("after as-of")


def test_a_screen_reader_hears_every_cell_and_all_states(table: FactsTable) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    for fact_id in ids(table):
        assert all(cell(table, str(fact_id), column, spoken) for column in Column)
    assert cell(table, "first-call", Column.STATE, spoken) == "Sources differ, One source"


def test_vietnamese_is_spoken_to_those_who_read_it(table: FactsTable, dossier: Dossier) -> None:
    table.show(Locale(dossier, "hanoi-vi"))  # type: ignore[arg-type]
    assert cell(table, "remains", Column.VALUE) == "8 bộ hài cốt"


# Order


def test_facts_stand_as_in_the_file_until_they_are_sorted(
    table: FactsTable, dossier: Dossier
) -> None:
    assert ids(table) == list(dossier.facts)
    table.sort(Column.STATEMENT, UP)
    assert ids(table) != list(dossier.facts)
    table.sort(FILE_ORDER)
    assert ids(table) == list(dossier.facts)


def test_values_sort_by_unit_then_size_and_what_has_none_stays_last(table: FactsTable) -> None:
    table.sort(Column.VALUE, UP)
    upwards = ids(table)
    assert upwards.index("remains") < upwards.index("earlier-call") < upwards.index("first-call")
    assert upwards.index("clean-up-addition") < upwards.index("clean-up-total")
    table.sort(Column.VALUE, DOWN)
    assert ids(table)[0] == "wrong-total"
    assert set(ids(table)[-5:]) == set(upwards[-5:])


def test_dates_sort_by_their_earliest_day(table: FactsTable) -> None:
    table.sort(Column.DATE, UP)
    found = ids(table)
    assert found[0] == "old-estimate"
    dated = ["posture", "remains", "earlier-call", "for-some", "clean-up-total"]
    assert [each for each in found if each in dated] == dated


def test_accents_do_not_part_what_sorts_together(table: FactsTable, dossier: Dossier) -> None:
    renamed = {"remains": "Đông", "first-call": "Dong A", "earlier-call": "Dông"}
    changes = [
        SetField(Ref(Fact, fact_id), "statement", LocalText(en=words))
        for fact_id, words in renamed.items()
    ]
    follow(table, dossier, *changes)
    table.sort(Column.STATEMENT, UP)
    found = [each for each in ids(table) if each in renamed]
    assert found == ["earlier-call", "remains", "first-call"]


def test_sorting_keeps_hold_of_the_row_in_view(table: FactsTable) -> None:
    held = QPersistentModelIndex(table.index(table.row_of("remains"), 0))
    table.sort(Column.VALUE, DOWN)
    assert table.fact_id(held.row()) == "remains"


# Filters


@pytest.mark.parametrize("typed", ["hoang", "HOANG sa", "Hoàng", "hoa\u0300ng"])
def test_both_spellings_are_found(table: FactsTable, typed: str) -> None:
    table.set_filter(FactFilter(Query(typed)))
    assert set(ids(table)) == {"remains", "earlier-call"}


def test_typed_accents_stand_first_whatever_the_order(table: FactsTable) -> None:
    table.sort(Column.STATEMENT, UP)
    table.set_filter(FactFilter(Query("hoang")))
    assert ids(table) == ["earlier-call", "remains"]
    table.set_filter(FactFilter(Query("hoàng")))
    assert ids(table) == ["remains", "earlier-call"]


def test_a_state_lists_every_fact_that_is_in_it_among_others(table: FactsTable) -> None:
    table.set_filter(FactFilter(facet="one-source"))
    assert "first-call" in ids(table)
    assert table.rowCount() == table.count("one-source")


def test_counts_are_of_an_area_or_of_all(table: FactsTable, dossier: Dossier) -> None:
    assert table.count() == len(dossier.facts)
    assert table.count("all", "missing") == 2
    assert table.count("unsourced", "missing") == 1
    assert table.count("all", NO_AREA) == 0


def test_a_source_leaves_what_cites_it(table: FactsTable) -> None:
    table.set_filter(FactFilter(of=Ref(Source, "tomorrow")))
    assert ids(table) == ["later-call"]


# Changes


def test_a_change_draws_its_row_anew_and_no_other(
    qtbot: QtBot, table: FactsTable, dossier: Dossier
) -> None:
    table.modelReset.connect(lambda: pytest.fail("the table was reset"))
    with qtbot.waitSignal(table.dataChanged) as seen:
        follow(table, dossier, set_value("remains", "9 sets"))
    first, last = seen.args[:2]
    assert (first.row(), last.row()) == (table.row_of("remains"),) * 2
    assert cell(table, "remains", Column.VALUE) == "9 sets of remains"


def test_a_change_moves_its_row_to_where_it_now_belongs(
    qtbot: QtBot, table: FactsTable, dossier: Dossier
) -> None:
    table.sort(Column.VALUE, UP)
    held = QPersistentModelIndex(table.index(table.row_of("clean-up-first"), 0))
    with qtbot.waitSignal(table.rowsMoved):
        follow(table, dossier, set_value("clean-up-first", "1 million usd"))
    found = ids(table)
    assert found.index("clean-up-first") < found.index("clean-up-addition")
    assert table.fact_id(held.row()) == "clean-up-first"


def test_a_part_that_changes_alters_the_state_of_its_total(
    table: FactsTable, dossier: Dossier
) -> None:
    assert cell(table, "clean-up-total", Column.STATE) == "Agreed"
    follow(table, dossier, set_value("clean-up-first", "100 million usd"))
    assert cell(table, "clean-up-total", Column.STATE) == "Does not add up"
    assert table.count("does-not-add-up") == 2


def test_a_fact_comes_and_goes_with_its_filter(table: FactsTable, dossier: Dossier) -> None:
    table.set_filter(FactFilter(Query("nine")))
    assert ids(table) == []
    statement = SetField(Ref(Fact, "remains"), "statement", LocalText(en="Nine of them."))
    after = follow(table, dossier, statement)
    assert ids(table) == ["remains"]
    statement = SetField(Ref(Fact, "remains"), "statement", LocalText(en="Eight of them."))
    follow(table, after, statement)
    assert ids(table) == []


def test_a_renamed_area_is_said_in_all_its_rows(table: FactsTable, dossier: Dossier) -> None:
    follow(table, dossier, SetField(Ref(Area, "visits"), "name", LocalText(en="Calls")))
    assert cell(table, "first-call", Column.AREA) == "Calls"
    assert cell(table, "earlier-call", Column.AREA) == "Calls"


VALUES = st.builds(
    lambda amount, unit: f"{amount} {unit}",
    st.integers(0, 600),
    st.sampled_from(["million usd", "sets", "ships"]),
)
DATES = st.sampled_from(["2019", "2024-05", "2025-01-17", "2026-02", "2023/2024", "../2020"])
FACTS = st.sampled_from(
    ["remains", "first-call", "earlier-call", "old-estimate", "new-estimate", "posture"]
)


def edits() -> st.SearchStrategy[SetField]:
    def edit(fact_id: str, value: str, when: str, field: str) -> SetField:
        values = {
            "value": Quantity.parse(value),
            "when": EdtfDate.parse(when),
            "statement": LocalText(en=f"Hoàng {value}"),
            "area": AreaId("visits"),
        }
        return SetField(Ref(Fact, fact_id), field, values[field])

    fields = st.sampled_from(["value", "when", "statement", "area"])
    return st.builds(edit, FACTS, VALUES, DATES, fields)


@given(
    steps=st.lists(st.lists(edits(), min_size=1, max_size=3), max_size=6),
    column=st.sampled_from([FILE_ORDER, *Column]),
    order=st.sampled_from([UP, DOWN]),
    typed=st.sampled_from(["", "hoang", "hoàng", "call"]),
)
@settings(max_examples=60)
def test_following_changes_ends_where_showing_anew_does(
    small_dossier: Dossier,
    steps: list[list[SetField]],
    column: int,
    order: Qt.SortOrder,
    typed: str,
) -> None:
    followed, shown = FactsTable(), FactsTable()
    for each in (followed, shown):
        each.show(Locale(small_dossier))
        each.sort(column, order)
        each.set_filter(FactFilter(Query(typed)))
    dossier = small_dossier
    for step in steps:
        dossier = follow(followed, dossier, *step)
    shown.show(Locale(dossier))
    assert ids(followed) == ids(shown)
    for area in (None, *dossier.areas):
        assert followed.count("one-source", area) == shown.count("one-source", area)
        assert followed.count("after-as-of", area) == shown.count("after-as-of", area)
    assert FactId("remains") in dossier.facts
