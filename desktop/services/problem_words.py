"""The sentence for each Problem: what happened, and what is accepted instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.model.problems import Problem
from desktop.services.language import tr

_SENTENCES: Final[Mapping[str, str]] = {
    # Dates
    "not-a-date": "“{text}” is not a date; write {dates}",
    "no-year": "“{text}” lacks the year; write that first, as 2025-05-08 or 2025-05",
    "no-such-date": "“{text}” is not in the calendar{ends}; write a day that exists, as 2025-05-08",
    "time-of-day": "“{text}” has a time of day, which is not kept; write the day, as 2025-05-08",
    "dates-reversed": "“{text}” ends before it begins; write the earlier date first",
    "not-a-single-date": "“{text}” is a span; write one date, as 2025-05 or 2025",
    "not-a-duration": "“{text}” is not a duration; write P12M for twelve months or P3Y",
    "as-of-not-a-day": "“{text}” is not one day; write the day the file speaks of, as 2025-12-12",
    # Quantities
    "not-a-quantity": "“{text}” is not a quantity; write a number and its unit, as 430 million usd",
    "not-an-amount": "“{text}” is not an amount; write a number, as 12 or about 12.5",
    "no-unit": "“{text}” has no unit; write it after the number, as {text} million usd",
    "negative-amount": "“{text}” is negative; an amount is zero or more",
    "range-reversed": "the range runs from {low} down to {high}; write the lower number first",
    "grouped-digits": "“{text}” has a separator between digits, which could be a decimal; "
    "write {write}",
    "unknown-qualifier": "“{word}” is not a qualifier; write {write}",
    "currency-sign": "“{text}” has a currency sign; write the unit after the number, "
    "as 430 million usd",
    "scale-twice": "“{text}” has a scale, and so has the measure’s unit “{unit}”; write the bare "
    "number",
    "not-a-unit": "“{text}” is not a unit; write a declared unit, as usd or million usd",
    "unknown-unit": "the unit “{unit}” is not declared under units{did_you_mean}",
    # References
    "unknown-id": "“{id}” is not among the {section}{did_you_mean}",
    "repeated-id": "“{id}” is named twice; once is enough",
    "names-itself": "the record names itself; name another one",
    "goes-in-a-circle": "following {field} leads back to this record; take one of them out",
    "id-taken": "the id “{id}” is taken; ids are never reused, choose another",
    "no-such-record": "there is no record “{id}” any more",
    "still-named": "“{id}” is still named by {by}; take it out there first",
    # Sources and quotations
    "unsourced": "there is no citation; name at least one source with its words",
    "no-quotation": "the citation of “{source}” has neither a quote nor a locator; give the "
    "sentence as printed, or the table or page",
    "long-quotation": "the quotation has {words} words; keep it to {most}",
    "no-address": "the source has no url; give the address where it can be read",
    "not-a-web-address": "“{text}” is not a web address; write one that begins with https://",
    "no-publication-date": "the source has no published date; write it as far as it is known",
    # Facts
    "missing-field": "“{field}” is missing, and has to be there",
    "number-without-value": "a fact of kind number has no value; write it, as 8 sets",
    "points-without-measure": "the points have no measure, so no unit; name the measure",
    "not-the-measures-unit": "the unit is “{unit}”, but readings of {measure} are in “{expected}”",
    "not-the-measures-stage": "the stage is “{stage}”, but {measure} holds what was “{expected}”; "
    "stages are never mixed",
    "not-in-a-table": "a table has its figures in its points; take the {field} out",
    "table-of-several-documents": "the points are cited from several documents, so nobody can tell "
    "which gave a row; write the others as facts of their own",
    "says-the-same": "under says stands nothing that differs from the fact; write what this source "
    "says otherwise, or leave it out",
    "part-does-not-count": "“{id}” has no value in the same unit, so it cannot be a part of a "
    "total",
    "does-not-add-up": "the parts do not add up to the value, beyond their rounding",
    "bare-number": "“{number}” stands in our own sentence with no fact behind it; "
    "write {{fact-id}} in its place",
    "not-a-binding": "“{text}” is neither a bound number nor a brace; write {{fact-id}}, or {{{{ "
    "for a brace",
    "unknown-binding": "“{id}” is not among the facts, so its number is missing{did_you_mean}",
    "binding-without-value": "“{id}” has no value to show in a sentence",
    # Fields
    "unknown-key": "“{key}” is not a field here{did_you_mean}{one_of}",
    "stray-words": "“{key}” stands here as a field; put text that has a comma in quotes",
    "not-an-id": "“{text}” is not an id; write lower-case letters, digits and hyphens, as {write}",
    "not-one-of": "“{text}” is not accepted{did_you_mean}{one_of}",
    "not-a-number": "“{text}” is not a number; write digits with a decimal point, as 10.97",
    "not-a-whole-number": "“{text}” is not a whole number; write it without a decimal point",
    "out-of-range": "{text} is out of range; write a number {range}",
    "wrong-length": "{items} stand here where {expected} belong: [longitude, latitude]",
    "not-a-text": "{found} stands where text belongs; write the words, in quotes if need be",
    "not-a-list": "{found} stands where a list belongs; write [one, two] or a line “- one” each",
    "not-a-mapping": "{found} stands where fields belong; write one “field: value” to a line",
    "empty-text": "the text is empty; write some, or leave the field out",
    "not-readable": "the record cannot be read: {detail}",
    # The file as a whole
    "no-format-version": "the format version is missing; begin the file with {write}",
    "not-a-format-version": "the format version is a whole number; write {write}",
    "older-format": "the file has the older format {version}, and is read as such",
    "newer-format": "the file has format {version}, but this program knows no newer one than "
    "{known}; install a newer Charthouse",
    "unknown-section": "“{key}” is not a section of a facts file{did_you_mean}",
    "section-not-a-mapping": "the {section} are not given by id; write “id:” and the fields below",
    "empty": "the file is empty; begin it with charthouse: 1",
    "not-a-facts-file": "this is not a facts file; one begins with charthouse: 1",
    "too-large": "the file is larger than {megabytes} MB; split it",
    "too-deep": "more than {limit} levels stand within one another; a facts file needs fewer",
    "too-many-records": "there are more than {limit} records in one section; split the file",
    "too-many-entries": "there are more than {limit} entries in one list; split it",
    "too-many-problems": "there are more than {limit} problems up to here; mend some first",
    "record-too-long": "the record is longer than {limit} characters; split it",
    "duplicate-key": "“{key}” stands here again, after line {first_line}, column {first_column}; "
    "take one of them out",
    "alias": "*{name} is an alias, which a facts file does not need; write the value itself, "
    "in quotes if it begins with *",
    "anchor": "&{name} is an anchor, which a facts file does not need; leave it out, "
    "or put text that begins with & in quotes",
    "tag": "{tag} is a tag, which a facts file does not need; leave it out, "
    "or put text that begins with ! in quotes",
    "merge-key": "<< is a merge key, which a facts file does not need; write the fields themselves",
    "complex-key": "a list or mapping stands here as a key; write a word",
    "second-document": "a second document begins here; a facts file is only one",
    "utf-16": "the file is in UTF-16; save it as UTF-8",
    "not-utf-8": "the byte {byte} is not UTF-8; save the file as UTF-8",
    "control-character": "the invisible character {character} cannot stand in a facts file; "
    "delete it",
    # The grammar of YAML
    "bare-colon": "a colon and a space stand within text; put the whole text in quotes",
    "tab-indent": "a tab stands in the indentation; write spaces",
    "reserved-character": "text cannot begin with this character; put the text in quotes",
    "unclosed-quote": "the quotation begun at line {opened_line}, column {opened_column} is not "
    "closed; write the closing quotation mark",
    "unclosed-bracket": "the bracket opened at line {opened_line}, column {opened_column} is not "
    "closed as it should; write the bracket, or the comma between entries",
    "no-colon": "a field has no colon; write “field: value”",
    "not-a-key": "no field can begin here; indent the fields of one record alike, and put nothing "
    "behind a closing quotation mark",
    "not-an-item": "no item can begin here; indent the items of one list alike, each with “- ”",
    "no-value": "no value can begin here; close an open bracket, or put the text in quotes",
    "item-beside-field": "an item cannot stand on the line of its field; write it on the next line",
    "unknown-escape": "the backslash begins no escape that is known; write \\\\ for a backslash, "
    "or use single quotes",
    "not-yaml": "this cannot be read as YAML ({detail}); compare it with the lines above",
    # Opening
    "both-sides": "two versions stand here side by side, as a merge left them; keep one and take "
    "out the lines that begin with <<<<<<<, ======= and >>>>>>>",
    "no-libyaml": "PyYAML was installed without libyaml; install PyYAML again, as a wheel",
    "no-such-file": "there is no such file; check the name",
    "not-a-file": "this is not a file; name a facts file",
    "no-permission": "you may not read this file; ask whoever owns it",
    "not-opened": "the file could not be read: {detail}",
    # Saving
    "disk-full": "the disk is full; make room and save again, or save to another disk",
    "no-permission-to-write": "you may not write here; ask whoever owns the folder, or save the "
    "file elsewhere",
    "read-only-folder": "the folder can only be read; save the file in another one",
    "read-only-file": "the file is protected against writing; take the protection off, or save "
    "under another name",
    "folder-gone": "the folder is no longer there; put it back, or save the file elsewhere",
    "name-too-long": "the name is longer than the disk allows; choose a shorter one",
    "not-saved": "the file could not be written: {detail}; try again, or save it elsewhere",
    "open-elsewhere": "the file is open in another window, which edits it; take it over, or save "
    "it under another name",
    "taken-over": "another window has taken the file over; save your work under another name, or "
    "close this window",
    "restless": "the file on disk changes again and again; try once more when it has come to rest",
    "would-not-be-read": "the text would not be read again as it was meant, so nothing was "
    "written; undo the last step and try again",
    "hard-linked": "the file has other names on this disk (hard links: {names}); saving gives this "
    "name a file of its own, and the others keep the old text",
    # Edits that the text of the file does not allow
    "edit-not-yaml": "the lines cannot be read as YAML ({detail}); mend them by hand first",
    "edit-too-deep": "too many levels stand within one another here; edit the lines by hand",
    "edit-no-such-place": "this place is not in the file; load the file again",
    "edit-alias": "*{name} repeats what stands elsewhere in the file; edit it there",
    "edit-anchored": "&{name} is repeated elsewhere in the file, which would change as well; "
    "edit the lines by hand",
    "edit-merge-key": "<< brings in fields from elsewhere in the file; edit the lines by hand",
    "edit-repeated-key": "“{key}” stands in the file more than once; take one of them out",
    "edit-tagged": "the value has the tag {tag}, which says how to read it; edit the lines by hand",
    "edit-key-taken": "“{key}” is there already; choose another",
    "edit-unwritable": "the value holds a character that cannot stand in a file; take it out",
    "edit-not-in-place": "the file cannot be made to say this without touching lines around it; "
    "edit the lines by hand",
    "edit-faulty-record": "the record holds errors in the file, so it cannot be edited here; "
    "mend them in the file first",
    # Tables that are brought in
    "empty-table": "there is nothing in it; copy cells with their headings, or choose another file",
    "not-a-table": "this cannot be read as a table ({detail}); save it as CSV UTF-8",
    "too-many-rows": "the table has more than {limit} rows; split it",
    "too-many-columns": "the table has more than {limit} columns; is it a table?",
    # Places and overlays
    "half-a-position": "only one of lat and lon is given; give both, or neither",
    "not-one-shape": "an overlay has either lines, areas or a ring; give exactly one",
    "too-few-points": "too few points to draw; give at least {least}",
    # Slides
    "slide-without-figure": "a slide of layout {layout} shows a number; name a fact that has a "
    "value under facts",
    "slide-without-measure": "a slide of layout {layout} draws a series; name its measure under "
    "measures",
    "slide-without-map": "a slide of layout map needs its window; write map: {{lat: 14, lon: 112, "
    "span_nm: 1200}}",
    "slide-without-dates": "a slide of layout timeline shows what happened when; name facts that "
    "have a date under facts",
    "slide-without-rows": "a slide of layout ledger lists facts or readings; name some under "
    "facts, or a measure under measures",
    "slide-without-difference": "a slide of layout two-sources sets two sources side by side; "
    "name first a fact on which they differ under facts",
    # Positions as they are typed
    "not-a-position": "“{text}” is not a position; write 16.07, 108.22 or 16°04′N 108°13′E",
    "decimal-comma": "“{text}” has a decimal comma, which might part two numbers as well; write a "
    "decimal point, as 16.07, 108.22",
    "no-compass-letters": "“{text}” does not say which of its numbers is what; write the letters, "
    "as 16°04′N 108°13′E",
    "decimal-too-early": "“{text}” has a decimal before its smallest unit; write 16°04.2′N or "
    "16.07°N",
    "sixty-minutes": "“{text}” has 60 minutes or seconds, or more; write up to 59, and decimals",
    "longitude-first": "“{text}” gives the longitude first; write the latitude first, as 16.07, "
    "108.22, or the letters N and E",
    "beyond-the-earth": "“{text}” is nowhere; a latitude goes up to 90, a longitude to 180",
}


def problem_words(problem: Problem) -> str:
    """A Problem as a sentence, without its place."""
    params = {**problem.params, "did_you_mean": "", "one_of": "", "range": ""}
    if params.get("nearest"):
        params["did_you_mean"] = tr("; did you mean “{nearest}”?").format(**params)
    elif "choices" in params:
        params["one_of"] = tr("; write one of: {choices}").format(**params)
    if problem.code == "not-a-date":
        meant = [params[name] for name in ("write", "other") if name in params]
        params["dates"] = tr(" or ").join(meant) or tr("2025-05-08, 2025-05 or 2025")
    if problem.code == "no-such-date":
        params["ends"] = _ends(params)
    if "le" in params:
        limits = tr("above {gt}, up to {le}") if "gt" in params else tr("from {ge} to {le}")
        params["range"] = limits.format(**params)
    return tr(_SENTENCES[problem.code]).format(**params)


def _ends(params: Mapping[str, str]) -> str:
    """Where a month or a year ends that a date goes beyond."""
    if "days" in params:
        return tr(": that month has {days} days").format(**params)
    return tr(": months are 01 to {months}").format(**params) if "months" in params else ""


def problem_line(problem: Problem) -> str:
    """A Problem as a compiler prints it: ``facts.yaml:212:12: error: facts.x.when: …``."""
    place = f"{problem.file}: " if problem.file else ""
    if problem.line:
        place = f"{problem.file}:{problem.line}:{problem.column}: "
    field = f"{problem.path}: " if problem.path else ""
    return f"{place}{problem.severity}: {field}{problem_words(problem)}"
