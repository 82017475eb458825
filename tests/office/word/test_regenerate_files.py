"""An update of a file that others worked on: tracked changes, LibreOffice, no record, a clash."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from libreoffice import Office
from office.word.reading import W, faults, read_by_bookmark
from office.word.sample_draft import draft, paragraph
from office.word.updating import (
    accepted,
    actions,
    add_below,
    delete,
    edited,
    lines,
    rejected,
    replaced,
    say,
    track_words,
    updated,
    words_changed,
    written,
)
from validators import assert_valid

from wps_xl.errors import OutputError
from wps_xl.model import Footnote, Section
from wps_xl.office.word.comments import AUTHOR

CHANGED = (("Four entities", "Five entities"), ("UNEP and WFP", "UNEP, UNESCO and WFP"))


def test_changes_that_others_tracked_count_as_accepted_and_stay(tmp_path: Path) -> None:
    old = edited(
        written(draft(), tmp_path / "old.docx"),
        track_words("B.1", "Some ", "del"),
        track_words("intro.1", "The Action Plan", "ins"),
    )
    after = words_changed(draft(), ("$140,000", "$150,000"), (" covers the", " spans the"))

    new, done = updated(after, old)

    assert set(actions(done).values()) == {"your text kept, data changed", "updated"}
    authors = {
        node.get(f"{W}author")
        for node in docx.Document(str(new)).element.body.iter(f"{W}ins", f"{W}del")
    }
    assert authors == {"Somebody", AUTHOR}
    assert lines(rejected(new)) == lines(rejected(old))
    assert any("The Action Plan" in line and "spans" in line for line in lines(accepted(new)))
    assert faults(new) == []


def test_words_inside_what_another_inserted_can_change(tmp_path: Path) -> None:
    old = edited(
        written(draft(), tmp_path / "old.docx"), track_words("B.1", "Some $140,000 was", "ins")
    )
    after = words_changed(draft(), ("Some $140,000 was", "Some $9 or $150,000 was"))

    new, _ = updated(after, old)

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(rejected(old))
    assert faults(new) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    before = old.read_bytes()

    with pytest.raises(OutputError, match="the drafter's own file"):
        updated(draft(), old, "old.docx")
    with pytest.raises(OutputError, match="exists already"):
        updated(draft(), old, written(draft(), tmp_path / "other.docx").name)

    assert old.read_bytes() == before


@pytest.mark.office
def test_the_drafters_file_may_come_from_libreoffice(tmp_path: Path, office: Office) -> None:
    first = edited(
        written(draft(), tmp_path / "first.docx"),
        say("B.1", "Some", "About"),
        delete("intro.2.b.i"),
        add_below("intro.1", "Our own."),
    )
    old = office.convert(first, "docx", _folder(tmp_path))
    new_one = paragraph("A.new", "New", Footnote("new.note", "UNDP and UNIFEM."), " fact.")
    after = words_changed(draft(), *CHANGED, ("$140,000", "$150,000"))
    after = replaced(after, {"A.2": [new_one], "intro.2.b": []})

    new, done = updated(after, old)
    native, expected = updated(after, first, "native.docx")

    assert actions(done) == actions(expected)
    assert lines(rejected(new)) == lines(old)
    assert lines(accepted(new)) == lines(accepted(native))
    assert kinds_of_fault(new) <= kinds_of_fault(old)
    (tmp_path / "twice").mkdir()
    twice = office.convert(old, "docx", tmp_path / "twice")  # the second time drops the record
    again, redone = updated(after, twice, "again.docx")
    assert redone.known.count("has lost the record") == 1
    assert "you deleted it" not in actions(redone).values()
    assert any(text.startswith("Five entities") for text in lines(accepted(again)))
    assert lines(rejected(again)) == lines(twice)


def kinds_of_fault(path: Path) -> set[str]:
    """What the checkers find; LibreOffice writes a few things that the standard does not know."""
    return {re.sub(r"['\"/\d].*", "", fault) for fault in faults(path)}


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


def test_the_update_is_valid_for_word(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), say("B.1", "Some", "About"))
    extra = Section("plan", "Update of the Action Plan", 1, (paragraph("plan.1", "It runs."),))
    after = words_changed(draft(extra), *CHANGED, ("$140,000", "$150,000"))

    new, _ = updated(replaced(after, {"A.2": []}), old)

    assert_valid(new, accepted(new))
    assert read_by_bookmark(new)
