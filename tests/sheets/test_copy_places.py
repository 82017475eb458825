"""Where correction copies go: no return, and nothing of others, is written over."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sheets.form_examples import CODEBOOK, CYCLE, DONE, filled

from wps_xl.errors import InputError
from wps_xl.intake.validation import Intake, validate
from wps_xl.sheets.copies.writer import write_copies
from wps_xl.sheets.forms.writer import form_bytes

NAME = "progress.xlsx"


@pytest.fixture(scope="module")
def content() -> bytes:
    """A return with one faulty cell."""
    return form_bytes(filled({"Progress": [{**DONE, "activity_id": "H-1", "role": "chief"}]}))


def returns(content: bytes, *files: Path) -> Intake:
    """The same return in each of the files, and what was found in them."""
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    found = validate(files, CODEBOOK, CYCLE)
    wrong = next(issue for issue in found.issues if issue.severity == "error")
    # They are equal, so that all but one would be superseded.
    each = tuple(replace(wrong, book=item.book) for item in found.returns)
    return replace(found, issues=each)


def state(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_returns_of_one_name_get_copies_beside_each_other(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    # One path leads out of the folder, two differ in case alone, one lies where a label would.
    near = (
        Path("../sent") / NAME,
        Path("sent") / NAME,
        Path("case/A") / NAME,
        Path("case/a") / NAME,
    )
    found = returns(content, *near)
    before = state(tmp_path)

    lines = write_copies(found, Path("copies")).lines

    after = state(tmp_path)
    assert {name: after[name] for name in before} == before
    new = {name for name in after if name not in before}
    assert len(found.files) == len({name.casefold() for name in new}) == 4, found.files
    assert {Path(name).parent.as_posix() for name in new} == {"desk/copies"}
    assert lines[0].startswith("4 correction copies")
    assert not [book for book in found.files if ".." in book or book.startswith("/")]


@pytest.mark.parametrize("way", ["linked", "parent"])
def test_a_folder_that_holds_a_return_is_refused_before_any_copy(
    content: bytes, tmp_path: Path, way: str
) -> None:
    found = returns(content, tmp_path / "a" / NAME, tmp_path / "b" / "other.xlsx")
    (tmp_path / "linked").symlink_to(tmp_path / "b")
    before = state(tmp_path)

    with pytest.raises(InputError, match="holds the returns themselves"):
        write_copies(found, tmp_path / {"linked": "linked", "parent": "a/../b"}[way])

    assert state(tmp_path) == before


def test_a_file_that_is_no_copy_of_ours_stays_where_it_is(content: bytes, tmp_path: Path) -> None:
    found = returns(content, tmp_path / "sent" / NAME, tmp_path / "sent" / "other.xlsx")
    theirs = tmp_path / "copies" / NAME
    theirs.parent.mkdir()
    theirs.write_bytes(content)

    lines = write_copies(found, theirs.parent).lines

    assert state(theirs.parent).keys() == {NAME, "other.xlsx"}
    assert theirs.read_bytes() == content
    assert lines[0].startswith("1 correction copy")
    assert f"No copy of {NAME}: {theirs} is no correction copy" in lines[1]


def test_a_return_or_copy_that_cannot_be_had_is_a_line_and_the_others_are_made(
    content: bytes, tmp_path: Path
) -> None:
    gone, taken, good = (tmp_path / "sent" / f"{name}.xlsx" for name in ("gone", "taken", "good"))
    found = returns(content, gone, taken, good)
    gone.unlink()
    (tmp_path / "copies" / taken.name).mkdir(parents=True)

    lines = write_copies(found, tmp_path / "copies").lines

    assert state(tmp_path / "copies").keys() == {good.name}
    assert lines[0].startswith("1 correction copy")
    assert [line for line in lines if line.startswith("No copy of gone.xlsx: it cannot be read")]
    assert [line for line in lines if line.startswith("No copy of taken.xlsx: ")]


def without(content: bytes, part: str, old: bytes = b"", new: bytes = b"") -> bytes:
    """The file without a part, or with other words in it."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(changed, "w") as after:
        for name in before.namelist():
            if name != part or old:
                part_of = before.read(name)
                after.writestr(name, part_of.replace(old, new) if name == part else part_of)
    return changed.getvalue()


def test_a_return_that_broke_since_it_was_read_is_a_line_whatever_is_wrong_with_it(
    content: bytes, tmp_path: Path
) -> None:
    book = "xl/workbook.xml"
    broken = {
        "no-zip": b"no zip at all",
        "cut": content[: len(content) // 2],
        "spoiled": content[:3000] + bytes(3000) + content[6000:],
        "no-index": without(content, "_rels/.rels"),
        "no-workbook": without(content, book),
        "no-styles": without(content, "xl/styles.xml"),
        "no-names": without(content, book, b' name="Guide"', b""),
        "no-rows": without(content, "xl/worksheets/sheet3.xml", b"sheetData>", b"data>"),
        "no-xml": without(content, "xl/worksheets/sheet3.xml", b"<row", b"<<row"),
        "no-numbers": without(content, "xl/worksheets/sheet3.xml", b' s="', b' s="x'),
    }
    files = {name: tmp_path / "sent" / f"{name}.xlsx" for name in (*broken, "well")}
    found = returns(content, *files.values())
    for name, bytes_ in broken.items():
        files[name].write_bytes(bytes_)

    said = write_copies(found, tmp_path / "copies")

    assert state(tmp_path / "copies").keys() == {"well.xlsx"}
    assert said.refused == len(broken)
    lines = [
        line for line in said.lines if line.endswith("Send the lines of sheet Issues instead.")
    ]
    assert {line.split(".xlsx")[0] for line in lines} == {f"No copy of {name}" for name in broken}


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_a_name_that_is_no_text_is_copied_under_it(content: bytes, tmp_path: Path) -> None:
    found = returns(content, tmp_path / "sent" / os.fsdecode(b"caf\xe9.xlsx"))

    write_copies(found, tmp_path / "copies")

    assert len(state(tmp_path / "copies")) == 1
    # Sheets and results are text, and so are the names of books in them.
    assert list(found.files) == ["caf\\udce9.xlsx"]


def test_a_return_that_came_in_a_zip_has_a_workbook_for_its_copy(
    content: bytes, tmp_path: Path
) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("our return.xlsx", content)
    found = returns(packed.getvalue(), tmp_path / "in" / "WFP.zip")

    write_copies(found, tmp_path / "out")

    assert set(state(tmp_path / "out")) == {"WFP.zip.xlsx"}
    assert "Progress" in load_workbook(tmp_path / "out" / "WFP.zip.xlsx").sheetnames
