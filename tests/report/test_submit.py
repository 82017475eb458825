"""The clean edition of a drafter's own document, and what refuses it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from report.reading import TEMPLATE, comments, faults, texts
from report.sample_draft import draft
from report.updating import (
    LATER,
    accepted,
    add_below,
    delete,
    edited,
    say,
    track_words,
    updated,
    words_changed,
    written,
)
from validators import assert_valid

from wps_xl.errors import InputError
from wps_xl.model import Draft
from wps_xl.report.word.document import entries
from wps_xl.report.word.submitting import submit

MONEY = ("$140,000", "$150,000")


def submitted(tree: Draft, drafter: Path) -> Path:
    target = drafter.with_name("clean.docx")
    submit(tree, TEMPLATE, drafter, target, LATER)
    return target


def test_what_was_for_drafters_goes_and_what_they_wrote_stays(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("B.1", "Some", "About"), add_below("A.1", "Our own view."), delete("annex.4"))

    clean = submitted(draft(), old)

    found = texts(clean)
    assert "About $140,000 was disbursed." in found
    assert "Our own view." in found
    assert not any("[Drafter" in text for text in found)
    assert comments(clean) == []
    assert entries(clean) == ()
    assert faults(clean) == []
    assert_valid(clean)


def test_no_hidden_bookmark_stays_that_no_field_uses(tmp_path: Path) -> None:
    clean = submitted(draft(), written(draft(), tmp_path / "old.docx"))

    with zipfile.ZipFile(clean) as file:
        text = file.read("word/document.xml").decode()
    names = {piece.partition('"')[0] for piece in text.split('w:name="')[1:]}
    hidden = {name for name in names if name.startswith("_wps")}
    assert hidden
    assert all(text.count(name) > 1 for name in hidden)


def test_a_prompt_that_the_drafter_wrote_over_is_text(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("A.prompt", "Assess whether the trend has changed.", "The trend is up."))

    clean = submitted(draft(), old)

    assert "The trend is up." in texts(clean)
    assert "highlight" not in zipfile.ZipFile(clean).read("word/document.xml").decode()


def test_tracked_changes_must_be_decided_first(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), track_words("B.1", "Some ", "del"))

    with pytest.raises(InputError, match=r"holds 1 tracked change\. Accept or reject"):
        submitted(draft(), old)


def test_a_reference_to_what_was_deleted_is_refused(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), delete("intro.2.b.i"))

    with pytest.raises(InputError, match=r"refers to what was deleted, by the numbers \(i\)"):
        submitted(draft(), old)


def test_a_draft_behind_the_workbook_is_refused_until_it_is_up_to_date(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    after = words_changed(draft(), MONEY)

    with pytest.raises(InputError, match="not what the workbook says now: 1 updated"):
        submitted(after, old)
    new, _ = updated(after, old)
    clean = submitted(after, accepted(new))

    assert "Some $150,000 was disbursed." in texts(clean)
    assert faults(clean) == []
