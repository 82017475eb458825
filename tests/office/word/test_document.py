"""A draft as a Word document: numbers, notes, references, comments, editions, ledger."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from office.word.reading import TEMPLATE, W, Write, comments, one, read_by_bookmark, texts, xml
from office.word.sample_draft import annexes, draft, paragraph, prompt, sentence
from validators import assert_valid

from wps_xl.model import (
    CellRef,
    DraftTable,
    Figure,
    Footnote,
    Paragraph,
    Reference,
    Section,
    Sentence,
)
from wps_xl.office.word import document
from wps_xl.office.word.document import entries
from wps_xl.office.word.ledger import fingerprint, note_texts


def test_the_draft_and_its_clean_edition_pass_every_checker(write: Write, tmp_path: Path) -> None:
    write(draft())
    working = (tmp_path / "draft.docx").rename(tmp_path / "working.docx")
    write(draft(), edition="clean")

    assert_valid(working, tmp_path / "draft.docx")


def test_the_caller_learns_the_printed_numbers(write: Write) -> None:
    printed = write(draft())

    assert printed.paragraphs["intro.2.b.i"] == "2 (b) (i)"
    assert printed.paragraphs["B.1"] == "5"
    assert printed.footnotes == {"plan": 1, "review": 2, "A.members": 3}
    assert printed.sections["area.B"] == "II.B"
    assert printed.tables == {"table.areas": "1", "table.register": "2"}
    assert printed.lost == ()


def test_references_show_the_numbers_of_what_they_lead_to(write: Write, tmp_path: Path) -> None:
    write(draft())

    assert (
        "As stated in paragraph 2 (b) (i) above, section II.B below, footnote 3, table 1 "
        "and annex I." in texts(tmp_path / "draft.docx")
    )


def test_a_note_used_again_refers_back_with_the_same_mark(write: Write, tmp_path: Path) -> None:
    write(draft())

    marks = list(xml(tmp_path / "draft.docx").iter(f"{W}footnoteReference"))
    codes = [node.text for node in xml(tmp_path / "draft.docx").iter(f"{W}instrText")]
    assert [mark.get(f"{W}id") for mark in marks] == ["1", "2", "3"]
    assert len([code for code in codes if code.startswith(" NOTEREF") and "\\f" in code]) == 1


def test_a_note_with_another_text_is_never_lost(write: Write, tmp_path: Path) -> None:
    write(
        one(paragraph("a", "x", Footnote("n", "One.")), paragraph("b", "y", Footnote("n", "Two.")))
    )

    notes = note_texts(xml(tmp_path / "draft.docx", "word/footnotes.xml"))
    assert list(notes.values()) == ["One.", "Two."]


def test_a_reference_that_leads_nowhere_is_shown_and_reported(write: Write, tmp_path: Path) -> None:
    printed = write(one(paragraph("a", "See ", Reference("gone"), ".")))

    assert printed.lost == ("gone",)
    assert "See [?]." in texts(tmp_path / "draft.docx")


def test_a_single_annex_and_a_single_table_have_no_number(write: Write, tmp_path: Path) -> None:
    table = DraftTable("t", "Title", ("A", "B"), (("1", "2"),), (1, 1))
    link = (
        "See annex ",
        Reference("annex.other", "section"),
        " and table ",
        Reference("t", "table"),
    )
    tree = replace(one(paragraph("a", *link, "."), table), annexes=annexes()[1:])

    write(tree)

    found = texts(tmp_path / "draft.docx")
    assert "See annex and table." in found
    assert found.count("Annex") == 2
    assert not any(text.startswith("Table 1") for text in found)


def test_the_contents_list_sections_paragraphs_and_pages(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"

    document.write(draft(), TEMPLATE, path)

    rows = [row.cells for row in docx.Document(str(path)).tables[0].rows]
    shown = [tuple(cell.text.strip().replace("\t", " ") for cell in row) for row in rows]
    assert shown == [
        ("", "Paragraphs", "Page"),
        ("I. Introduction", "1–2", "1"),
        ("II. Progress achieved", "3–5", "1"),
        ("A. Conflict prevention and early warning", "3–4", "1"),
        ("B. Peacemaking and peacebuilding", "5", "2"),
        ("Annexes", "", ""),
        ("I. Register of responses", "", "3"),
        ("II. Other matters", "", "4"),
    ]


def test_the_masthead_is_filled_where_the_draft_has_a_value(write: Write, tmp_path: Path) -> None:
    write(one(paragraph("a", "x"), symbol="S/2007/567", title="A & B <title>"))

    path = tmp_path / "draft.docx"
    head = "".join(xml(path, "word/header_first.xml").itertext())
    assert "S/2007/567" in head
    assert "[Date]" in head
    assert "A & B <title>" in texts(path)
    assert (
        xml(path, "customXml/item1.xml").findtext("{urn:wps-xl:report:1}title") == "A & B <title>"
    )


def test_a_symbol_of_another_organ_replaces_the_letter(write: Write, tmp_path: Path) -> None:
    write(one(paragraph("a", "x"), symbol="A/62/100"))

    head = "".join(xml(tmp_path / "draft.docx", "word/header_odd.xml").itertext())
    assert head.strip() == "A/62/100"


def test_a_sentence_with_a_remark_has_its_own_comment(write: Write, tmp_path: Path) -> None:
    cell = CellRef("a.xlsx", "Progress", "D", 5)
    figure = Figure("f", 80, "80 per cent", (cell,))
    spoken = Sentence("s1", ("First.",), (figure,), (cell, CellRef("", "Progress", "E", 5)))
    doubtful = sentence("s2", "Second.", remark="Ask the entity.", cells=1)

    write(one(Paragraph("p", (spoken, doubtful, sentence("s3", "Third.", cells=1)))))

    assert comments(tmp_path / "draft.docx") == [
        "Ask the entity.\nCells: Progress!D5",
        "80 per cent: '[a.xlsx]Progress'!D5\nOther cells: Progress!E5\nCells: Progress!D5",
    ]


def test_more_than_twelve_cells_are_counted(write: Write, tmp_path: Path) -> None:
    write(one(Paragraph("p", (sentence("s", "Many.", cells=15),))))

    (comment,) = comments(tmp_path / "draft.docx")
    assert comment.endswith("Progress!D16 and 3 more")


def test_a_comment_between_the_first_two_notes_goes_to_the_title(
    write: Write, tmp_path: Path
) -> None:
    write(
        one(
            paragraph("a", "x", Footnote("1", "One.")),
            Paragraph("b", (sentence("b", "Middle.", remark="Look."),)),
            paragraph("c", "y", Footnote("2", "Two.")),
        )
    )

    assert comments(tmp_path / "draft.docx") == ["Paragraph 2: Look."]


def test_the_clean_edition_has_no_comments_prompts_ledger_or_spare_bookmarks(
    write: Write, tmp_path: Path
) -> None:
    lonely = Section("area.C", "Silent area", 2, (prompt("C", "Nobody reported."),))
    tree = draft(Section("more", "More", 1, (paragraph("m", "Text."),), (lonely,)))

    write(tree, edition="clean")

    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(path) as file:
        names, body = file.namelist(), file.read("word/document.xml").decode()
    assert "word/comments.xml" not in names
    assert entries(path) == ()
    assert "DrafterNote" not in body
    assert "Silent area" not in body
    assert set(re.findall(r'w:name="(_wps\w*)"', body)) <= set(
        re.findall(r"_wps\w+(?= )", body)
    ) | {*re.findall(r'w:anchor="(_wps\w*)"', body)}


def test_prompts_are_highlighted_in_their_own_style(write: Write, tmp_path: Path) -> None:
    printed = write(one(prompt("p", "Assess the trend."), paragraph("a", "x")))

    body = etree.tostring(xml(tmp_path / "draft.docx")).decode()
    assert 'w:val="DrafterNote"' in body
    assert 'w:highlight w:val="yellow"' in body
    assert printed.paragraphs == {"a": "1"}


def test_words_are_counted_with_headings_and_notes_and_without_prompts(write: Write) -> None:
    tree = one(
        paragraph("a", "Four words stand here", Footnote("n", "Two words.")),
        prompt("p", "Not counted."),
        title="A title",
    )

    assert write(tree).words == 2 + 2 + 4 + 2


def test_every_block_stands_in_the_ledger_with_its_text_and_cells(
    write: Write, tmp_path: Path
) -> None:
    write(draft())

    path = tmp_path / "draft.docx"
    found = {entry.key: entry for entry in entries(path)}
    assert found["A.1"].base.startswith("Four entities[fn: The Department of Political Affairs")
    assert "{NOTEREF _wpsFn_" in found["A.1"].base
    assert found["A.1"].cells == ("Checklist!C7", "Checklist!C9")
    assert found["area.A"].kind == "heading"
    assert found["A.prompt"].kind == "prompt"
    assert found["table.areas"].base.split("\t")[:2] == ["Area of action", "Entities"]


def test_the_ledger_agrees_with_the_file(write: Write, tmp_path: Path) -> None:
    write(draft())

    path = tmp_path / "draft.docx"
    read = read_by_bookmark(path)
    for entry in entries(path):
        assert entry.hash == fingerprint(entry.base)
        if entry.kind not in ("table", "contents"):
            assert read[entry.bookmark] == entry.base


@pytest.mark.parametrize("edition", ["annotated", "clean"])
def test_the_same_draft_gives_the_same_bytes(edition: str, write: Write, tmp_path: Path) -> None:
    write(draft(), "one.docx", edition=edition)
    write(draft(), "two.docx", edition=edition)

    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_dates_of_the_file_are_those_that_were_given(write: Write, tmp_path: Path) -> None:
    write(draft())

    core = docx.Document(str(tmp_path / "draft.docx")).core_properties
    assert core.created is not None
    assert core.created.isoformat()[:19] == core.modified.isoformat()[:19] == "2007-09-12T10:00:00"
