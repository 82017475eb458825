"""The contents and the masthead of an updated draft follow what stands in it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document
from lxml import etree
from office.word.reading import W, faults, xml
from office.word.sample_draft import draft
from office.word.updating import (
    Edit,
    accepted,
    actions,
    add_below,
    edited,
    lines,
    paragraph_of,
    rejected,
    updated,
    written,
)
from validators import assert_valid

from wps_xl.office.word.ooxml import bookmark_name, controls


def rename(key: str, title: str) -> Edit:
    """The drafter gives a heading other words."""

    def edit(word: Document) -> None:
        name = bookmark_name(key, "_wpsSec_")
        starts = word.element.body.iter(f"{W}bookmarkStart")
        start = next(node for node in starts if node.get(f"{W}name") == name)
        next(next(start.iterancestors(f"{W}p")).iter(f"{W}t")).text = title

    return edit


def add_heading(key: str, title: str, style: str) -> Edit:
    """The drafter puts a heading in, above a paragraph."""

    def edit(word: Document) -> None:
        place = paragraph_of(word, key)
        made = copy.deepcopy(place)
        for node in list(made):
            if node.tag not in (f"{W}pPr", f"{W}r"):
                made.remove(node)
        made.find(f"{W}pPr/{W}pStyle").set(f"{W}val", style)
        runs = made.findall(f"{W}r")
        for node in runs[1:]:
            made.remove(node)
        runs[0].find(f"{W}t").text = title
        place.addprevious(made)

    return edit


def contents_of(path: Path) -> list[str]:
    """The lines of the contents as they are printed, pages apart."""
    grid = next(xml(path).iter(f"{W}tbl"))
    return [
        " ".join("".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in list(row)[1:3])
        for row in grid.iter(f"{W}tr")
    ]


def test_renamed_and_added_headings_come_into_the_contents(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    before = edited(
        old,
        rename("area.B", "Peace, made and built"),
        add_heading("intro.2", "Consultations", "Heading1"),
        add_heading("B.1", "A small point", "Heading3"),
        add_below("intro.1", "Our own."),
    )

    new, done = updated(draft(), before)
    again, _ = updated(draft(), new, "again.docx")

    found = contents_of(accepted(new))
    assert [line for line in found if "Consultations" in line or "Peace," in line] == [
        "II.Consultations 3",
        "B.Peace, made and built 6",
    ]
    assert "I.Introduction 1–2" in found
    assert not any("small point" in line for line in found)
    assert lines(rejected(new)) == lines(before)
    assert "updated" in actions(done).values()
    assert lines(again) == lines(new)
    assert faults(new) == []
    assert_valid(new)


def headers(path: Path) -> Iterator[etree._Element]:
    word = docx.Document(str(path))
    for part in word.part.package.iter_parts():
        if "/header" in str(part.partname):
            yield part.element


def symbols(path: Path) -> set[str]:
    return {
        "".join(text.text or "" for text in control.iter(f"{W}t"))
        for root in headers(path)
        for name, control in controls(root, "wps:field:")
        if name == "symbol_rest"
    }


def test_a_symbol_given_later_comes_to_every_header(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")
    later = replace(draft(), fields={**draft().fields, "symbol": "S/2007/599"})

    new, done = updated(later, old)
    again, redone = updated(later, new, "again.docx")

    assert symbols(new) == symbols(again) == {"/2007/599"}
    assert done.masthead == ("Masthead: “/2007/567” is now “/2007/599”.",)
    assert redone.masthead == ()


def test_a_symbol_that_the_drafter_typed_is_kept_and_said(tmp_path: Path) -> None:
    old = written(draft(), tmp_path / "old.docx")

    def type_symbol(word: Document) -> None:
        for part in word.part.package.iter_parts():
            if "/header" in str(part.partname):
                for text in part.element.iter(f"{W}t"):
                    text.text = (text.text or "").replace("/2007/567", "/2007/570")

    edited(old, type_symbol)
    later = replace(draft(), fields={**draft().fields, "symbol": "S/2007/599"})

    new, done = updated(later, old)

    assert symbols(new) == {"/2007/570"}
    assert "your “/2007/570” was kept" in done.masthead[0]
