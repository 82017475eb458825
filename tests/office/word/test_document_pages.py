"""The draft as LibreOffice lays it out."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
from libreoffice import Office
from office.word.reading import TEMPLATE, Write, read_by_bookmark
from office.word.sample_draft import annexes, draft, sentence

from wps_xl.model import Draft, Footnote, Paragraph, Reference, Section
from wps_xl.office.word import document
from wps_xl.office.word.contents import find_pages
from wps_xl.office.word.document import entries
from wps_xl.office.word.ledger import fingerprint
from wps_xl.office.word.references import fields


def pdf_pages(pdf: Path) -> list[str]:
    """The text of each page, all spaces as one."""
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def long_draft() -> Draft:
    """Sixty paragraphs, each with a footnote, a remark and a reference, on several pages."""
    blocks = [
        Paragraph(
            f"p{at}",
            (
                sentence(
                    f"s{at}", f"Mark {at} here", Footnote(f"n{at}", f"NOTE {at} of sixty."), "."
                ),
                sentence(f"t{at}", "And more text follows. " * 12, remark="Look.", cells=3),
                sentence(f"u{at}", "See paragraph ", Reference(f"p{at // 2}"), " above."),
            ),
        )
        for at in range(60)
    ]
    halves = (Section("one", "First", 1, tuple(blocks[:30])), Section("two", "Second", 1))
    return Draft({}, (halves[0], replace(halves[1], blocks=tuple(blocks[30:]))), annexes())


def test_each_footnote_stands_on_the_page_of_its_mark(
    office: Office, write: Write, tmp_path: Path
) -> None:
    write(long_draft())

    pages = pdf_pages(office.convert(tmp_path / "draft.docx", "pdf", tmp_path))

    assert len(pages) > 5
    for at in range(60):
        with_mark = [page for page in pages if re.search(rf"Mark {at} here ?{at + 1} ?\.", page)]
        assert len(with_mark) == 1
        assert re.search(rf"(?<!\d){at + 1} NOTE {at} of sixty\.", with_mark[0])


def test_nothing_looks_edited_after_a_round_trip_through_another_program(
    office: Office, write: Write, tmp_path: Path
) -> None:
    write(draft())
    (tmp_path / "back").mkdir()

    path = office.convert(tmp_path / "draft.docx", "docx", tmp_path / "back")

    read = read_by_bookmark(path)
    found = entries(path)
    assert len(found) == len(entries(tmp_path / "draft.docx")) > 20
    for entry in found:
        if entry.kind not in ("table", "contents"):
            assert fingerprint(read[entry.bookmark]) == entry.hash


def test_the_contents_are_written_with_the_page_of_each_heading(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "draft.docx"
    printed = document.write(long_draft(), TEMPLATE, path)

    stored = [
        int(item.text)
        for item in fields(docx.Document(str(path)).element.body)
        if item.words[0] == "PAGEREF"
    ]
    pages = pdf_pages(office.convert(path, "pdf", tmp_path))

    found = find_pages(printed.lines, pages)
    assert list(found) == ["one", "two", "annex.register", "annex.other"]
    assert stored == [*found.values()]
