"""A difference of lines says what goes and what comes, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.text_diff import DiffLine, line_diff

lines = st.lists(st.text(st.characters(codec="utf-8", categories=["L", "Nd"]), max_size=3))


def test_one_changed_line_is_one_that_goes_and_one_that_comes() -> None:
    before = "  pledge:\n    value: 130 million usd\n    when: 2025\n"
    after = before.replace("130", "135")

    assert line_diff(before, after, before_line=212, after_line=215) == [
        DiffLine("-", 213, "    value: 130 million usd"),
        DiffLine("+", 216, "    value: 135 million usd"),
    ]


@given(lines, lines)
def test_taking_out_and_putting_in_what_it_says_makes_the_later_text(
    before: list[str], after: list[str]
) -> None:
    found = line_diff("\n".join(before), "\n".join(after))
    before, after = "\n".join(before).splitlines(), "\n".join(after).splitlines()

    gone = {line.number for line in found if line.sign == "-"}
    made = [text for number, text in enumerate(before, 1) if number not in gone]
    for line in sorted((each for each in found if each.sign == "+"), key=lambda each: each.number):
        made.insert(line.number - 1, line.text)

    assert made == after
    assert all(before[each.number - 1] == each.text for each in found if each.sign == "-")
