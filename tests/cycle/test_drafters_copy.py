"""The drafter's copy, from the command line: update, never overwritten, clean edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
from click.testing import CliRunner, Result
from office.word.reading import faults
from office.word.updating import accepted, lines, rejected
from rows import rows_in
from workbooks import table

from wps_xl.cli import main
from wps_xl.codebook import load
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.model import Value

Row = dict[str, Value]
DAY = dt.datetime(2007, 10, 1)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def change(workbook: Path, sheet: str, edit: Callable[[Row], None]) -> None:
    """The office changes rows of the review workbook."""
    host = FilesHost()
    review = host.read(workbook)
    rows = rows_in(review, sheet)
    for row in rows:
        edit(row)
    host.write(with_rows(review, sheet, rows), workbook, DAY)


def new_figure(row: Row) -> None:
    if row["What is measured"] == "organization profiles in the Peacebuilding Portal":
        row["Value"] = 2500


def drafted(folder: Path) -> Path:
    """The draft after a drafter's edit, beside the workbook."""
    path = folder / "drafter.docx"
    word = docx.Document(str(folder / "council_report.docx"))
    paragraph = next(p for p in word.paragraphs if p.text.startswith("ESCAP completed"))
    paragraph.runs[0].text = paragraph.runs[0].text.replace("completed", "finished")
    word.save(str(path))
    return path


def test_an_update_follows_the_workbook_says_what_it_did_and_logs_it(copy_of_few: Path) -> None:
    drafter, workbook = drafted(copy_of_few), copy_of_few / "review.xlsx"
    change(workbook, "Measures", new_figure)
    new = copy_of_few / "new.docx"

    result = run("report", workbook, "--out", new, "--update", drafter)

    assert result.exit_code == 0, result.output
    assert "Paragraph 8 “The Department of Economic" in result.output
    assert "updated: “2,300” → “2,500”" in result.output
    assert "your text kept" in result.output
    assert lines(rejected(new)) == lines(drafter)
    assert any("2,500 profiles" in line for line in lines(accepted(new)))
    assert any("ESCAP finished a technical" in line for line in lines(new))
    assert faults(new) == []
    log = table(workbook, "Log").iloc[-1]
    assert log["Command"] == "report"
    assert "new.docx from drafter.docx" in log["Outcome"]
    assert "updated" in log["Outcome"]
    sources = table(workbook, "Sources")
    assert set(sources[sources["Printed"] == "2,500"]["Paragraph"].astype(str)) == {"8"}


def test_the_drafters_file_is_never_overwritten(copy_of_few: Path) -> None:
    # A draft that nobody edited is written again: see test_changes.
    drafter, workbook = drafted(copy_of_few), copy_of_few / "review.xlsx"
    before = drafter.read_bytes()

    onto = run("report", workbook, "--out", drafter, "--update", drafter)
    anew = run("report", workbook, "--out", drafter)

    assert onto.exit_code == anew.exit_code == 2
    assert "never overwritten" in onto.output
    assert "was edited since it was written" in anew.output
    assert "--update drafter.docx" in anew.output
    assert drafter.read_bytes() == before


def test_a_clean_edition_lists_what_is_open_is_known_by_its_words_and_not_written_over(
    copy_of_few: Path,
) -> None:
    workbook, clean = copy_of_few / "review.xlsx", copy_of_few / "clean.docx"
    host = FilesHost()
    rows: list[Row] = [{"Recommendation": "Renew the plan."}]
    host.write(with_rows(host.read(workbook), "Recommendations", rows), workbook, DAY)

    made = run("report", workbook, "--out", clean, "--clean")
    result = run("report", workbook, "--out", copy_of_few / "new.docx", "--update", clean)
    anew = run("report", workbook, "--out", clean, "--clean")

    assert made.exit_code == 0, made.output
    assert "sentences rest on something that is still open" in made.output
    assert "Open warning, WFP: Checklist C20, Answer:" in made.output
    assert len(docx.Document(str(clean)).comments) == 0
    assert not any("[Drafter" in line for line in lines(clean))
    assert faults(clean) == []
    assert result.exit_code == 0, result.output
    assert "clean.docx has lost the record" in " ".join(result.output.split())
    assert anew.exit_code == 2


def test_a_clean_edition_is_refused_while_it_lacks_what_it_prints_or_prints_an_example(
    copy_of_few: Path,
) -> None:
    workbook, clean = copy_of_few / "review.xlsx", copy_of_few / "clean.docx"
    host = FilesHost()
    review = host.read(workbook)
    rows = rows_in(review, "Progress")
    example = next(row for row in rows if "background paper" in str(row["Our wording"]))
    example["Our wording"] = f"ESCAP helped to {load()['objectives']['A1'].label}."
    settings = {**review.settings, "mandate": None}
    host.write(replace(with_rows(review, "Progress", rows), settings=settings), workbook, DAY)

    result = run("report", workbook, "--out", clean, "--clean")

    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "would print [mandate, see sheet Cycle]" in said
    assert "objectives A1" in said
    assert "sheet Lists (table objectives)" in said
    assert not clean.exists()
