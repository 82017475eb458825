"""Correction copies: marks where the issues are, everything else of the return as it was sent."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from libreoffice import Office, cells, colours, links, notes, put, save_copy
from libreoffice import sheets as sheets_of
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sheets.form_examples import CODEBOOK, CYCLE, DONE, content_of, filled
from validators import assert_valid

from wps_xl.errors import InputError
from wps_xl.intake.overlay import ASK
from wps_xl.intake.validation import Intake, validate
from wps_xl.model import Issue
from wps_xl.sheets.copies.writer import asked, copy_of, marks, own_cells, write_copies

ROWS = [
    {**DONE, "activity_id": "H-1", "role": "chief"},
    {**DONE, "activity_id": "H-2", "role": "chief"},
    {**DONE, "activity_id": "H-3", "role": None},
]
FAULTY = filled({"Progress": ROWS})
INDEX = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
RED, LEAD = "F4B6AC", "To correct – review office"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A return with three faulty cells: E5 and E6 of one cause, E7 blank."""
    file = tmp_path / "sent" / "faulty.xlsx"
    file.parent.mkdir()
    file.write_bytes(content_of(FAULTY))
    return file


def intake(file: Path) -> Intake:
    """What is found in a return, errors only."""
    found = validate([file], CODEBOOK, CYCLE)
    return replace(found, issues=tuple(i for i in found.issues if i.severity == "error"))


def copied(file: Path, folder: str = "copies") -> Path:
    """The correction copy of a return."""
    target = file.parent.parent / folder
    write_copies(intake(file), target)
    return target / file.name


def parts(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def errors(file: Path) -> list[str]:
    return [str(issue.cell) for issue in intake(file).issues]


def test_the_cells_of_the_issues_are_coloured_and_noted(faulty: Path) -> None:
    before = load_workbook(faulty)["Progress"]

    after = load_workbook(copied(faulty))["Progress"]

    red = [c.coordinate for row in after["A5:R9"] for c in row if c.fill.fgColor.rgb == f"FF{RED}"]
    noted = {c.coordinate: c.comment.text for row in after["A5:R9"] for c in row if c.comment}
    assert red == ["E5", "E6", "E7"]
    assert {at: text.partition("\n")[0] for at, text in noted.items()} == dict.fromkeys(red, LEAD)
    assert "“chief” is not in the list" in noted["E6"]
    assert before["E5"].number_format == after["E5"].number_format
    assert [[c.value for c in row] for row in before] == [[c.value for c in row] for row in after]


def test_the_return_and_every_foreign_part_stay_byte_by_byte(faulty: Path) -> None:
    original = faulty.read_bytes()

    copy = copied(faulty)

    before, after = parts(faulty), parts(copy)
    changed = {name for name in before if after.get(name) != before[name]} - INDEX
    assert faulty.read_bytes() == original
    assert changed == {"xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet3.xml.rels"}
    assert set(after) - set(before) == {
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet10.xml",
    }


def test_libreoffice_shows_the_notes_at_the_cells_and_the_links_lead_there(
    faulty: Path, office: Office
) -> None:
    copy = copied(faulty)

    tabs, noted, coloured, linked, front = office.ask(
        copy,
        sheets_of(),
        notes("Progress"),
        colours("Progress", "A5:R8"),
        links("Issues", "A5:G9"),
        cells("Issues", "A4:F7"),
    )

    assert tabs[0] == {"name": "Issues", "visible": True}
    assert sorted(noted) == ["E5", "E6", "E7"]
    assert {at for at, colour in coloured.items() if colour == RED} == {"E5", "E6", "E7"}
    assert linked == {f"C{row}": f"#'Progress'.E{row}" for row in (5, 6, 7)}
    assert front[0][:3] == ["What", "Sheet", "Cell"]
    assert [row[2] for row in front[1:]] == ["E5", "E6", "E7"]


def by_openpyxl(file: Path) -> None:
    """Save the return as a program with shared texts does, with notes of the entity's own."""
    book = load_workbook(file)
    book["Progress"]["E5"].comment = Comment("Is this wrong?", "Jane")
    book["Progress"]["D6"].comment = Comment("Our unit knows more.", "Jane")
    book.save(file)


def by_other_names(file: Path) -> None:
    """Give the sheets' parts other names, and relative targets."""
    found = parts(file)
    with ZipFile(file, "w") as archive:
        for name, content in found.items():
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"/xl/worksheets/", b"worksheets/")
            if name == "[Content_Types].xml" or name.startswith("xl/_rels"):
                content = content.replace(b"worksheets/sheet", b"worksheets/blatt")
            renamed = name.replace("worksheets/sheet", "worksheets/blatt")
            archive.writestr(renamed.replace("_rels/sheet", "_rels/blatt"), content)


def by_old_libreoffice(file: Path) -> None:
    """Declare each relationships part by its name, none by its ending."""
    found = parts(file)
    kind = "application/vnd.openxmlformats-package.relationships+xml"
    types = found["[Content_Types].xml"].decode()
    default = re.search(r'<Default[^>]*Extension="rels"[^>]*/>', types)
    assert default is not None
    each = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name in found
        if name.endswith(".rels")
    )
    types = types.replace(default[0], "").replace("</Types>", f"{each}</Types>")
    with ZipFile(file, "w") as archive:
        for name, content in {**found, "[Content_Types].xml": types.encode()}.items():
            archive.writestr(name, content)


PROGRAMS = (by_openpyxl, by_other_names, by_old_libreoffice)


def test_copies_are_valid_whichever_program_saved_and_so_is_the_copy_of_a_copy(
    tmp_path: Path,
) -> None:
    copies = []
    for saved in (None, *PROGRAMS):
        file = tmp_path / (saved.__name__ if saved else "ours") / "sent" / "faulty.xlsx"
        file.parent.mkdir(parents=True)
        file.write_bytes(content_of(FAULTY))
        if saved:
            saved(file)
        copies.append(copied(file))

    assert_valid(*copies, copied(copies[0], "again"))


@pytest.mark.parametrize("saved", PROGRAMS)
def test_files_of_other_programs_get_their_marks(
    saved: Callable[[Path], None], faulty: Path, office: Office
) -> None:
    saved(faulty)
    before = parts(faulty)

    copy = copied(faulty)

    noted, coloured = office.ask(copy, notes("Progress"), colours("Progress", "E5:E7"))
    assert {at for at, text in noted.items() if LEAD in text} == {"E5", "E6", "E7"}
    assert coloured == dict.fromkeys(("E5", "E6", "E7"), RED)
    after = parts(copy)
    kept = [name for name in before if "theme" in name or "tables/" in name or "shared" in name]
    assert all(after[name] == before[name] for name in kept)


def test_a_note_of_the_entity_stays_and_ours_stands_below_it(faulty: Path) -> None:
    by_openpyxl(faulty)

    first = load_workbook(copied(faulty))["Progress"]
    second = load_workbook(copied(copied(faulty), "again"))["Progress"]

    for sheet in (first, second):
        assert sheet["E5"].comment.text.startswith(f"Is this wrong?\n{LEAD}")
        assert sheet["E5"].comment.text.count(LEAD) == 1
        assert sheet["D6"].comment.text == "Our unit knows more."


def test_a_copy_corrected_in_libreoffice_is_read_without_the_marks_and_loses_them(
    faulty: Path, office: Office
) -> None:
    by_openpyxl(faulty)
    corrected = faulty.parent.parent / "back" / faulty.name
    corrected.parent.mkdir()
    office.ask(
        copied(faulty),
        put("Progress", "E5", "Lead"),
        put("Progress", "E6", "Lead"),
        save_copy(corrected),
    )

    again = copied(corrected, "again")

    assert errors(corrected) == ["E7"]
    tabs, noted, coloured = office.ask(
        again, sheets_of(), notes("Progress"), colours("Progress", "A5:R8")
    )
    assert [tab["name"] for tab in tabs].count("Issues") == 1
    assert not any(tab["name"].startswith("Issues ") for tab in tabs)
    assert {at for at, text in noted.items() if LEAD in text} == {"E7"}
    assert noted["E5"].strip() == "Is this wrong?"
    assert {at for at, colour in coloured.items() if colour == RED} == {"E7"}


def test_a_return_saved_by_libreoffice_gets_its_marks(faulty: Path, office: Office) -> None:
    saved = faulty.with_name("saved.xlsx")
    office.ask(faulty, save_copy(saved))

    noted, coloured = office.ask(copied(saved), notes("Progress"), colours("Progress", "E5:E7"))

    assert sorted(noted) == ["E5", "E6", "E7"]
    assert set(coloured.values()) == {RED}


def test_the_colour_of_a_prefilled_cell_comes_back(faulty: Path) -> None:
    sheet = load_workbook(faulty)["Checklist"]
    shade = sheet["B5"].fill.fgColor.rgb
    book = load_workbook(faulty)
    (issue,) = [i for i in intake(faulty).issues if i.cell == "E7"]
    marked = io.BytesIO(copy_of(faulty.read_bytes(), "x", [_at(issue, "Checklist", "B5")]))

    again = copy_of(marked.getvalue(), "x", [])

    assert book["Checklist"]["B5"].fill.fgColor.rgb == shade
    assert load_workbook(marked)["Checklist"]["B5"].fill.fgColor.rgb == f"FF{RED}"
    assert load_workbook(io.BytesIO(again))["Checklist"]["B5"].fill.fgColor.rgb == shade


def _at(issue: Issue, sheet: str, cell: str) -> Issue:
    return replace(issue, sheet=sheet, cell=cell)


def test_copies_carry_only_what_the_office_asks_where_it_asks_something(faulty: Path) -> None:
    found = intake(faulty)
    marked = [replace(i, answer=ASK) if i.cell == "E7" else i for i in found.issues]
    target = faulty.parent.parent / "asked"

    lines = write_copies(replace(found, issues=tuple(marked)), target).lines

    sheet = load_workbook(target / faulty.name)["Progress"]
    noted = [c.coordinate for row in sheet["A5:R9"] for c in row if c.comment]
    assert noted == ["E7"]
    assert "ask entity" in lines[0]


def test_what_is_asked_in_one_return_leaves_the_copies_of_the_others_as_they_are() -> None:
    issue = Issue("required", "error", "It is blank.", "a.xlsx", sheet="S", cell="B2", row=2)
    other = replace(issue, cell="B3", row=3)
    issues = [replace(issue, answer=ASK), other, replace(issue, book="b.xlsx")]

    assert [(one.book, one.cell) for one in asked(issues)] == [("a.xlsx", "B2"), ("b.xlsx", "B2")]


def test_a_cause_of_several_cells_is_one_line_and_each_cell_says_what_it_is_about() -> None:
    issue = Issue(
        "parts-over-value", "error", "Measures M5, Women: “140” is above “100” in Value (D5).",
        "a.xlsx", sheet="Measures", cell="M5", row=5, heading="Women", found="140",
        also=("Measures!O5", "Measures!D5", "Progress!M5"),
    )  # fmt: skip

    noted = marks([issue])

    assert own_cells(issue) == [("Measures", "M5")]
    assert noted["Measures"]["M5"][1].endswith("\n“140” is above “100” in Value (D5).")
    others = (noted["Measures"]["O5"], noted["Measures"]["D5"], noted["Progress"]["M5"])
    assert {note[1].partition("\n")[2] for note in others} == {issue.message}
    assert len(own_cells(replace(issue, also=("Measures!M6", "Measures!M7")))) == 3


def test_copies_of_earlier_runs_are_put_aside_and_nothing_else(faulty: Path) -> None:
    found, folder = intake(faulty), faulty.parent.parent / "corrections"
    write_copies(found, folder)
    before = (folder / faulty.name).read_bytes()
    (folder / "of another return.xlsx").write_bytes(before)
    (folder / "remarks.xlsx").write_bytes(faulty.read_bytes())
    (folder / faulty.name).write_bytes(before + b" ")

    again = write_copies(found, folder).lines
    third = write_copies(found, folder).lines

    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx"))
    moved = [f"earlier/{faulty.name}", "earlier/of another return.xlsx"]
    assert files == sorted([faulty.name, *moved, "remarks.xlsx"])
    assert again[1] == f"2 copies of earlier runs: now in {folder / 'earlier'}."
    assert (folder / moved[0]).read_bytes() == before + b" "
    assert len(third) == 1


def test_signed_and_strict_files_are_refused_in_words(faulty: Path) -> None:
    signed, strict = (faulty.with_name(f"{name}.xlsx") for name in ("signed", "strict"))
    found = parts(faulty)
    with ZipFile(signed, "w") as archive:
        for name, content in {**found, "_xmlsignatures/origin.sigs": b""}.items():
            archive.writestr(name, content)
    index = found["xl/workbook.xml"].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with ZipFile(strict, "w") as archive:
        for name, content in {**found, "xl/workbook.xml": index}.items():
            archive.writestr(name, content)
    known = intake(faulty)

    said = {file: _refusal(known, file) for file in (signed, strict)}

    assert "digitally signed" in said[signed]
    assert "Strict Open XML" in said[strict]


def _refusal(known: Intake, file: Path) -> str:
    """What is said where the faulty return is this file."""
    book = next(iter(known.files))
    changed = replace(known, files={book: file})
    return " ".join(write_copies(changed, file.parent.parent / "none").lines)


def test_the_folder_of_the_returns_is_refused(faulty: Path) -> None:
    with pytest.raises(InputError, match="never written to"):
        write_copies(intake(faulty), faulty.parent)
