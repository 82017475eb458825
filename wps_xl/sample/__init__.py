"""The demonstration: published returns as rows, filled into forms by the form writer."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.codebook import Codebook, CodeList
from wps_xl.forms.definitions import Column, FormSheet, forms
from wps_xl.model import Value
from wps_xl.sheets.forms.writer import Request

Values = Mapping[str, str]


@dataclass(frozen=True)
class Sample:
    """The cycle of the demonstration, its returns, and what the office decided about them."""

    cycle: str
    requests: Sequence[Request]
    decisions: Sequence[dict[str, Value]]
    recommendations: Sequence[dict[str, Value]]


def load_sample(codebook: Codebook, folder: Path | None = None) -> Sample:
    """Read ``workbook/sample``: a filled form for each entity that has rows."""
    folder = folder or assets.path("workbook/sample")
    about = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    cycle = codebook.cycle(about["cycle"])
    completed = dt.datetime.combine(cycle.review[1], dt.time())
    form = forms(codebook)[about["form"]]
    rows = {sheet.name: _by_entity(folder, sheet.name) for sheet in form.sheets.values()}
    requests = [
        Request(
            form=form,
            entity=entity,
            cycle=cycle,
            codebook=codebook,
            cover=_cover(about["cover"], entity, completed),
            rows={
                sheet.name: [
                    _typed(row, sheet, codebook) for row in rows[sheet.name].get(entity, ())
                ]
                for sheet in form.sheets.values()
            },
            written=completed + dt.timedelta(hours=12),
        )
        for entity in codebook.invited(cycle.code)
    ]
    return Sample(cycle.code, requests, _decisions(folder, completed), _recommendations(folder))


def _by_entity(folder: Path, sheet: str) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    for row in _rows(folder / f"{sheet.lower()}.csv"):
        found.setdefault(row["entity"], []).append(row)
    return found


def _rows(file: Path) -> Iterator[Values]:
    if file.exists():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


def _cover(about: Mapping[str, str], entity: str, completed: dt.datetime) -> dict[str, object]:
    slots = {"entity": entity, "address": entity.lower()}
    texts: dict[str, object] = {code: text.format(**slots) for code, text in about.items()}
    return {**texts, "completed": completed, "signed_off_date": completed}


def _typed(row: Values, sheet: FormSheet, codebook: Codebook) -> dict[str, object]:
    """A row as a person fills it in: numbers, dates, and labels where the form shows labels."""
    return {
        code: _value(text, sheet.columns[code], codebook)
        for code, text in row.items()
        if text and code in sheet.columns
    }


def _value(text: str, column: Column, codebook: Codebook) -> object:
    if column.type == "number":
        return float(text) if "." in text else int(text)
    if column.type == "date":
        return dt.datetime.fromisoformat(text)
    if column.list_name and not column.many:
        return _label(codebook[column.list_name], text)
    return text


def _label(codes: CodeList, code: str) -> str:
    return codes.label(code) if codes.name != "questions" else code


def _decisions(folder: Path, day: dt.datetime) -> list[dict[str, Value]]:
    return [
        {
            "Sheet": row["sheet"],
            "Entity": row["entity"],
            "Form": row["form"],
            "Row id": row["row"],
            "Column": row["column"],
            "Decision": row["decision"],
            "Reason": row["reason"],
            "Date": day,
        }
        for row in _rows(folder / "decisions.csv")
    ]


def _recommendations(folder: Path) -> list[dict[str, Value]]:
    headings: dict[str, Any] = {
        "addressee": "Addressee",
        "text": "Recommendation",
        "evidence": "Evidence",
        "status": "Status",
    }
    return [
        {headings[key]: value for key, value in row.items() if key in headings}
        for row in _rows(folder / "recommendations.csv")
    ]
