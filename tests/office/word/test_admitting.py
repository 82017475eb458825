"""The edition for submission carries nothing but the report, whatever the drafter's file holds."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from docx.document import Document
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from office.word.reading import TEMPLATE, W, faults, texts
from office.word.sample_draft import draft
from office.word.test_picture_bytes import chunk, png
from office.word.updating import LATER, delete, edited, paragraph_of, updated, written
from validators import assert_valid

from wps_xl.errors import InputError
from wps_xl.office.word import document
from wps_xl.office.word.editions import CLEAN, without_prompts
from wps_xl.office.word.inspecting import ADMITTED
from wps_xl.office.word.opening import open_word
from wps_xl.office.word.submitting import submit
from wps_xl.office.word.update.regenerate import Updated
from wps_xl.report.proof.readiness import CARRIED, left_over

NS = (
    f'xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PERSON = "Jane Q Drafter"
SPACED = 'xml:space="preserve"'
RUNS = (
    "<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>{who} objects.</w:t></w:r>",
    '<w:r {ns}><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r {ns}><w:instrText xml:space="preserve"> DDEAUTO excel "{who}.xlsx" </w:instrText></w:r>',
    '<w:r {ns}><w:fldChar w:fldCharType="separate"/></w:r>',
    "<w:r {ns}><w:t {sp}> Shown.</w:t></w:r>",
    '<w:r {ns}><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:fldSimple {ns} w:instr=" INCLUDETEXT &quot;{who}.docx&quot; "><w:r>'
    "<w:t {sp}> Text.</w:t></w:r></w:fldSimple>",
    '<w:smartTag {ns} w:uri="urn:x" w:element="{who}"><w:r>'
    "<w:t {sp}> Tag.</w:t></w:r></w:smartTag>",
    '<w:sdt {ns}><w:sdtPr><w:alias w:val="{who}"/></w:sdtPr><w:sdtContent><w:r w:rsidR="00AB12CD">'
    "<w:t {sp}> Box.</w:t></w:r></w:sdtContent></w:sdt>",
    '<w:bookmarkStart {ns} w:id="9901" w:name="{mark}"/>',
    '<w:bookmarkEnd {ns} w:id="9901"/>',
    '<w:permStart {ns} w:id="77" w:ed="{who}"/>',
    '<w:permEnd {ns} w:id="77"/>',
)


def stuffed(word: Document) -> None:
    """A name in every place that a drafter's file has for one."""
    paragraph = paragraph_of(word, "B.1")
    for text in RUNS:
        paragraph.append(
            parse_xml(text.format(ns=NS, sp=SPACED, who=PERSON, mark=PERSON.replace(" ", "_")))
        )
    out = word.part.relate_to(f"https://intranet/{PERSON}", f"{RELATIONS}/hyperlink", True)
    link = f'<w:hyperlink {NS} r:id="{out}" w:tooltip="{PERSON}"><w:r>'
    link += f"<w:t {SPACED}> Link.</w:t></w:r>"
    paragraph.append(parse_xml(f"{link}</w:hyperlink>"))
    settings, whole = word.settings.element, word.part.package
    known = word.part._settings_part.relate_to(
        f"file:///{PERSON}.dotm", f"{RELATIONS}/attachedTemplate", True
    )
    for inside in (
        f'<w:attachedTemplate {NS} r:id="{known}"/>',
        f'<w:rsids {NS}><w:rsidRoot w:val="00AB12CD"/></w:rsids>',
        f'<w:docVars {NS}><w:docVar w:name="author" w:val="{PERSON}"/></w:docVars>',
    ):
        settings.append(parse_xml(inside))
    for name, kind in (
        ("/customXml/item77.xml", "customXml"),
        ("/word/people.xml", "people"),
        ("/word/glossary/document.xml", "glossaryDocument"),
        ("/word/vbaProject.bin", "vbaProject"),
    ):
        part = Part(whole.next_partname(f"{name}%d"), "application/xml", _named(), whole)
        word.part.relate_to(part, f"{RELATIONS}/{kind}")
    custom = Part(whole.next_partname("/docProps/custom%d.xml"), "application/xml", _named(), whole)
    whole.relate_to(custom, f"{RELATIONS}/custom-properties")
    field = f'<w:fldSimple {NS} w:instr=" USERNAME {PERSON} "><w:r>'
    field += f"<w:t {SPACED}> Head.</w:t></w:r>"
    word.sections[0].header.paragraphs[0]._p.append(parse_xml(f"{field}</w:fldSimple>"))
    run = Run(paragraph.makeelement(f"{W}r"), Paragraph(paragraph, word))
    paragraph.append(run._r)
    shape = run.add_picture(io.BytesIO(picture())).__dict__["_inline"].docPr
    shape.set("name", f"{PERSON}.png")
    shape.set("descr", f"Photo of {PERSON}")
    unused = Part(whole.next_partname("/word/media/x%d.png"), "image/png", _named(), whole)
    word.part.relate_to(unused, f"{RELATIONS}/image")
    word.add_comment(word.paragraphs[-1].runs, f"{PERSON} asks.", PERSON, "JQD")
    core = word.core_properties
    core.author = core.last_modified_by = core.keywords = core.comments = PERSON


def picture() -> bytes:
    """A drawing of one white point that says who drew it."""
    point = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return png(chunk(b"tEXt", PERSON.encode()), point, chunk(b"IDAT", zlib.compress(b"\0\xff")))


def _named() -> bytes:
    return f"<x>{PERSON}</x>".encode()


def submitted(drafter: Path) -> tuple[Path, Updated]:
    target = drafter.with_name("clean.docx")
    return target, submit(draft(), TEMPLATE, drafter, target, LATER)


@pytest.fixture
def drafter(tmp_path: Path) -> Path:
    return edited(written(draft(), tmp_path / "old.docx"), delete("A.prompt"), stuffed)


def test_nothing_but_the_report_is_in_the_edition_for_submission(drafter: Path) -> None:
    clean, done = submitted(drafter)

    with zipfile.ZipFile(clean) as file:
        parts = {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
    for name, content in parts.items():
        assert not re.search("Jane|intranet|rsid|DDEAUTO|INCLUDETEXT|USERNAME", content), name
        assert 'TargetMode="External"' not in content, name
        if name.endswith(".rels"):
            kinds = set(re.findall(r'Type="[^"]*/([^/"]+)"', content))
            assert kinds <= {one for list_ in ADMITTED["relations"].values() for one in list_}
    assert "$140,000 was disbursed. Shown. Text. Tag. Box. Link." in " ".join(texts(clean))
    told = " ".join(done.told)
    for word in ("DDEAUTO", "INCLUDETEXT", f"{PERSON} objects.", "attachedTemplate", "vbaProject"):
        assert word in told
    assert f"1 × comments ({PERSON})" in told
    assert "image that is not shown" in told
    assert "1 × data in pictures" in told
    assert faults(clean) == []
    assert_valid(clean)


def test_a_check_names_the_same_and_an_update_keeps_it_and_names_what_reaches_out(
    drafter: Path,
) -> None:
    from report.reviews import review_of

    from wps_xl.office.word.manuscript import manuscript

    word = open_word(drafter)
    found = list(left_over(word, manuscript(word), review_of(), TEMPLATE))
    _, clean = submitted(drafter)
    new, done = updated(draft(), drafter)

    carried = {finding.message.partition(": ")[2] for finding in found if finding.code == CARRIED}
    assert {line.partition(": ")[2] for line in clean.told if line.startswith("Taken")} <= carried
    assert any("DDEAUTO" in line for line in done.told)
    assert not any("objects" in line for line in done.told)
    with zipfile.ZipFile(new) as file:
        assert f"{PERSON} objects." in file.read("word/document.xml").decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<w:r {ns}><w:object/></w:r>",
        '<w:r {ns}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata r:href="rId99"/></v:shape></w:pict></w:r>',
    ],
)
def test_what_cannot_be_taken_out_unread_refuses_the_edition(inside: str, tmp_path: Path) -> None:
    def put(word: Document) -> None:
        paragraph_of(word, "B.1").append(parse_xml(inside.format(ns=NS)))

    old = edited(written(draft(), tmp_path / "old.docx"), delete("A.prompt"), put)

    with pytest.raises(InputError, match=r"“Some \$140,000 was disbursed\.”.*Paste Special"):
        submitted(old)


def test_a_placeholder_of_another_colour_in_a_header_refuses_the_edition(tmp_path: Path) -> None:
    run = f'<w:r {NS}><w:rPr><w:highlight w:val="cyan"/></w:rPr><w:t>[to come]</w:t></w:r>'

    def put(word: Document) -> None:
        word.sections[0].header.paragraphs[0]._p.append(parse_xml(run))

    old = edited(written(draft(), tmp_path / "old.docx"), delete("A.prompt"), put)

    with pytest.raises(InputError, match=r"\[to come\]"):
        submitted(old)


def test_an_edition_straight_from_the_workbook_carries_nothing_of_an_edited_template(
    tmp_path: Path,
) -> None:
    template = edited(Path(shutil.copy(TEMPLATE, tmp_path / "template.docx")), left_by_staff)

    printed = document.write(without_prompts(draft()), template, tmp_path / "c.docx", edition=CLEAN)
    usual = document.write(without_prompts(draft()), TEMPLATE, tmp_path / "u.docx", edition=CLEAN)

    with zipfile.ZipFile(tmp_path / "c.docx") as file:
        parts = {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
    assert [name for name, content in parts.items() if re.search("Jane|intranet", content)] == []
    assert "vbaProject" in " ".join(printed.taken)
    assert usual.taken == ()
    assert texts(tmp_path / "c.docx") == texts(tmp_path / "u.docx")
    assert faults(tmp_path / "c.docx") == []
    assert_valid(tmp_path / "c.docx")


def left_by_staff(word: Document) -> None:
    """What Word leaves in a template that somebody has worked on."""
    whole = word.part.package
    kept = word.part._settings_part.relate_to(
        f"https://intranet/{PERSON}.dotm", f"{RELATIONS}/attachedTemplate", True
    )
    word.settings.element.append(parse_xml(f'<w:attachedTemplate {NS} r:id="{kept}"/>'))
    for name, kind in (("/word/vba%d.bin", "vbaProject"), ("/word/people%d.xml", "people")):
        part = Part(whole.next_partname(name), "application/xml", _named(), whole)
        word.part.relate_to(part, f"{RELATIONS}/{kind}")
    word.core_properties.last_modified_by = word.core_properties.category = PERSON
