"""What entities really send is told at its cell, whatever program wrote the return."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from faults.meant import DATES, FILLED_IN, LOGIC, TWICE, Meant
from faults.meant_words import LETTERS, NOTHING
from faults.page import FIRST, HEADING, Page
from faults.run import check
from faults.suites import SUITES, Suite, rewritten
from faults.valid import FORMS, INVITED, plan_rows, practice_rows, progress_rows, request
from openpyxl import Workbook, load_workbook

from wps_xl.intake.side_by_side import Background, Values
from wps_xl.sheets.forms.writer import Prefill, form_bytes

ALL = (*FILLED_IN, *TWICE, *NOTHING, *LETTERS, *DATES, *LOGIC)
ENTITY = INVITED[0]
ROWS = {"progress": progress_rows, "plan": plan_rows, "practices": practice_rows}
FORM_OF = {name: code for code, form in FORMS.items() for name in form.sheets}
FORM_OF["Cover"] = "practices"
ISSUED: Values = {"initiative_id": "I-1", "indicator": "women among mediators", "unit": "persons"}
RESULTS: list[Values] = [
    {"result_id": f"R-{at}", **ISSUED, "baseline": 10, "target": 50} for at in range(1, 41)
]
PLAN = Background(plans={ENTITY: [{str(one["result_id"]): one for one in RESULTS}]})
# What follows from a fault, beside the fault itself.
FOLLOWS = {"dates-order", "outside-period", "date-as-text", "before-first-date", "own-sheet"}
FOLLOWS |= {"renamed-cover", "completed-early", "initiative-without-result"}
Place = tuple[str, str | None]


def path_of(form: str) -> str:
    return f"{form}.xlsx"


def blank_form(form: str, count: int) -> Workbook:
    """The clean return of a form with so many rows."""
    rows = {name: [dict(row) for row in sheet] for name, sheet in ROWS[form](count).items()}
    results = RESULTS if form == "progress" else []
    if form == "progress":
        for figure in rows["Measures"]:
            figure["activity_id"] = "A-1"
        rows["Updates"] = [{"result_id": one["result_id"], "rating": "On track"} for one in RESULTS]
    asked = replace(request(form, ENTITY, rows), prefill=Prefill(results=results))
    return load_workbook(io.BytesIO(form_bytes(asked)))


class Played:
    """A return with an instance a row, and what must be told where."""

    def __init__(self, form: str, instances: Sequence[Meant]) -> None:
        self.told: dict[Place, str] = {}
        self.of: dict[Place, Meant] = {}
        sheets = Counter(one.sheet for one in instances if one.sheet in ROWS[form](1))
        self.book = blank_form(form, max(sheets.values()) + 3)
        self.rows = dict.fromkeys(self.book.sheetnames, FIRST + 1)
        self.ends = {
            name: 1 + max(row for row in range(1, 400) if self.book[name].cell(row, 1).value)
            for name in {one.sheet for one in instances}
        }
        for one in instances:
            self.put(one)

    def put(self, one: Meant) -> None:
        page = Page.of(self.book, one.sheet)
        if one.sheet == "Cover":
            row = page.line(one.column)
            page.sheet.cell(row, 2).value = one.value  # type: ignore[assignment]
            self.expect(one, f"B{row}", one.code)
            return
        if one.heading:
            page.put(HEADING, one.column, one.value)
            self.expect(one, page.at(HEADING, one.column), one.code)
            return
        row = self.again(page) if one.again else self.row(page)
        number = str(self.rows[one.sheet] - FIRST)
        said = str(page.get(row, one.column))
        for column, value in {one.column: one.value, **one.beside}.items():
            text = (
                value.replace("{b}", number).replace("{said}", said)
                if isinstance(value, str)
                else value
            )
            page.put(row, column, text)
        self.expect(one, page.at(row, one.column), one.code)
        for column, code in one.further.items():
            self.expect(one, page.at(row, column), code)

    def row(self, page: Page) -> int:
        """The next row of a sheet; questions that open an area are held against its rows."""
        name = page.sheet.title
        row = self.rows[name]
        while name == "Checklist" and str(page.get(row, "question")).endswith("0"):
            row += 1
        self.rows[name] = row + 1
        return row

    def again(self, page: Page) -> int:
        """A row below all others that says what the next one says."""
        name = page.sheet.title
        row, last = self.row(page), self.ends[name]
        self.ends[name] += 1
        for at in range(1, page.sheet.max_column + 1):
            page.sheet.cell(last, at).value = page.sheet.cell(row, at).value
        letter = str(page.sheet.cell(row, 1).value)[0]
        page.sheet.cell(last, 1).value = f"{letter}-{900 + last}"
        return last

    def expect(self, one: Meant, cell: str, code: str) -> None:
        self.told[one.sheet, cell], self.of[one.sheet, cell] = code, one


@pytest.fixture(scope="module")
def played() -> Mapping[str, Played]:
    """The returns of one entity by form."""
    return {form: Played(form, [one for one in ALL if FORM_OF[one.sheet] == form]) for form in ROWS}


@pytest.mark.parametrize("suite", [None, *SUITES], ids=lambda one: one.name if one else "openpyxl")
def test_what_is_sent_is_told_at_its_cell_and_nothing_else(
    suite: Suite | None, played: Mapping[str, Played], tmp_path: Path
) -> None:
    wrong = {}
    for form, one in played.items():
        path = tmp_path / path_of(form)
        if suite is None:
            one.book.save(path)
        else:
            path.write_bytes(rewritten(one.book, suite))
    issues = check(sorted(tmp_path.iterdir()), PLAN)

    for form, one in played.items():
        found: dict[Place, set[str]] = defaultdict(set)
        for issue in issues:
            place = str(issue.sheet).removesuffix(" - Table 1"), issue.cell
            is_asked = issue.code not in FOLLOWS or issue.code == one.told.get(place)
            if issue.book == path_of(form) and is_asked:
                found[place].add(issue.code)
        for place in {*found, *one.told}:
            meant = {one.told.get(place, "")} - {""}
            if found[place] != meant:
                wrong[form, *place] = (one.of.get(place), found[place])
    assert wrong == {}


def test_each_kind_is_played_three_times_or_more() -> None:
    often = Counter(one.kind for one in ALL)

    assert min(often.values()) > 2
