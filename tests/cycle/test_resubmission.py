"""Which of several returns counts, over several runs."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

from cycle.desk import Desk
from openpyxl import load_workbook
from rows import rows_in
from workbooks import change_return, run, table

from wps_xl.office.excel import packing


def saved_at(path: Path, moment: dt.datetime, text: str) -> Path:
    """The return with another text in its first activity, saved at that moment."""

    book = load_workbook(path)
    book["Progress"]["D5"].value = text
    packing.save(book, path, moment)
    return path


def first_text(workbook: Path, entity: str) -> str:
    rows = table(workbook, "Progress")
    return str(rows[rows["Entity"] == entity]["What was done"].iloc[0])


def test_an_older_file_that_comes_later_and_two_of_one_moment_leave_the_rows_that_were_gathered(
    copy_of_few: Path,
) -> None:
    workbook, returns = copy_of_few / "review.xlsx", copy_of_few / "returns"
    file = returns / "REV-2007_progress_UNDP.xlsx"
    late = copy_of_few / "late"
    late.mkdir()
    older = Path(shutil.copy(file, late / "older.xlsx"))
    saved_at(file, dt.datetime(2007, 7, 9), "What the newer return says of it.")
    saved_at(older, dt.datetime(2007, 7, 5), "What the older return says of it.")
    for name in ("one.xlsx", "two.xlsx"):
        copy = Path(shutil.copy(returns / "REV-2007_progress_ESCAP.xlsx", late / name))
        saved_at(copy, dt.datetime(2007, 7, 9), f"What the file {name} says of it.")
    before = first_text(workbook, "ESCAP")

    newer = run("consolidate", file, "--workbook", workbook)
    result = run("consolidate", late, "--workbook", workbook, "--json", "-")

    assert (newer.exit_code, result.exit_code) == (0, 1), newer.output + result.output
    assert first_text(workbook, "UNDP") == "What the newer return says of it."
    assert first_text(workbook, "ESCAP") == before
    held = json.loads(result.stdout)["rows"]["held_back"]
    assert {row["reason"] for row in held if row["book"] == "older.xlsx"} == {"superseded"}
    assert {row["book"] for row in held if row["reason"] != "superseded"} == {
        *("one.xlsx", "two.xlsx"),
    }


def test_errors_of_a_superseded_return_are_gone_and_only_the_other_is_named(
    copy_of_few: Path,
) -> None:
    file = copy_of_few / "returns" / "REV-2007_progress_UNDP.xlsx"
    shutil.copy(file, file.with_name("corrected.xlsx"))
    later = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(hours=12)
    saved_at(file.with_name("corrected.xlsx"), later, "What is right in it.")
    change_return(file, "Progress", "A-1", "role", "chief")

    result = run("validate", copy_of_few / "returns", "--json", "-")

    said = [i for i in json.loads(result.stdout)["issues"] if i["book"] == file.name]
    assert [issue["code"] for issue in said] == ["superseded"]
    assert result.exit_code == 0


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("a/x", "b/x"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "t.xlsx").write_text("no workbook", encoding="utf-8")

    result = run("validate", tmp_path, "--json", "-")

    assert '"book": "a/x/t.xlsx"' in result.stdout
    assert '"book": "b/x/t.xlsx"' in result.stdout


def test_the_office_says_which_of_two_returns_counts(desk: Desk) -> None:
    first = desk.file("UNDP")
    second = first.with_name(f"copy_{first.name}")
    second.write_bytes(first.read_bytes())
    _retitle(second)
    before = desk.held()
    rows = rows_in(desk.review, "Issues")
    line = next(row for row in rows if "same moment" in str(row["Message"]))
    desk.answer("UNDP", str(line["Cell"]), "accept as is")

    result = desk.consolidate()

    assert len(before) > 3
    reasons = {row.reason for row in result.gathered.held_back}
    assert reasons == {"superseded"}
    assert desk.value("Progress", "UNDP", "A-1", "Area of action") is not None


def _retitle(file: Path) -> None:
    """Change a text of the return without touching when it was saved."""
    book = load_workbook(file)
    sheet = book["Progress"]
    saved = book.properties.modified
    sheet["D5"].value = f"{sheet['D5'].value} In another wording."
    book.save(file)
    _set_modified(file, saved)
    _set_modified(file.with_name(file.name.removeprefix("copy_")), saved)


def _set_modified(file: Path, moment: object) -> None:
    with ZipFile(file) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    core = parts["docProps/core.xml"]
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts["docProps/core.xml"] = re.sub(rb"(modified[^>]*>)[^<]+", rb"\g<1>" + stamp, core)
    with ZipFile(file, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
