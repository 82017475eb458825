"""What helps while a form is filled in: messages, drop-downs, limits and marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from libreoffice import Office, validations
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from sheets.form_examples import CODEBOOK, CYCLE, DONE, FORMS, blank, opened

from wps_xl.forms.schemas import schema
from wps_xl.model.text import shortened, units
from wps_xl.sheets.forms.writer import write_form

EVERY_FORM = pytest.mark.parametrize("form", FORMS)


def check_of(sheet: Worksheet, code: str) -> DataValidation | None:
    """The validation of the first cell of data under a code."""
    at = [cell.value for cell in sheet[3]].index(code) + 1
    cell = f"{get_column_letter(at)}5"
    return next((v for v in sheet.data_validations.dataValidation if cell in v.sqref), None)


def needed(sheet: Worksheet, code: str) -> DataValidation:
    """The validation of a column that must have one."""
    found = check_of(sheet, code)
    assert found is not None
    return found


@EVERY_FORM
def test_the_input_message_is_what_the_schema_says(form: str) -> None:
    book = opened(blank(form))

    for name, sheet in FORMS[form].sheets.items():
        for code, column in schema(sheet, CODEBOOK, CYCLE).columns.items():
            found = check_of(book[name], code)
            said = found.prompt if found and found.showInputMessage else None
            assert said == (shortened(column.description, 255) or None)


@EVERY_FORM
def test_titles_and_texts_keep_excels_limits(form: str) -> None:
    book = opened(blank(form))

    for sheet in book.worksheets:
        assert len(sheet.title) <= 31
        for found in sheet.data_validations.dataValidation:
            for text, limit in (
                (found.promptTitle, 32),
                (found.errorTitle, 32),
                (found.prompt, 255),
                (found.error, 255),
                (found.formula1, 255),
                (found.formula2, 255),
            ):
                assert units(text or "") <= limit


@EVERY_FORM
def test_names_of_tables_and_lists_differ(form: str) -> None:
    book = opened(blank(form))

    tables = [name.casefold() for sheet in book.worksheets for name in sheet.tables]
    names = [name.casefold() for name in book.defined_names]

    assert len({*tables, *names}) == len(tables) + len(names)


@EVERY_FORM
def test_lists_never_stop_and_numbers_and_dates_always_do(form: str) -> None:
    book = opened(blank(form))

    for name, sheet in FORMS[form].sheets.items():
        for column in sheet.columns.values():
            found = check_of(book[name], column.code)
            if column.type in ("number", "date"):
                assert found is not None
                assert (found.errorStyle or "stop", found.showErrorMessage) == ("stop", True)
            elif column.list_name and found is not None:
                assert not found.showErrorMessage


@EVERY_FORM
def test_validations_and_marks_reach_some_hundred_rows_down(form: str) -> None:
    book = opened(blank(form))

    for name in FORMS[form].sheets:
        sheet = book[name]
        ranges = [found.sqref for found in sheet.data_validations.dataValidation]
        ranges += [marked.sqref for marked in sheet.conditional_formatting]
        assert all(part.max_row >= 500 for cells in ranges for part in cells.ranges)
        assert sheet.max_row <= 60


def test_limits_come_from_the_rules() -> None:
    book = opened(blank())

    percent = needed(book["Measures"], "percent")
    part = needed(book["Measures"], "numerator")
    end = needed(book["Progress"], "end")

    assert (percent.type, percent.formula1, percent.formula2) == ("decimal", "0", "100")
    assert part.formula2 is not None
    assert "$G5" in part.formula2
    assert end.type == "date"
    assert end.formula1 is not None
    assert "$K5" in end.formula1


def test_a_date_of_the_cycle_that_must_not_be_passed_stops() -> None:
    start = needed(opened(blank("practices"))["Practices"], "start")

    first = CYCLE.practices_from
    assert start.formula1 == f"DATE({first.year},{first.month},{first.day})"


def test_missing_wrong_and_unknown_values_are_marked() -> None:
    sheet = opened(blank())["Progress"]

    marks = {
        (str(cells.sqref), rule.formula[0])
        for cells in sheet.conditional_formatting
        for rule in cells.rules
    }

    def marked(column: str, *parts: str) -> bool:
        return any(
            cells.startswith(f"{column}5:") and all(part in formula for part in parts)
            for cells, formula in marks
        )

    assert marked("A", "COUNTA($A5:$R5)>0", "LEN(TRIM($A5))=0")
    assert marked("A", "LEFT(TRIM($A$5:$A$", "LEFT(TRIM($A5),")
    assert marked("F", '(TRIM($E5)="joint")', '(TRIM($E5)="co-chair")')
    assert marked("B", "MATCH(", "TRIM($B5)", ",ok_areas_of_action,0)")
    assert marked("L", "($L5<$K5)")
    assert not marked("J", "MATCH(")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A progress form with one row filled."""
    path = tmp_path / "form.xlsx"
    write_form(blank(rows={"Progress": [DONE]}), path)
    return path


def test_drop_downs_offer_labels_in_libreoffice(office: Office, page: Path) -> None:
    (found,) = office.ask(page, validations("Progress", "B5:R5"))

    areas = CODEBOOK["areas_of_action"]
    assert found["B5"]["items"] == [areas.label(code) for code in areas]
    assert len(found["J5"]["items"]) == len(CODEBOOK["countries"])


def test_objectives_are_those_of_the_area_chosen(office: Office, page: Path) -> None:
    (found,) = office.ask(page, validations("Progress", "N5:N6"))

    areas, objectives = CODEBOOK["areas_of_action"], CODEBOOK["objectives"].entries.values()
    chosen = areas.find(str(DONE["area"]))
    assert found["N5"]["items"] == [entry.label for entry in objectives if entry["area"] == chosen]
    assert len(found["N6"]["items"]) == len(objectives)


def test_the_rows_of_progress_are_offered_where_a_figure_names_one(
    office: Office, page: Path
) -> None:
    (found,) = office.ask(page, validations("Measures", "B5:B5"))

    assert found["B5"]["items"] == [DONE["activity_id"]]


def test_the_cover_offers_yes_and_no() -> None:
    book = opened(blank())
    cell = next(row[1].coordinate for row in book["Cover"] if row[2].value == "signed_off")
    validations = book["Cover"].data_validations.dataValidation

    offered = next(found.formula1 for found in validations if cell in found.sqref)

    _, cells = next(iter(book.defined_names[str(offered)].destinations))
    assert [row[0].value for row in book["Lists"][cells]] == ["Yes", "No"]
