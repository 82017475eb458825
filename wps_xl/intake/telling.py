"""From what was found in a return to its issues, each at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wps_xl.forms.definitions import COVER, Form, FormSheet
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cells import Finding
from wps_xl.intake.fronts import Front, plain_name
from wps_xl.intake.linking import FORM, linked
from wps_xl.intake.misfit import Misfit
from wps_xl.model import Book, Issue, Table

if TYPE_CHECKING:
    from wps_xl.intake.returns import Return

TWO_COVERS = "two-covers"


def on_arrival(book: Book, item: Return, front: Front | None) -> Iterator[Issue]:
    """What is to be said of how a return came: in another file, under other names of sheets."""
    where = Place(book.name, item.entity, item.form)
    if book.came_in:
        yield issue("came-otherwise", where, found=book.came_in)
    if front is not None and front.is_called_otherwise and not front.rivals:
        read = {front.grid.name: COVER} | {
            table.sheet: name
            for name, table in item.tables.items()
            if plain_name(table.sheet) != plain_name(name) and name not in item.whole_sheet_faults
        }
        said = ", ".join(f"“{name}” as {meant}" for name, meant in read.items())
        place = replace(where, sheet=front.grid.name, cell="A1", row=1)
        yield issue("renamed-cover", place, found=front.grid.name, other=said)


def two_covers(book: Book, front: Front) -> Issue:
    """An issue for sheets that all look like the Cover and say different things."""
    names = (front.grid.name, *front.rivals)
    where = Place(book.name, sheet=front.grid.name)
    return issue(TWO_COVERS, where, found=", ".join(names))


def cell_issues(
    shell: Return, sheet: FormSheet, findings: Mapping[tuple[int, str], Finding]
) -> Iterator[Issue]:
    """The issues of cells, in reading order."""
    for row, column in sorted(findings):
        finding = findings[row, column]
        for one in (finding, *finding.others):
            yield said(one, shell.place(sheet, row, column))


def said(finding: Finding, where: Place) -> Issue:
    """The issue that a finding is at its place."""
    about = replace(where, part=finding.part)
    return issue(finding.code, about, suggestion=finding.suggestion, also=(), **finding.slots)


def misfit_issues(shell: Return, sheet: FormSheet, misfits: Sequence[Misfit]) -> Iterator[Issue]:
    """The issues of what is wrong with rows, columns and the sheet itself."""
    table = shell.tables[sheet.name]
    for misfit in misfits:
        column = sheet.columns.get(misfit.column)
        heading = column.heading if column else ""
        at = shell.place(sheet, misfit.row, misfit.column)
        where = replace(at, cell=misfit.cell, heading=heading)
        yield issue(
            misfit.code,
            where,
            found=misfit.found,
            suggestion=misfit.suggestion,
            cells=misfit.cells,
            holds=misfit.holds,
            other=misfit.other,
            expected=where.heading,
            also=tuple(f"{table.sheet}!{cell}" for cell in misfit.also),
        )


def link_issues(shell: Return, form: Form, tables: dict[str, Table]) -> Iterator[Issue]:
    """The notes about numbers that lead to a row but are not written as the form asks for them;
    the references in ``tables`` are led to their rows."""
    for name, row, code, (found, meant_by, other) in linked(form, tables):
        where = shell.place(form.sheets[name], row, code)
        yield issue(FORM, where, found=found, suggestion=meant_by, other=other)
