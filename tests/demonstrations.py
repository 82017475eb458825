"""The demonstration as tests use it: whole, or of a few entities where that proves the same.

Each is made once for all processes of a run; tests copy what they change.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from rows import rows_in

from wps_xl.codebook import Codebook, from_tables, load
from wps_xl.desk.commands import BY_NAME
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.forms.definitions import forms
from wps_xl.sample import load_sample
from wps_xl.sample.plan import load_plan
from wps_xl.sheets.forms.writer import file_name, write_form

ENTITIES = ("DESA", "ESCAP", "UNDP", "WFP")
PLANNING = ("DPKO", "UNDP", "UNIFEM")
COUNTRIES = ("LBR", "HTI", "SDN")
FIRST = 4
MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7)
COVER = {
    "focal_point": "Mr. Tom Okello",
    "email": "okello@example.org",
    "head": "Ms. Ana Silva",
    "completed": dt.date(2007, 5, 1),
    "signed_off": "Yes",
    "signed_off_date": dt.date(2007, 5, 1),
}


def short_lists(countries: Collection[str] = COUNTRIES) -> Codebook:
    """The code lists cut to one thematic area and a few countries, for workbooks that cost half."""
    known = load()
    tables = {name: list(rows) for name, rows in known.tables.items()}
    for name, few in (("thematic_areas", 1), ("areas_of_action", 3), ("common_indicators", 3)):
        tables[name] = tables[name][:few]
    tables["documents"] = tables["documents"][:2]
    tables["countries"] = [row for row in tables["countries"] if row["code"] in countries]
    areas = {row["code"] for row in tables["areas_of_action"]}
    themes = {row["code"] for row in tables["thematic_areas"]}
    for name in ("questions", "objectives", "crosswalk"):
        tables[name] = [row for row in tables[name] if row["area"] in areas]
    tables["crosswalk"] = [row for row in tables["crosswalk"] if row["theme"] in themes]
    return from_tables(tables, known.places)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name``, filled by whichever process of the run comes first."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def whole(folder: Path) -> None:
    """returns/, review.xlsx and council_report.docx as ``wps-xl demo`` makes them."""
    BY_NAME["demo"].run({"folder": folder}, lambda done, total, name: None)


def desk_lists() -> Codebook:
    """Short lists with the countries that the first rows of two entities name."""
    return short_lists(("CAF", "COD", "GUY", "HTI", "LBR", "SDN", "SSD"))


def first_rows(folder: Path) -> None:
    """The returns of two entities of the demonstration in forms with short lists, each with a few
    rows of each sheet."""
    codebook = desk_lists()
    sample = load_sample(load())
    form = forms(codebook)["progress"]
    cycle = codebook.cycle(sample.cycle)
    for request in sample.requests:
        if request.entity in ("UNDP", "UNICEF"):
            rows = {sheet: list(rows)[:FIRST] for sheet, rows in request.rows.items()}
            areas = {entry.label for entry in codebook["areas_of_action"].entries.values()}
            rows["Progress"] = [row for row in rows["Progress"] if row["area"] in areas]
            asked = codebook["questions"]
            rows["Checklist"] = [r for r in request.rows["Checklist"] if r["question"] in asked]
            short = replace(request, form=form, codebook=codebook, cycle=cycle, rows=rows)
            write_form(short, folder / file_name(short))


def of_a_few(folder: Path) -> None:
    """The same files for the returns of a few entities, and what the office chose of them."""
    returns, workbook = folder / "returns", folder / "review.xlsx"
    returns.mkdir()
    codebook = load()
    sample = load_sample(codebook)
    for request in sample.requests:
        if request.entity in ENTITIES:
            write_form(request, returns / file_name(request))
    review = new_review(codebook, sample.cycle)
    invited = [row for row in rows_in(review, "Register") if row["Entity"] in ENTITIES]
    review = with_rows(review, "Register", invited)
    chosen = [row for row in sample.decisions if row["Entity"] in ENTITIES]
    review = with_rows(review, "Decisions", chosen)
    review = replace(review, settings={**review.settings, "returns_folder": "returns"})
    FilesHost(backups=False).write(review, workbook, MOMENT)
    options = {"workbook": workbook, "paths": [returns], "out": folder / "council_report.docx"}
    for verb in ("consolidate", "report"):
        BY_NAME[verb].run(options, lambda done, total, name: None)
    shutil.rmtree(folder / "backups")


def with_plans(folder: Path) -> None:
    """returns/ and review.xlsx of a few entities that sent action plans and said later how far
    they are; the workbook bears the mark of illustrative data."""
    returns, workbook = folder / "returns", folder / "review.xlsx"
    returns.mkdir()
    codebook = load()
    sample = load_sample(codebook)
    plan = load_plan(codebook, sample)
    # The later progress return of an entity takes the place of the first.
    for request in (*sample.requests, *plan.plans, *plan.updates):
        if request.entity in PLANNING:
            write_form(request, returns / file_name(request))
    review = new_review(codebook, sample.cycle)
    review = replace(review, settings={**review.settings, "mark": plan.mark})
    FilesHost(backups=False).write(review, workbook, MOMENT)
    options = {"workbook": workbook, "paths": [returns]}
    BY_NAME["consolidate"].run(options, lambda done, total, name: None)
    shutil.rmtree(folder / "backups")
