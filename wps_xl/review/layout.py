"""The review workbook's layout as read from ``workbook/review.toml``: sheets and their columns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from wps_xl import assets
from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.records.record import code_of
from wps_xl.review.tabs import THEMES, sheet_name

ENTITY = "Entity"
BOOK, SHEET, ROW = "Book", "Sheet", "Row"
OUR_WORDING, OUR_THEME, SAME_AS = "Our wording", "Our theme", "Same activity as"


@dataclass(frozen=True)
class Field:
    """One column of a table of the review workbook. ``type`` is text, number, date or moment;
    ``since`` is the version that added it, so that older workbooks may lack it; ``about`` is the
    column of the form that the office's words are about, blank where it is the whole row.
    ``strange`` says of what stands there, and is none of the list, or stands where ``beside`` is
    blank, how it is taken and what to do.
    """

    heading: str
    width: float
    type: str = "text"
    list: str = ""
    office: bool = False
    code: str = ""
    since: str = ""
    about: str = ""
    beside: str = ""
    strange: str = ""
    several: bool = False

    @property
    def column(self) -> str:
        """What the column is called in records: its code in the forms, else one of its heading."""
        return self.code or code_of(self.heading)

    @property
    def holds(self) -> str:
        """What records read its cells as."""
        return "several" if self.several else self.type


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its kind, and the columns of its table or the lines of its settings.

    ``title`` of the sheet of a thematic area is its label, of which the name may be a part only.
    """

    name: str
    kind: str
    title: str = ""
    fields: tuple[Field, ...] = ()
    lines: tuple[Mapping[str, Any], ...] = ()
    header_row: int = 1

    @property
    def headings(self) -> list[str]:
        """The headings of the table in order."""
        return [field.heading for field in self.fields]


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(assets.path("workbook/review.toml").read_text(encoding="utf-8"))


def colours() -> Mapping[str, str]:
    """Colours of tabs and headings by what they stand for."""
    return dict(_file()["colours"])


def limits() -> Mapping[str, int]:
    """How many words a draft and how many lines a list may have, where nobody says otherwise."""
    return dict(_file()["limits"])


def about(plan: SheetPlan) -> str:
    """What a sheet is for, as sheet Start says it."""
    return str(_file()["about"].get(plan.name) or _file()["about_kinds"].get(plan.kind, ""))


def office_fields(sheet: str) -> tuple[Field, ...]:
    """The columns of a data sheet that belong to the office."""
    office = _file()["office"]
    entries = [*office["columns"], *office["only"].get(sheet, ())]
    return tuple(Field(office=True, **entry) for entry in entries)


@lru_cache(maxsize=8)
def plans(codebook: Codebook) -> Sequence[SheetPlan]:
    """The sheets of the review workbook in order."""
    found: list[SheetPlan] = []
    for entry in _file()["sheet"]:
        kind = entry["kind"]
        if kind == "data":
            found += [data_plan(sheet) for sheet in data_sheets(codebook)]
        elif kind == "themes":
            labels = [codebook[THEMES].label(code) for code in codebook[THEMES]]
            found += [SheetPlan(sheet_name(label), "theme", label) for label in labels]
        else:
            found.append(_plan(entry))
    return tuple(found)


RETIRED = (
    "This sheet is not filled any more: no thematic area of sheet Lists is called so now. What you "
    "had typed here is on sheet Notes. Delete the sheet when you no longer need it."
)


def retired_plan(name: str) -> SheetPlan:
    """A sheet that was written for a thematic area that is called otherwise now, or is gone."""
    return SheetPlan(name, "retired")


def _plan(entry: Mapping[str, Any]) -> SheetPlan:
    return SheetPlan(
        name=entry["name"],
        kind=entry["kind"],
        title=entry.get("title", ""),
        fields=tuple(Field(**column) for column in entry.get("columns", ())),
        lines=tuple(entry.get("lines", ())),
        header_row=entry.get("header_row", 1),
    )


def data_plan(sheet: FormSheet) -> SheetPlan:
    """The data sheet that gathers one sheet of the forms: Entity, its headings, origin, office."""
    types = {"number": "number", "date": "date"}
    columns = [
        Field(
            column.heading,
            min(column.width, 60),
            types.get(column.type, "text"),
            code=column.code,
            several=column.many,
        )
        for column in sheet.columns.values()
    ]
    origin = [Field(**entry) for entry in _file()["origin"]["columns"]]
    return SheetPlan(
        name=sheet.name,
        kind="data",
        # What rows are divided by is a matter of the cycle.
        title=sheet.title.partition(", by {")[0],
        fields=(Field(ENTITY, 14), *columns, *origin, *office_fields(sheet.name)),
    )
