"""What is carried over keeps to its own state of the facts, however many share it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import carried
from desktop.model.carried import Carried

KEYS = range(7)


@pytest.mark.parametrize("most_own", [0, 2, carried.MOST_OWN])
@given(data=st.data())
def test_every_state_finds_what_was_put_for_it_and_no_other(
    data: st.DataObject, most_own: int
) -> None:
    """States branch off one another; a key is worked out again wherever it was forgotten since.

    What a key is worth in a state is told by the last state that forgot it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carried, "MOST_OWN", most_own)
        states = _branching(data)
    for known, worth in states:
        found = known.each(KEYS)
        assert found == [known.get(key) for key in KEYS]
        assert all(each in (None, worth[key]) for key, each in enumerate(found))


def _branching(data: st.DataObject) -> list[tuple[Carried[int, str], dict[int, str]]]:
    states: list[tuple[Carried[int, str], dict[int, str]]] = [
        (Carried({}), dict.fromkeys(KEYS, "0"))
    ]
    for number in range(1, data.draw(st.integers(1, 12)) + 1):
        known, worth = data.draw(st.sampled_from(states))
        if data.draw(st.booleans()):
            forgotten = data.draw(st.sets(st.sampled_from(KEYS), max_size=3))
            states.append((known.without(forgotten), worth | dict.fromkeys(forgotten, str(number))))
        else:
            key = data.draw(st.sampled_from(KEYS))
            assert known.put(key, worth[key]) == known.get(key) == worth[key]
    return states


def test_what_many_changes_have_touched_is_taken_up_by_all_later_states() -> None:
    first = Carried(dict.fromkeys(range(2 * carried.MOST_OWN), "first"))
    now = first
    for key in range(carried.MOST_OWN + 1):
        now = now.without([key])
        now.put(key, "again")
    last = now.without([7])

    assert last.each([0, 7, carried.MOST_OWN, carried.MOST_OWN + 1]) == [
        *("again", None, "again", "first")
    ]
    assert now.get(7) == "again"
    assert first.each([0, 7]) == ["first", "first"]
