"""A draft that lost its hidden marks, its record or both is known by its words."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from docx.document import Document
from office.word.reading import TEMPLATE, W, comments, faults
from office.word.sample_draft import draft, paragraph
from office.word.updating import (
    Edit,
    accepted,
    actions,
    delete,
    edited,
    lines,
    paragraph_of,
    rejected,
    say,
    updated,
    words_changed,
    written,
)

from wps_xl.errors import InputError
from wps_xl.model import Draft, Section
from wps_xl.office.word import document, package
from wps_xl.office.word.ledger import NAMESPACE

CHANGED = (("Four entities", "Five entities"), ("509,765^a", "510,000^a"), ("$140,000", "$150,000"))


def lose_marks(*keys: str) -> Edit:
    """Pasting takes out the hidden bookmarks of these paragraphs, of all where none is named."""

    def edit(word: Document) -> None:
        roots = [paragraph_of(word, key) for key in keys] or [word.element.body]
        for root in roots:
            for node in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
                node.getparent().remove(node)

    return edit


def lose_record(word: Document) -> None:
    """Another word processor drops custom XML."""
    part = package.custom_part(word, NAMESPACE)
    assert part is not None
    package.drop_part(word, part)


def curly(word: Document) -> None:
    """AutoFormat turns quotation marks and apostrophes."""
    for text in word.element.body.iter(f"{W}t"):
        text.text = (text.text or "").replace("'", "’").replace(' "', " “").replace('"', "”")


def known(old: Path, after: Draft) -> tuple[Path, str, Collection[str]]:
    new, done = updated(after, old)
    return new, done.known, actions(done).values()


def test_a_paragraph_pasted_back_without_marks_still_follows(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, lose_marks("A.1", "B.1"))
    after = words_changed(draft(), *CHANGED)

    new, said, done = known(old, after)

    assert lines(accepted(new)) == lines(written(after, tmp_path / "fresh.docx"))
    assert lines(rejected(new)) == lines(old)
    assert said.startswith("2 paragraphs, headings and tables known by words")
    assert set(done) == {"updated"}
    assert faults(new) == []


def test_all_marks_may_be_gone_and_what_was_deleted_stays_out(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("B.1", "Some", "About"), delete("intro.2.b.i"), lose_marks())
    native = edited(
        written(draft(), tmp_path / "native.docx"),
        say("B.1", "Some", "About"),
        delete("intro.2.b.i"),
    )
    after = words_changed(draft(), *CHANGED)

    new, _, _ = known(old, after)
    expected, _ = updated(after, native, "expected.docx")
    again, redone = updated(after, new, "again.docx")

    assert lines(accepted(new)) == lines(accepted(expected))
    assert comments(new) == comments(expected)
    assert redone.known == ""
    assert lines(again) == lines(new)


@pytest.mark.parametrize("marks", [True, False])
def test_a_draft_without_record_gets_the_new_figures_and_keeps_the_rest(
    marks: bool, tmp_path: Path
) -> None:
    old = written(draft(), tmp_path / "old.docx")
    edited(old, say("intro.1", "The first", "The very first"), lose_record)
    edited(old, *([] if marks else [lose_marks()]))
    after = words_changed(draft(), *CHANGED, ("New plans", "Newer plans"))

    new, said, _ = known(old, after)
    _, redone = updated(after, new, "again.docx")

    found = lines(accepted(new))
    assert any(text.startswith("Five entities") for text in found)
    assert {"Some $150,000 was disbursed.", "510,000a", "New plans."} <= {*found}
    assert any("The very first" in text for text in found)
    assert lines(rejected(new)) == lines(old)
    notices = [text for text in comments(new) if text.startswith("Update")]
    assert notices[0].endswith("Changed: “very” goes")
    assert ("Newer plans." in found) != notices[-1].endswith("“New” → “Newer”")
    assert said.startswith("old.docx has lost the record")
    assert redone.known == ""
    assert faults(new) == []


def test_a_clean_edition_is_known_and_another_document_is_not(tmp_path: Path) -> None:
    clean, other = tmp_path / "clean.docx", tmp_path / "other.docx"
    document.write(draft(), TEMPLATE, clean, edition="clean")
    tree = Draft({}, (Section("s", "Else", 1, (paragraph("x", "Something else entirely."),)),))
    edited(written(tree, other), lose_record)
    after = words_changed(draft(), *CHANGED)

    new, _, done = known(clean, after)

    assert set(done) == {"updated"}
    assert "Some $150,000 was disbursed." in lines(accepted(new))
    with pytest.raises(InputError, match=r"no record .* wps-xl check other\.docx"):
        updated(draft(), other, "never.docx")


def test_turned_quotation_marks_are_no_edit_and_stay(tmp_path: Path) -> None:
    tree = words_changed(draft(), ("was disbursed", "was 'disbursed' under \"Women's Fund\""))
    old = edited(written(tree, tmp_path / "old.docx"), curly)

    new, done = updated(words_changed(tree, ("$140,000", "$150,000")), old)

    assert set(actions(done).values()) == {"updated"}
    assert "Some $150,000 was ’disbursed’ under “Women’s Fund”." in lines(accepted(new))
    assert lines(rejected(new)) == lines(old)
