"""A form begins with what the entity said and planned before."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from workbooks import run

from wps_xl.analysis.indicators import results
from wps_xl.codebook import Codebook, from_tables, load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.prefilling import prefill
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.forms.definitions import forms
from wps_xl.model import Value
from wps_xl.sheets.forms.writer import Request, write_form

CYCLE = next(iter(load()["cycles"]))


def filled_plan(path: Path) -> Path:
    """A plan return with one initiative and one result."""
    codebook = load()
    initiative = {
        "initiative_id": "I-1",
        "title": "Women in missions",
        "narrative": "More of them.",
        "thematic_area": "PART",
        "strategy": "CAP",
        "role": "lead",
        "level": "global",
        "start": pd.Timestamp(2008, 1, 1),
        "end": pd.Timestamp(2009, 12, 31),
    }
    result = {
        "result_id": "R-1",
        "initiative_id": "I-1",
        "expected_accomplishment": "More women",
        "contribution": "Participation",
        "indicator": "Share of women",
        "unit": "per cent",
        "indicator_type": "quantitative",
        "baseline": 10,
        "target": 20,
        "baseline_date": pd.Timestamp(2008, 1, 1),
    }
    cover = {"focal_point": "A person", "email": "a@example.org", "head": "Head"}
    request = Request(
        form=forms(codebook)["plan"],
        entity="UNDP",
        cycle=codebook.cycle(CYCLE),
        codebook=codebook,
        cover={**cover, "completed": pd.Timestamp(2007, 6, 1), "signed_off": "No"},
        rows={"Initiatives": [initiative], "Results": [result]},
    )
    write_form(request, path)
    return path


@pytest.fixture(scope="module")
def two_cycles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook of a cycle that holds a plan, and in new/ that of the next."""
    folder = tmp_path_factory.mktemp("cycles")
    run("new", folder / "last.xlsx", "--cycle", CYCLE)
    run("consolidate", filled_plan(folder / "plan.xlsx"), "--workbook", folder / "last.xlsx")
    next_cycle(folder / "last.xlsx")
    return folder


@pytest.fixture
def last(two_cycles: Path, tmp_path: Path) -> Path:
    """The workbook of the last cycle, in a copy of that folder."""
    return Path(shutil.copytree(two_cycles, tmp_path / "cycles")) / "last.xlsx"


def test_results_of_the_plan_in_force_stand_in_the_next_progress_form(last: Path) -> None:
    target = last.parent / "forms"

    words: list[str | Path] = ["--cycle", CYCLE, "--form", "progress", "--entity", "UNDP"]
    made = run("forms", target, *words, "--from", last)

    assert made.exit_code == 0, made.output
    book = load_workbook(next(target.iterdir()))
    assert [cell.value for cell in book["Updates"][5]][:3] == ["R-1", "I-1", "Share of women"]
    cover = {row[2].value: row[1].value for row in book["Cover"].iter_rows(max_col=3)}
    assert cover["focal_point"] == "A person"


def next_cycle(last: Path) -> Path:
    """The workbook of the cycle after ``last``, in the folder below it."""
    workbook = last.parent / "new" / "review.xlsx"
    workbook.parent.mkdir()
    periods = ("--review", "2010-01-01:2011-12-31", "--plan", "2012-01-01:2013-12-31")
    words = ("--cycle", "NEXT", "--name", "The next review", *periods)
    made = run("new", workbook, *words, "--from", last)
    assert made.exit_code == 0, made.output
    return workbook


def test_the_last_cycles_workbook_is_known_to_the_next_one(last: Path, tmp_path: Path) -> None:
    workbook = last.parent / "new" / "review.xlsx"

    only = ("--form", "progress", "--entity", "UNDP")
    made = run("forms", tmp_path / "forms", "--workbook", workbook, *only)

    assert made.exit_code == 0, made.output
    book = load_workbook(next((tmp_path / "forms").iterdir()))
    assert [cell.value for cell in book["Updates"][5]][:3] == ["R-1", "I-1", "Share of women"]


def test_a_plan_stays_known_when_its_workbook_is_two_cycles_back(last: Path) -> None:
    """Its results are asked about, and rated by its own theme and dates."""
    second = FilesHost().read(last.parent / "new" / "review.xlsx")
    second = replace(second, codebook=with_next(second.codebook))
    third = new_review(second.codebook, "AFTER", second)
    update: dict[str, Value] = {
        "Entity": "UNDP", "Result No.": "R-1", "Initiative No.": "I-1", "Baseline": 10,
        "Target": 20, "Latest value": 15, "Date of the latest value": dt.datetime(2009, 1, 1),
    }  # fmt: skip
    rated = with_rows(third, "Updates", [update])

    (result,) = results(rated)
    asked = prefill(third, None, "UNDP")

    assert (result.theme, result.progress, result.light) == ("PART", 0.5, "on track")
    assert result.elapsed == pytest.approx(0.5, abs=0.01)
    assert [row["result_id"] for row in asked.results] == ["R-1"]
    assert asked.initiatives == {"I-1": "Women in missions"}


def with_next(codebook: Codebook) -> Codebook:
    """The code lists with a cycle after the second one."""
    row = {**codebook.tables["cycles"][-1], "cycle": "AFTER"}
    return from_tables({**codebook.tables, "cycles": [*codebook.tables["cycles"], row]})


def test_a_last_workbook_that_is_gone_is_named_and_the_forms_are_made(
    last: Path, tmp_path: Path
) -> None:
    own = Path(shutil.copy(last, tmp_path / "own.xlsx"))
    workbook = next_cycle(own)
    own.unlink()

    only = ("--form", "progress", "--entity", "UNDP")
    made = run("forms", tmp_path / "forms", "--workbook", workbook, *only)

    assert made.exit_code == 0, made.output
    assert f"The workbook of the last cycle, {own}, was not found" in " ".join(made.output.split())
    assert len(list((tmp_path / "forms").iterdir())) == 1
