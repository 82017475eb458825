"""Rules: one module a kind, each with its specimen; Excel and pandera say the same of any row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import pytest
from faults.rows import ROWS
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from rules.specimens import (
    CODEBOOK,
    CYCLE,
    FIRST,
    LAST,
    OPEN,
    OTHER,
    OTHER_ROWS,
    SHEET,
    SPECIMENS,
    Row,
    Specimen,
    day,
    frame,
    other_sheet,
)
from sheets.formula_values import Cells

from wps_xl.forms.definitions import FormSheet, data_sheets, forms
from wps_xl.forms.schemas import schema
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.checks import failures
from wps_xl.intake.cover import show
from wps_xl.rules import names
from wps_xl.rules.conditions import Rows as Typed
from wps_xl.rules.conditions import spelled
from wps_xl.rules.kind import At, Kind
from wps_xl.rules.registry import kinds, rules_on
from wps_xl.rules.rows import Rows
from wps_xl.sheets.forms.names import FIRST_ROW, lay_out

EACH = pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.rule or one.kind)
SHEETS = [*data_sheets(CODEBOOK), next(iter(forms(CODEBOOK).values())).cover]


def ruled(specimen: Specimen) -> tuple[Kind, At]:
    """The kind of the specimen's rule, and the rule at its column."""
    found = rules_on(specimen.form_sheet, CODEBOOK, CYCLE, specimen.frames(()))
    return next((kind, at) for kind, at in found if at.rule.kind == specimen.kind)


def broken(specimen: Specimen, rows: Sequence[Row]) -> set[tuple[str, int]]:
    """Code and position of each row that breaks the rule by what pandera says."""
    frames = specimen.frames(rows)
    kind, _ = ruled(specimen)
    failed = failures(frames[SHEET], schema(specimen.form_sheet, CODEBOOK, CYCLE, frames))
    return {(one.code, one.position) for one in failed if one.code in kind.raises}


def marked(specimen: Specimen, rows: Sequence[Row]) -> set[tuple[str, int]]:
    """Code and position of each row that breaks the rule by what the form says."""
    kind, at = ruled(specimen)
    typed = Typed({SHEET: rows, OTHER: OTHER_ROWS})
    return {
        (code, position)
        for code, condition in kind.formulas(at).items()
        for position, row in enumerate(rows)
        if condition.holds(row, typed)
    }


def test_each_kind_of_rule_has_one_module_and_a_specimen() -> None:
    looked_at = {name for name, kind in kinds().items() if ruled_by(kind)}

    assert {one.kind for one in SPECIMENS} == looked_at
    raised = {code for one in SPECIMENS for code in one.breaks}
    assert raised >= {code for kind in kinds().values() for code in kind.raises}


def ruled_by(kind: Kind) -> bool:
    return any(getattr(kind, name) is not getattr(Kind(), name) for name in ("checks", "formulas"))


@EACH
def test_a_specimen_breaks_its_rule_and_another_keeps_it(specimen: Specimen) -> None:
    kind, _ = ruled(specimen)
    says = broken if specimen.breaks.keys() <= kind.raises.keys() else marked

    assert says(specimen, specimen.keeps) == set()
    for code, rows in specimen.breaks.items():
        if code == "duplicate-number":
            assert says(specimen, rows) == {(code, 0), (code, 1)}
        else:
            assert [says(specimen, [row]) for row in rows] == [{(code, 0)}] * len(rows)


@EACH
def test_what_a_message_says_of_a_specimen_fills_its_text(specimen: Specimen) -> None:
    kind, at = ruled(specimen)
    for code, detailed in kind.raises.items():
        rows = specimen.breaks.get(code, ())
        typed = Rows(specimen.frames(rows)[SHEET], place, show)
        for last in range(len(rows))[-1:]:
            detail = detailed(at, typed, last)
            assert detail is not None
            slots: dict[str, str] = {"found": typed.shown(last, "x"), **detail.slots}
            told = issue(
                code, place(last, "x"), suggestion=detail.suggestion, also=(), **slots
            ).message
            assert not any(sign in told for sign in ("“”", "  ", " .", " ;", " ,", "()")), told


def place(position: int, column: str) -> Place:
    row = FIRST_ROW + position
    return Place("b.xlsx", sheet=SHEET, cell=f"{column.upper()}{row}", row=row, heading=column)


def test_each_text_of_forms_csv_is_a_rule_of_one_kind() -> None:
    texts = {rule.text for sheet in SHEETS for c in sheet.columns.values() for rule in c.rules}
    fitting = {t: [n for n, k in kinds().items() if re.fullmatch(k.pattern, t)] for t in texts}

    assert {text: found for text, found in fitting.items() if len(found) != 1} == {}


AROUND = tuple(day(at, by) for at in (FIRST, LAST, OPEN) for by in (-400, -1, 0, 1))
VALUES: Mapping[str, Sequence[object]] = {
    "number": (-1, 0, 0.5, 1, 2, 61, 99, 100, 101, FIRST.year, 1900, 2999),
    "date": AROUND,
    "text": ("A-1", "a-1", "B-2", "C-3", "B", "a@b.c", "a@b", "nine sign", "ten signs.", "x" * 700),
}


def at_random(sheet: FormSheet, count: int, seed: int) -> list[Row]:
    """Rows of values as typing leaves them; each column is blank in a third of them."""
    chance = Random(seed)

    def value(type_: str, list_name: str) -> object:
        known = tuple(CODEBOOK[list_name]) if list_name else VALUES[type_]
        return chance.choice(known) if chance.random() > 1 / 3 else None

    columns = sheet.columns.values()
    return [{c.code: value(c.type, c.list_name) for c in columns} for _ in range(count)]


# What is told when cells are read has a formula alone, arithmetic on cells a check alone.
BOTH = [one for one in SPECIMENS if kinds()[one.kind].raises and marked(one, one.breaks_all)]


def in_excel(specimen: Specimen, rows: Sequence[Row]) -> Cells:
    """The rows in a sheet of a form, and those of the sheet that they may refer to."""
    book = Workbook()
    for sheet, lines in ((specimen.form_sheet, rows), (other_sheet(), OTHER_ROWS)):
        layout, page = lay_out(sheet, len(lines)), book.create_sheet(sheet.name)
        for at, row in enumerate(lines, start=FIRST_ROW):
            for code, value in row.items():
                page[f"{layout.letters[code]}{at}"] = value
        for code in sheet.columns:
            name = names.keys(sheet.name, code)
            book.defined_names[name] = DefinedName(name, attr_text=layout.keys(code))
    return Cells(book)


@pytest.mark.parametrize("specimen", BOTH, ids=lambda one: one.rule or one.kind)
def test_excel_and_pandera_say_the_same_of_any_row(specimen: Specimen) -> None:
    kind, at = ruled(specimen)
    formulas = kind.formulas(at)
    rows = at_random(specimen.form_sheet, 40, 1325)
    layout, known = lay_out(specimen.form_sheet, len(rows)), in_excel(specimen, rows)

    found = {
        (code, position)
        for code, condition in formulas.items()
        for position in range(len(rows))
        if known.value(
            spelled(condition.formula, layout.cell, layout.data), SHEET, FIRST_ROW + position
        )
    }

    assert found == broken(specimen, rows)
    assert {code for code, _ in found} == set(formulas)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_check_of_a_form_can_never_fail(sheet: FormSheet) -> None:
    rows = at_random(sheet, 300, 7)
    types = {column.code: column.type for column in sheet.columns.values()}
    frames = {**NOTHING, sheet.name: frame(types, rows)}
    checks = schema(sheet, CODEBOOK, CYCLE, frames)

    failed = {(one.code, one.column) for one in failures(frames[sheet.name], checks)}

    assert set(all_checks(sheet)) <= failed


NOTHING = {sheet.name: frame(dict.fromkeys(sheet.columns, "text"), []) for sheet in SHEETS}


def all_checks(sheet: FormSheet) -> Iterator[tuple[str, str]]:
    for kind, at in rules_on(sheet, CODEBOOK, CYCLE, NOTHING):
        for code in kind.checks(at):
            yield code, at.code


def test_half_of_the_faults_of_rows_and_columns_are_told_by_pandera() -> None:
    by_pandera = {"required", *(code for sheet in SHEETS for code, _ in all_checks(sheet))}
    in_bench = {fault.code for fault in ROWS}

    told = in_bench & by_pandera
    print(sorted(told), sorted(in_bench - told))
    assert len(told) >= 2 / 3 * len(in_bench)
