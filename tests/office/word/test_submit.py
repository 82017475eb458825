"""The clean edition of a drafter's own document, and what refuses it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from office.word.reading import TEMPLATE, comments, faults, texts
from office.word.sample_draft import draft
from office.word.updating import (
    LATER,
    Edit,
    accepted,
    add_below,
    delete,
    edited,
    remove_comments,
    say,
    track_words,
    updated,
    words_changed,
    written,
)
from report.reviews import review_of
from validators import assert_valid

from wps_xl.errors import InputError
from wps_xl.model import Draft
from wps_xl.office.word.document import entries
from wps_xl.office.word.leftovers import YELLOW
from wps_xl.office.word.manuscript import manuscript
from wps_xl.office.word.opening import open_word
from wps_xl.office.word.submitting import submit
from wps_xl.report.proof.readiness import left_over

MONEY = ("$140,000", "$150,000")
DONE = delete("A.prompt")
"""The drafter has done what the yellow paragraph asked."""


def submitted(tree: Draft, drafter: Path) -> Path:
    target = drafter.with_name("clean.docx")
    submit(tree, TEMPLATE, drafter, target, LATER)
    return target


def test_what_was_for_drafters_goes_and_what_they_wrote_stays(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(
        old,
        DONE,
        say("B.1", "Some", "About"),
        add_below("A.1", "Our own view."),
        delete("intro.2.a"),
    )

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
    clean = submitted(draft(), edited(written(draft(), tmp_path / "old.docx"), DONE))

    with zipfile.ZipFile(clean) as file:
        text = file.read("word/document.xml").decode()
    names = {piece.partition('"')[0] for piece in text.split('w:name="')[1:]}
    hidden = {name for name in names if name.startswith("_wps")}
    assert hidden
    assert all(text.count(name) > 1 for name in hidden)


def test_a_prompt_that_the_drafter_wrote_over_is_text(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("A.prompt", "Assess whether the trend has changed.", "The trend is up."))

    word = open_word(old)
    found = left_over(word, manuscript(word), review_of(), TEMPLATE)
    clean = submitted(draft(), old)

    assert YELLOW not in [finding.code for finding in found]
    assert "The trend is up." in texts(clean)
    assert "highlight" not in zipfile.ZipFile(clean).read("word/document.xml").decode()


def refused(tree: Draft, drafter: Path) -> str:
    """Why the clean edition is refused; nothing was written."""
    with pytest.raises(InputError) as stop:
        submitted(tree, drafter)
    assert not drafter.with_name("clean.docx").exists()
    return str(stop.value)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (
            track_words("B.1", "Some ", "del"),
            "holds 1 tracked change: paragraph 5 “$140,000 was disbursed.”. Accept or reject",
        ),
        (
            say("B.1", "Some", "{M-4.percent}, some"),
            "holds 1 place that nothing fills: paragraph 5 “{M-4.percent}, some $140,000 was "
            "disbursed.”, {M-4.percent}. Correct the slot",
        ),
        (
            say("B.1", "Some", "[?]"),
            "holds 1 place that nothing fills: paragraph 5 “[?] $140,000 was disbursed.”, [?].",
        ),
        (
            delete("annex.4"),
            "holds 1 heading with nothing under it: “Other matters”. Write the text",
        ),
        (
            add_below("B.1", "[Drafter: look this up.]"),
            "holds 1 yellow paragraph: paragraph 6 “[Drafter: look this up.]”. Do what they ask",
        ),
        (
            delete("intro.2.b.i"),
            "refers to what was deleted, by 1 reference: the text, the numbers (i). Put in",
        ),
    ],
)
def test_a_clean_edition_is_refused_with_paragraph_and_reason(
    edit: Edit, reason: str, tmp_path: Path
) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), DONE, edit)

    assert f"old.docx {reason}" in refused(draft(), old)


def test_a_yellow_paragraph_that_nobody_touched_is_named(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")

    assert "holds 1 yellow paragraph: “Assess whether the trend has changed.”" in refused(
        draft(), old
    )


def test_all_reasons_are_said_at_once(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), say("B.1", "Some", "[?]"))

    said = refused(words_changed(draft(), MONEY), old)

    for reason in ("yellow paragraph", "place that nothing fills", "not what the workbook says"):
        assert reason in said


def test_a_draft_behind_the_workbook_is_refused_until_it_is_up_to_date(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), DONE)
    after = words_changed(draft(), MONEY)

    said = refused(after, old)
    new, _ = updated(after, old)
    clean = submitted(after, accepted(new))

    assert "not what the workbook says now: 1 updated (paragraph 5 “Some $140,000" in said
    assert "“$140,000” → “$150,000”" in said
    assert "Some $150,000 was disbursed." in texts(clean)
    assert faults(clean) == []


def test_a_figure_that_the_workbook_no_longer_says_is_refused_until_the_drafter_answers(
    tmp_path: Path,
) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), DONE, say("B.1", "Some", "About"))
    after = words_changed(draft(), MONEY)
    new, _ = updated(after, old)

    said = refused(after, new)
    changed = edited(_copy(new, "changed.docx"), say("B.1", "$140,000", "$149,999"))
    kept = edited(_copy(new, "kept.docx"), remove_comments)

    assert "holds 1 text that the workbook no longer says: paragraph 5 “About $140,000" in said
    assert "“$140,000” → “$150,000”" in said
    assert "About $149,999 was disbursed." in texts(submitted(after, changed))
    (changed.with_name("clean.docx")).unlink()
    assert "About $140,000 was disbursed." in texts(submitted(after, kept))


def test_a_table_that_is_out_of_date_is_refused(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), DONE)
    after = words_changed(draft(), ("509,765", "509,766"))

    said = refused(after, old)

    assert "not what the workbook says now: 2 " in said
    assert "“Area of action" in said
    assert "“509,765a” → “509,766a”" in said


def _copy(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(name)))
