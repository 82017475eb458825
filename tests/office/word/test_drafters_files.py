"""Drafts as word processors and people leave them: read, known, and never written over."""

from __future__ import annotations

import copy
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from lxml import etree
from office.word.reading import TEMPLATE, W
from office.word.sample_draft import draft
from office.word.updating import (
    LATER,
    Edit,
    accepted,
    actions,
    delete,
    edited,
    lines,
    paragraph_of,
    updated,
    words_changed,
    written,
)

from wps_xl.errors import InputError
from wps_xl.office.word import document
from wps_xl.office.word.counting import note_numbers
from wps_xl.office.word.manuscript import read
from wps_xl.office.word.opening import open_word
from wps_xl.office.word.package import all_stories
from wps_xl.office.word.references import fields
from wps_xl.office.word.submitting import submit
from wps_xl.office.word.update.generated import bookmarks
from wps_xl.office.word.update.unedited import edited_since
from wps_xl.report.proof.findings import changed_cells

NS = f'xmlns:w="{W[1:-1]}"'
KINDS = ("", "RangeStart", "")
MONEY = ("$140,000", "$150,000")
BOX = f"""<w:r {NS}
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>
 <mc:Choice Requires="v"><w:pict><v:shape><v:textbox><w:txbxContent>
 <w:p><w:r><w:t>A box of 4,711 readers.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>
 </w:pict></mc:Choice>
 <mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>
 <w:t>A box of 4,711 readers.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>
 </mc:Fallback></mc:AlternateContent></w:r>"""


def cut_instructions(word: Document) -> None:
    """Word cuts what a field says into runs."""
    for node in list(word.element.body.iter(f"{W}instrText")):
        run = node.getparent()
        rest = copy.deepcopy(run)
        at = len(node.text) // 2
        node.text, rest.find(f"{W}instrText").text = node.text[:at], node.text[at:]
        run.addnext(rest)


def box_in(key: str) -> Edit:
    def edit(word: Document) -> None:
        paragraph_of(word, key).find(f"{W}pPr").addnext(parse_xml(BOX))

    return edit


def changed_part(path: Path, name: str, old: str, new: str) -> Path:
    """The file with words of one part replaced."""
    with zipfile.ZipFile(path) as file:
        parts = {entry: file.read(entry) for entry in file.namelist()}
    text = parts[name].decode()
    assert old in text
    parts[name] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(path, "w") as file:
        for entry, content in parts.items():
            file.writestr(entry, content)
    return path


def test_a_field_cut_into_runs_is_the_same_reference(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), cut_instructions)

    new, done = updated(draft(), old)
    answered = edited(Path(shutil.copy(old, tmp_path / "done.docx")), delete("A.prompt"))
    submit(draft(), TEMPLATE, answered, tmp_path / "clean.docx", LATER)

    assert actions(done) == {}
    assert lines(new) == lines(old)
    body = docx.Document(str(tmp_path / "clean.docx")).element.body
    targets = {item.target for item in fields(body) if item.words[0] in ("REF", "NOTEREF")}
    assert targets
    assert targets <= bookmarks(body).keys()


def test_a_text_box_hangs_on_a_paragraph_and_is_read_once(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), box_in("B.1"), box_in("intro.2.a"))

    new, done = updated(words_changed(draft(), MONEY), old)

    said = [passage.text for passage in read(old).passages]
    assert said.count("A box of 4,711 readers.") == 2
    assert "Some $140,000 was disbursed." in said
    assert set(actions(done).values()) == {"updated"}
    assert "Some $150,000 was disbursed." in lines(accepted(new))


def mark(tag: str, number: int) -> etree._Element:
    about = f'w:id="{number}" w:author="D" w:date="2007-09-20T00:00:00Z"'
    return parse_xml(f"<w:{tag} {NS} {about}/>")


def moved(key: str, below: str) -> Edit:
    """The drafter moves a paragraph, with changes tracked."""

    def edit(word: Document) -> None:
        old = paragraph_of(word, key)
        new = copy.deepcopy(old)
        for node in list(new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            node.getparent().remove(node)
        for node, tag, number in ((old, "moveFrom", 900), (new, "moveTo", 950)):
            end, start, runs = (mark(f"{tag}{kind}", number + at) for at, kind in enumerate(KINDS))
            start.set(f"{W}name", "move1")
            runs.extend(node.findall(f"{W}r"))
            properties = node.find(f"{W}pPr")
            etree.SubElement(properties, f"{W}rPr").append(end)
            properties.addnext(start)
            node.extend([runs, parse_xml(f'<w:{tag}RangeEnd {NS} w:id="{number + 1}"/>')])
        paragraph_of(word, below).addnext(new)

    return edit


def test_a_moved_paragraph_is_followed_at_its_new_place(tmp_path: Path) -> None:
    old = edited(written(draft(), tmp_path / "old.docx"), moved("B.1", "intro.1"))

    new, done = updated(words_changed(draft(), MONEY), old)
    again, redone = updated(words_changed(draft(), MONEY), new, "again.docx")

    (money,) = [line for line in done.done if line.action == "updated" and line.number]
    assert money.number == "2"
    assert "you deleted it" not in actions(done).values()
    assert done.known.startswith("1 paragraph, heading or table known by words")
    assert redone.known == ""
    assert lines(again) == lines(new)


@pytest.mark.parametrize(
    "relation",
    [
        'Type="http://x/image" Target="NULL"',
        'Type="http://x/hyperlink" Target="#_top"',
        'Type="http://x/aFChunk" Target="gone/chunk.htm"',
    ],
)
def test_a_link_to_nothing_does_not_keep_a_draft_from_being_read(
    relation: str, tmp_path: Path
) -> None:
    old = written(draft(), tmp_path / "old.docx")
    end = "</Relationships>"
    changed_part(
        old, "word/_rels/document.xml.rels", end, f'<Relationship Id="rId900" {relation}/>{end}'
    )

    new, done = updated(draft(), old)

    assert actions(done) == {}
    assert b"rId900" in zipfile.ZipFile(new).read("word/_rels/document.xml.rels")


def test_files_of_other_kinds_have_a_sentence_of_their_own(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
    found = {
        "locked.docx": (ole + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        "old.docx": (ole, r"an older Word \(\.doc\)"),
        "rich.docx": (rb"{\rtf1 Text}", "Rich Text"),
        "page.docx": (b"%PDF-1.7", "is a PDF"),
    }
    for name, (content, _) in found.items():
        (tmp_path / name).write_bytes(content)
    strict = written(draft(), tmp_path / "strict.docx")
    usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    changed_part(
        strict, "_rels/.rels", usual, "http://purl.oclc.org/ooxml/officeDocument/relationships/x"
    )
    macros = written(draft(), tmp_path / "macros.docx")
    changed_part(
        macros,
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    said = {name: match for name, (_, match) in found.items()}
    for name, match in {**said, "strict.docx": "Strict", "macros.docx": "holds macros"}.items():
        with pytest.raises(InputError, match=match):
            open_word(tmp_path / name)


def comment(word: Document) -> None:
    """A reviewer writes a comment and changes no word."""
    word.add_comment(word.paragraphs[-1].runs or word.paragraphs[20].runs, "Verify.", "Reviewer")


def test_what_somebody_wrote_is_never_taken_for_an_untouched_draft(tmp_path: Path) -> None:
    ours = written(draft(), tmp_path / "ours.docx")
    clean = tmp_path / "clean.docx"
    document.write(draft(), TEMPLATE, clean, edition="clean")
    docx.Document().save(str(tmp_path / "other.docx"))
    (tmp_path / "none.docx").write_bytes(b"not a document")
    commented = edited(written(draft(), tmp_path / "commented.docx"), comment)
    boxed = edited(written(draft(), tmp_path / "boxed.docx"), box_in("B.1"))
    shorter = edited(written(draft(), tmp_path / "shorter.docx"), delete("B.1"))

    others = (clean, tmp_path / "other.docx", tmp_path / "none.docx", commented, boxed, shorter)

    assert not edited_since(ours)
    assert all(map(edited_since, others))


def test_changes_tracked_in_notes_and_headers_stop_a_submission(tmp_path: Path) -> None:
    def in_header(word: Document) -> None:
        for root in all_stories(word):
            if root.tag == f"{W}hdr":
                next(root.iter(f"{W}p")).append(
                    parse_xml(f'<w:ins {NS} w:id="7" w:author="D"><w:r><w:t>x</w:t></w:r></w:ins>')
                )

    old = edited(written(draft(), tmp_path / "old.docx"), in_header)

    with pytest.raises(InputError, match="tracked change"):
        submit(draft(), TEMPLATE, old, tmp_path / "clean.docx", LATER)


@pytest.mark.parametrize("how", ["field", "style"])
def test_contents_and_indexes_of_word_are_no_sentences(how: str, tmp_path: Path) -> None:
    def index(word: Document) -> None:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\c "Table" '
        begin += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        style = ""
        if how == "style":
            begin = end = ""
            style = '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
            about = f'{NS} w:type="paragraph" w:styleId="TOC1"'
            made = f'<w:style {about}><w:name w:val="toc 1"/></w:style>'
            word.styles.element.append(parse_xml(made))
        text = "<w:r><w:t>Entities reporting 3</w:t></w:r>"
        last = paragraph_of(word, "intro.1")
        for inside in (f"{begin}{text}", f"{text}{end}"):
            last.addprevious(parse_xml(f"<w:p {NS}>{style}{inside}</w:p>"))

    old = edited(written(draft(), tmp_path / "old.docx"), index)

    said = [passage.text for passage in read(old).passages]

    assert "Entities reporting 3" not in said
    assert any(text.startswith("The Action Plan covers") for text in said)


def test_a_note_with_a_star_has_no_number(tmp_path: Path) -> None:
    def star(word: Document) -> None:
        mark = next(word.element.body.iter(f"{W}footnoteReference"))
        mark.set(f"{W}customMarkFollows", "1")
        mark.addnext(parse_xml(f"<w:t {NS}>*</w:t>"))

    old = edited(written(draft(), tmp_path / "old.docx"), star)

    numbers = note_numbers(docx.Document(str(old)).element.body)

    assert list(numbers.values()) == ["1", "2"]
    assert "1" not in numbers


def test_rows_of_a_table_that_are_missing_or_doubled_are_found(tmp_path: Path) -> None:
    def rows(word: Document) -> None:
        first, second, _ = list(word.element.body.iter(f"{W}tbl"))[1].findall(f"{W}tr")[1:]
        first.addnext(copy.deepcopy(first))
        second.getparent().remove(second)

    fresh = written(draft(), tmp_path / "fresh.docx")
    old = edited(written(draft(), tmp_path / "old.docx"), rows)

    found = [finding.message for finding in changed_cells(read(old), read(fresh))]

    assert found == [
        "In the table, the row Peacemaking of the workbook is missing.",
        "In the table, the row Conflict prevention stands 2 times.",
    ]
