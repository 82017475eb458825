"""What is asked of the form writer: for whom, in which cycle, and what stands in the form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandera.pandas as pa

from wps_xl.codebook import Codebook, Cycle, places
from wps_xl.errors import InputError
from wps_xl.forms.definitions import Form, FormSheet
from wps_xl.forms.schemas import schema
from wps_xl.office.excel.text import safe_file_name
from wps_xl.rules.conditions import Values, is_blank

# The list whose codes number the prepared rows of a sheet, by what the office prepares.
_AREAS = {"areas": "areas_of_action", "themes": "thematic_areas"}


@dataclass(frozen=True)
class Prefill:
    """What earlier cycles tell a form.

    ``results`` are rows of the results of the plan in force, by column code. ``initiatives`` are
    its initiatives, number to title. ``last`` are rows of the last return by sheet, shown as notes
    beside the cells to fill, as said in ``last_cycle``, the name of its cycle.
    """

    results: Sequence[Values] = ()
    initiatives: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    last_cycle: str = ""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Request:
    """One form for one entity in one cycle.

    ``cover`` are values of lines of the Cover by code; those that name form, cycle and entity are
    not among them. ``rows`` are filled rows by sheet and column code; where the office prepares
    rows they fill the prepared row with their number. Codes are written as given. ``contact``
    says whom to ask; ``written`` is the date inside the file.
    """

    form: Form
    entity: str
    cycle: Cycle
    codebook: Codebook
    cover: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    prefill: Prefill = field(default_factory=Prefill)
    contact: str = ""
    written: dt.datetime = field(default_factory=_now)

    @property
    def entity_name(self) -> str:
        """The entity as the list of entities names it."""
        return self.codebook["entities"].label(self.entity)

    @cached_property
    def schemas(self) -> Mapping[str, pa.DataFrameSchema]:
        """What users read of each column, by sheet: the Cover and the data sheets."""
        sheets = (self.form.cover, *self.form.sheets.values())
        return {sheet.name: schema(sheet, self.codebook, self.cycle) for sheet in sheets}

    @property
    def due(self) -> dt.date | None:
        """The day on which the form is due, where the cycle says so."""
        return (self.cycle.due or {}).get(self.form.code)


def file_name(request: Request) -> str:
    """``<cycle>_<form>_<entity>.xlsx``, without what some file system forbids."""
    return safe_file_name(f"{request.cycle.code}_{request.form.code}_{request.entity}.xlsx")


def check(request: Request) -> None:
    """Refuse values for sheets, columns and lines that the form does not have."""
    sheets = {**request.form.sheets, request.form.cover.name: request.form.cover}
    filled = {**request.rows, request.form.cover.name: [request.cover]}
    for name, rows in filled.items():
        if name not in sheets:
            raise InputError(f"The form {request.form.code} has no sheet {name}.")
        unknown = {code for row in rows for code in row} - set(sheets[name].columns)
        if unknown:
            raise InputError(f"Sheet {name} has no column {', '.join(sorted(unknown))}.")


def sheet_rows(request: Request, sheet: FormSheet) -> list[dict[str, object]]:
    """The rows that stand in a sheet: the prepared ones, filled where given, then further ones."""
    rows = [dict(row) for row in prepared_rows(request, sheet)]
    key = prepared_key(request, sheet)
    places = {row_number(request, sheet, row): at for at, row in enumerate(rows)}
    for row in request.rows.get(sheet.name, ()):
        given = {code: value for code, value in row.items() if not is_blank(value)}
        at = places.get(row_number(request, sheet, given)) if key else None
        if at is None:
            rows.append(given)
        else:
            # The number stays as it was prepared.
            rows[at] |= {code: value for code, value in given.items() if code != key}
    return rows


def prepared_key(request: Request, sheet: FormSheet) -> str:
    """The column by which the rows prepared in a sheet are told apart, or blank."""
    if sheet.prefilled == "areas":
        wanted = _AREAS[request.cycle.classification]
        return next(c.code for c in sheet.columns.values() if c.choices == wanted)
    return sheet.key if sheet.prefilled else ""


def prepared_rows(request: Request, sheet: FormSheet) -> list[Values]:
    """The rows that the office prepares, by column code."""
    if sheet.prefilled == "areas":
        key = prepared_key(request, sheet)
        codes = request.codebook[sheet.columns[key].choices]
        return [{key: codes.label(code)} for code in codes]
    if sheet.prefilled == "questions":
        return [_question(request, sheet, code) for code in request.codebook["questions"]]
    return list(request.prefill.results) if sheet.prefilled == "results" else []


def _question(request: Request, sheet: FormSheet, code: str) -> Values:
    """A question with the area it is asked about, as several areas ask it in the same words."""
    entry = request.codebook["questions"][code]
    area = places.title_of(request.codebook, entry["area"])
    prepared = [column.code for column in sheet.columns.values() if column.prefilled]
    texts = [code for code in prepared if code != sheet.key]
    return {
        sheet.key: code,
        **dict.fromkeys(texts, f"{area}: {entry.label}" if area else entry.label),
    }


def row_number(request: Request, sheet: FormSheet, row: Values) -> str:
    """What tells a row of a prepared sheet from the others, as code and in lower case."""
    key = prepared_key(request, sheet)
    text = str(row.get(key, "")).strip()
    codes = sheet.columns[key].list_name if key else ""
    code = request.codebook[codes].find(text) if codes else None
    return (code or text).casefold()


def last_texts(request: Request, sheet: FormSheet) -> Mapping[tuple[str, str], str]:
    """What the last return said in a prepared row, by number of the row and column."""
    key = prepared_key(request, sheet)
    texts = {}
    for row in request.prefill.last.get(sheet.name, ()) if key else ():
        number = row_number(request, sheet, row)
        for code, value in row.items():
            column = sheet.columns.get(code)
            if column and not column.prefilled and not is_blank(value):
                texts[number, code] = _shown(request, column.list_name, value)
    return texts


def _shown(request: Request, list_name: str, value: object) -> str:
    if not list_name:
        return str(value.date() if isinstance(value, dt.datetime) else value)
    codes = request.codebook[list_name]
    return "; ".join(codes.label(part.strip()) for part in str(value).split(";"))
