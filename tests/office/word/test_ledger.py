"""What counts as an edit of a drafter, and what does not."""

from __future__ import annotations

import pytest
from lxml import etree

from wps_xl.office.word.ledger import Entry, fingerprint, from_xml, note_texts, to_xml, visible_text
from wps_xl.office.word.ooxml import NAMESPACE, field, paragraph, run


def word(xml: str) -> etree._Element:
    """A paragraph with this content, the prefix ``w`` known."""
    return etree.fromstring(f'<w:p xmlns:w="{NAMESPACE}">{xml}</w:p>')


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>One</w:t></w:r><w:r><w:t> two</w:t></w:r>", "One two"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", ""),
        ("<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>", ""),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "[fn: See S/2006/770.]"),
        ("<w:fldSimple w:instr=' REF _x \\h '><w:r><w:t>12</w:t></w:r></w:fldSimple>", "{REF _x}"),
        ("<w:sdt><w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>", "in"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>x</w:t></w:r>", "x"),
        ("<w:hyperlink><w:r><w:t>I</w:t></w:r></w:hyperlink>", "I"),
    ],
)
def test_text_is_read_as_if_changes_were_accepted(xml: str, text: str) -> None:
    assert visible_text(word(xml), {"2": "See S/2006/770."}) == text


def test_renumbering_is_no_edit() -> None:
    before = paragraph("ParaNo", run("See paragraph "), *field("REF _wps_1 \\n \\h", "12"))
    after = paragraph("ParaNo", run("See paragraph "), *field("REF _wps_1 \\n \\h", "13"))
    other = paragraph("ParaNo", run("See paragraph "), *field("REF _wps_2 \\n \\h", "12"))

    assert visible_text(before, {}) == visible_text(after, {}) == "See paragraph {REF _wps_1}"
    assert visible_text(other, {}) != visible_text(before, {})


def test_formatting_and_split_runs_are_no_edit() -> None:
    whole = paragraph("ParaNo", run("One two"))
    split = paragraph("ParaNo", run("One", highlight=True), run(" two"))

    assert visible_text(whole, {}) == visible_text(split, {})


def test_a_changed_footnote_is_an_edit() -> None:
    mark = word('<w:r><w:footnoteReference w:id="1"/></w:r>')

    assert visible_text(mark, {"1": "UNEP."}) != visible_text(mark, {"1": "WFP."})


def test_the_fingerprint_ignores_how_spaces_and_accents_are_written() -> None:
    assert fingerprint("Côte  d’Ivoire\u00a0") == fingerprint("Co\u0302te d’Ivoire")
    assert fingerprint("34,086") != fingerprint("35,012")
    assert len(fingerprint("")) == 16


def test_separators_are_no_notes() -> None:
    notes = etree.fromstring(
        f'<w:footnotes xmlns:w="{NAMESPACE}"><w:footnote w:id="0" w:type="separator"/>'
        '<w:footnote w:id="1"><w:p><w:r><w:t> See. </w:t></w:r></w:p></w:footnote></w:footnotes>'
    )

    assert note_texts(notes) == {"1": "See."}


def test_the_ledger_gives_back_what_was_written() -> None:
    said = 'a < b & "c" \n d'
    entries = (
        Entry("A.1", "paragraph", "_wps_1", fingerprint(said), said, ("Progress!D5",)),
        Entry("table", "table", "_wpsTab_1", fingerprint("x\ty"), "x\ty"),
    )

    assert from_xml(to_xml(entries, {"run": "1"})) == entries
