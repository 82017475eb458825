"""The own checker: silent about a good draft, and each check can fail."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office.word.sample_draft import PROPERTIES, draft
from report.draft_check import CHECKS, check

from wps_xl import assets
from wps_xl.office.word.document import write

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "draft.docx"
    write(draft(), assets.path("templates/council_report.docx"), path, properties=PROPERTIES)
    return path


def changed(source: Path, target: Path, part: str, change: Change) -> Path:
    """A copy of the file with one part changed; the change must change something."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                before = text.decode()
                after = change(before)
                assert after != before
                text = after.encode()
            new.writestr(name, text)
    return target


def once(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


def between(text: str, start: str, end: str) -> str:
    """The first piece of text from ``start`` up to and with ``end``."""
    begin = text.index(start)
    return text[begin : text.index(end, begin) + len(end)]


def same_bookmark_twice(text: str) -> str:
    first, second = (piece[:12] for piece in text.split('w:name="_wps_')[1:3])
    return text.replace(f'w:name="_wps_{second}', f'w:name="_wps_{first}', 1)


def without_bookmark_end(text: str) -> str:
    return text.replace(between(text, "<w:bookmarkEnd", "/>"), "", 1)


def notes_swapped(text: str) -> str:
    return text.replace('w:id="1"', 'w:id="x"').replace('w:id="2"', 'w:id="1"')


def comment_after_first_note(text: str) -> str:
    note = '<w:footnoteReference w:id="1"/></w:r>'
    return text.replace(note, f'{note}<w:r><w:commentReference w:id="0"/></w:r>', 1)


def paragraph_in_control(text: str) -> str:
    paragraph = between(text, '<w:p><w:pPr><w:pStyle w:val="ParaNo"/>', "</w:p>")
    control = f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    return text.replace(paragraph, control, 1)


def paragraph_more(text: str) -> str:
    extra = '<w:p><w:pPr><w:pStyle w:val="ParaNo"/></w:pPr></w:p>'
    return text.replace("<w:sectPr", f"{extra}<w:sectPr", 1).replace(
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/>',
        f'{extra}<w:p><w:pPr><w:pStyle w:val="Heading1"/>',
        1,
    )


BODY, NOTES, LEDGER = "word/document.xml", "word/footnotes.xml", "customXml/item2.xml"
MUTATIONS = [
    ("bookmark_names", BODY, same_bookmark_twice),
    ("bookmark_ends", BODY, without_bookmark_end),
    ("references", BODY, once("NOTEREF _wpsFn_", "NOTEREF _nowhere_")),
    ("styles", NOTES, once('w:val="FootnoteText"', 'w:val="Nowhere"')),
    ("lists", "word/styles.xml", once('<w:numId w:val="4"/>', '<w:numId w:val="44"/>')),
    ("footnote_order", NOTES, notes_swapped),
    ("slots_left", BODY, once("The report has two parts", "The {{plan}} has two parts")),
    ("comment_trap", BODY, comment_after_first_note),
    ("block_controls", BODY, paragraph_in_control),
    ("field_ends", BODY, once('<w:fldChar w:fldCharType="end"/>', "")),
    ("numbers", BODY, paragraph_more),
    ("ledger", LEDGER, once('bookmark="_wps_', 'bookmark="_gone_')),
]


def test_a_good_draft_has_no_fault(good: Path) -> None:
    assert check(good, slots=["plan"]) == []


@pytest.mark.parametrize(("name", "part", "change"), MUTATIONS)
def test_each_check_finds_its_fault(
    name: str, part: str, change: Change, good: Path, tmp_path: Path
) -> None:
    bad = changed(good, tmp_path / "bad.docx", part, change)

    found = check(bad, slots=["plan"])

    assert name in {fault.partition(":")[0] for fault in found}


def test_every_check_has_a_mutation() -> None:
    assert {name for name, _, _ in MUTATIONS} == {check.__name__ for check in CHECKS}
