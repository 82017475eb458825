"""Workbooks in other files and under other names, locks, encrypted ones: read or named."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from intake.hostile import HELLO, OLE, packed, parts, sheet, workbook

from wps_xl.intake.open import workbooks_in
from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.child import read_book

CORE = b'<cp:coreProperties xmlns:cp="a" xmlns:dcterms="b"><dcterms:modified>2007-07-09T10:00:00Z</dcterms:modified></cp:coreProperties>'  # noqa: E501
LETTER = b"%PDF-1.7"


def archive(**files: bytes) -> bytes:
    """A zip file with these files; two underscores stand for the dot of an ending."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in files.items():
            target.writestr(name.replace("__", "."), content)
    return made.getvalue()


def message(*attached: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Our return"
    mail.set_content("Please find our return attached.")
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def outcome(folder: Path, name: str, content: bytes) -> Book | Unreadable:
    """What becomes of a file that lies in a folder of returns."""
    (folder / name).write_bytes(content)
    files, told = workbooks_in([folder])
    return read_book(files[0]) if files else told[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("WFP.zip", archive(progress__xlsx=workbook()), "progress.xlsx"),
        ("WFP.zip", archive(a__xlsx=workbook(), letter__pdf=LETTER), "beside it: letter.pdf"),
        ("WFP.xlsx", archive(a__xlsx=workbook(), __MACOSX=b"x"), "a compressed archive (a.xlsx"),
        ("WFP.eml", message(("a.xlsx", workbook())), "the words of the message"),
        ("WFP.xls", workbook(), "ends in .xls"),
        ("WFP.csv", workbook(), "ends in .csv"),
        ("WFP.zip", workbook(), "ends in .zip"),
        ("WFP", workbook(), "has no ending"),
        ("WFP.dat", workbook(), "ends in .dat"),
    ],
)
def test_the_one_workbook_in_a_file_is_read_and_said_so(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    read = outcome(tmp_path, name, content)

    assert isinstance(read, Book), read
    assert read.grids["Data"].rows == (("hello",),)
    assert said in read.came_in


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        (
            "all.zip",
            archive(a__xlsx=workbook(), b__xlsx=workbook()),
            "other-file",
            "a.xlsx, b.xlsx",
        ),
        ("photos.zip", archive(a__jpg=b"x"), "other-file", "no workbook"),
        ("cut.zip", archive(a__xlsx=workbook())[:90], "other-file", "cannot be opened"),
        ("letter.eml", message(("a.pdf", LETTER)), "other-file", "no workbook"),
        ("two.xlsx", archive(a__xlsx=workbook(), b__xlsx=workbook()), "not-a-workbook", "a.xlsx"),
        ("old.xlsx", OLE + "Workbook".encode("utf-16-le"), "old-format", "97-2003"),
        ("new.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        ("WFP.xlsx.bak", workbook(), "other-file", "looks like a workbook"),
        ("WFP.gsheet", b"{}", "old-format", "shortcut to a Google spreadsheet"),
        ("WFP.numbers", archive(Index__zip=b"x"), "old-format", "Apple Numbers"),
        ("WFP.xlsx", archive(buildVersionHistory__plist=b"x"), "old-format", "Apple Numbers"),
        ("letter.docx", packed({"word/document.xml": b"<x/>"}), "other-file", "a text document"),
        ("letter.xlsx", LETTER, "not-a-workbook", "a PDF document"),
        ("bomb.zip", archive(a__xlsx=packed({"x": b" " * (60 << 20)})), "unsafe", "swells"),
    ],
)
def test_a_file_that_is_not_read_is_named_with_what_it_is(
    tmp_path: Path, name: str, content: bytes, code: str, said: str
) -> None:
    read = outcome(tmp_path, name, content)

    assert isinstance(read, Unreadable)
    assert (read.code, said in read.reason) == (code, True), read.reason


@pytest.mark.parametrize(
    "stream", ["EncryptedPackage\0DRMEncryptedDataSpace", "DRMEncryptedTransform", "\x09DRMContent"]
)
def test_rights_management_has_a_sentence_of_its_own(tmp_path: Path, stream: str) -> None:
    read = outcome(tmp_path, "WFP.xlsx", OLE + stream.encode("utf-16-le"))

    assert isinstance(read, Unreadable)
    assert (read.code, "password" in read.reason) == ("encrypted", False)
    assert "Restrict Access" in read.reason


@pytest.mark.parametrize(
    "lock", ["~$WFP.xlsx", ".~lock.WFP.xlsx#", ".~WFP.xlsx", ".~lock.WFP.ods#"]
)
def test_a_lock_of_any_suite_is_named_and_its_book_is_read(tmp_path: Path, lock: str) -> None:
    (tmp_path / "WFP.xlsx").write_bytes(workbook())
    (tmp_path / lock).write_bytes(b"somebody")
    (tmp_path / ".DS_Store").write_bytes(b"x")

    files, told = workbooks_in([tmp_path])

    assert [file.name for file in files] == ["WFP.xlsx"]
    assert [(file.path.name, file.code) for file in told] == [(lock, "lock-file")]
    assert "somebody has WFP" in told[0].reason


def test_a_file_says_whether_it_has_a_date_of_its_own(tmp_path: Path) -> None:
    """Google Sheets, SheetJS and Numbers write none."""
    dated = parts({"Data": sheet(HELLO)})
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="docProps/core.xml"/></Relationships>'
    dated["_rels/.rels"] = dated["_rels/.rels"].replace(b"</Relationships>", link.encode())
    dated["docProps/core.xml"] = CORE

    read = [outcome(tmp_path, "a.xlsx", content) for content in (packed(dated), workbook())]

    assert [one.dated for one in read if isinstance(one, Book)] == [True, False]
