"""What LibreOffice is asked about, it answers truly."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from libreoffice import (
    Office,
    cells,
    formulas,
    links,
    protection,
    put,
    recalculate,
    save_copy,
    sheets,
    validations,
)
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workbook with one of everything."""
    book = Workbook()
    form, lists = book.worksheets[0], book.create_sheet("Lists")
    form.title = "Form"
    form.append(["Area", "Strategy", 2, "=C1/0", "=C1*2"])
    form.append(["Peace", None, "more"])
    form.append(["Health"])
    for pair in (("Peace", "Mediation"), ("Peace", "Quotas"), ("Health", "Clinics")):
        lists.append(pair)
    lists.sheet_state = "hidden"
    lists.protection.sheet = True
    lists["A2"].protection = Protection(locked=False)
    form["C2"].hyperlink = Hyperlink(ref="C2", location="'Lists'!A1")
    book.defined_names["areas"] = DefinedName("areas", attr_text="Lists!$A$1:$A$3")
    below = "OFFSET(Lists!$B$1,MATCH($A2,areas,0)-1,0,COUNTIF(areas,$A2),1)"
    for ref, rule in (
        ("A2", DataValidation("list", formula1='"Peace,Health"')),
        ("A3", DataValidation("list", formula1="areas")),
        ("B2:B9", DataValidation("list", formula1=below)),
        ("C1", DataValidation("whole", formula1="5", operator="lessThan", prompt="Pick.")),
    ):
        rule.showErrorMessage = rule.showInputMessage = True
        rule.add(ref)
        form.add_data_validation(rule)
    first = DataValidation("list", formula1="$B$1:$B$2")
    first.add("C1")
    lists.add_data_validation(first)
    target = tmp_path_factory.mktemp("office") / "book.xlsx"
    book.save(target)
    return target


def test_cells_are_read_with_results_and_errors(office: Office, path: Path) -> None:
    names, values, shown = office.ask(
        path, sheets(), cells("Form", "A1:E2"), formulas("Form", "E1")
    )

    assert names == [{"name": "Form", "visible": True}, {"name": "Lists", "visible": False}]
    assert values == [["Area", "Strategy", 2, "#DIV/0!", 4], ["Peace", None, "more", None, None]]
    assert shown == [["=C1*2"]]


def test_a_change_is_recalculated_and_a_copy_keeps_it(
    office: Office, path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.xlsx"

    *_, values, _ = office.ask(
        path,
        put("Form", "C1", 21),
        put("Form", "D1", None),
        put("Form", "A1", "text"),
        recalculate(),
        cells("Form", "A1:E1"),
        save_copy(copy),
    )

    assert values == [["text", "Strategy", 21, None, 42]]
    assert load_workbook(copy, data_only=True)["Form"]["E1"].value == 42
    assert load_workbook(path)["Form"]["C1"].value == 2


def test_links_and_protection_are_seen(office: Office, path: Path) -> None:
    targets, form, lists = office.ask(
        path, links("Form", "A1:C2"), protection("Form", "A1"), protection("Lists", "A1:A3")
    )

    assert targets == {"C2": "#'Lists'.A1"}
    assert (form["sheet"], lists["sheet"], lists["book"]) == (False, True, False)
    assert lists["locked"] == ["A1", "A3"]


def test_drop_downs_say_what_they_offer(office: Office, path: Path) -> None:
    before, _, after, protected = office.ask(
        path,
        validations("Form", "A1:C3"),
        put("Form", "A2", "Health"),
        validations("Form", "B2"),
        validations("Lists", "C1"),
    )

    assert {cell: rule["items"] for cell, rule in before.items()} == {
        "C1": None,
        "A2": ["Peace", "Health"],
        "B2": ["Mediation", "Quotas"],
        "A3": ["Peace", "Peace", "Health"],
        "B3": ["Clinics"],
    }
    assert after["B2"]["items"] == ["Clinics"]
    assert protected["C1"]["items"] == ["Mediation", "Quotas"]
    assert (before["C1"]["type"], before["C1"]["operator"]) == ("WHOLE", "LESS")
    assert (before["C1"]["stops"], before["C1"]["prompt"]) == (True, ["", "Pick."])


def test_files_are_converted(office: Office, path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    document = Document()
    document.add_paragraph("Dear colleague,")
    document.save(str(letter))

    pdf, text = office.convert(path, "pdf", tmp_path), office.convert(letter, "txt", tmp_path)

    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Dear colleague," in text.read_text(encoding="utf-8-sig")


def test_the_office_starts_anew_after_it_has_died(office: Office, path: Path) -> None:
    own = Office()
    try:
        own.ask(path, sheets())
        with pytest.raises(pytest.fail.Exception, match="asked about"):
            own.ask(path.with_name("missing.xlsx"), sheets())
        own.kill()
        with pytest.raises(pytest.fail.Exception, match="died or hung"):
            own.ask(path, sheets())

        assert len(own.ask(path, sheets())[0]) == 2
    finally:
        own.close()


def test_a_file_that_another_office_has_open_is_opened_all_the_same(
    path: Path, office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "book.xlsx"
    copy.write_bytes(path.read_bytes())
    lock = tmp_path / ".~lock.book.xlsx#"
    lock.write_text(",somebody,elsewhere,24.11.2026 12:00,file:///elsewhere;", encoding="utf-8")

    assert office.ask(copy, cells("Form", "A2"))[0] == [["Peace"]]
