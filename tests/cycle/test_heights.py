"""No line is hidden on any sheet of a made-up cycle with long names and long texts."""

from __future__ import annotations

from pathlib import Path

from cycle.test_made_up_cycle import CYCLE, edit_list, edit_register, fill, write
from openpyxl import load_workbook
from sheets.heights import low_rows
from workbooks import run

from wps_xl.codebook import load

LONG = "Prevention of conflict and protection of all civilians in emergency"
TEXT = "Trained the staff of missions in early warning, gender analysis and reporting. " * 9


def test_no_row_of_forms_review_workbook_and_copies_hides_a_line(tmp_path: Path) -> None:
    path, forms, copies = tmp_path / "review.xlsx", tmp_path / "forms", tmp_path / "corrections"
    periods = ["--review", "2030-03-01:2031-02-28", "--plan", "2031-01-01:2033-12-31"]
    assert run("new", path, "--cycle", CYCLE, "--name", LONG, *periods).exit_code == 0
    book = load_workbook(path)
    names = {"MOON": f"Office of the {LONG}", "TIDE": f"Fund for the {LONG}"}
    rows = [{"code": c, "name": n, "kind": "entity"} for c, n in names.items()]
    edit_list(book["Lists"], "entities", rows)
    strategies = [dict(row) for row in load().tables["strategies"]]
    for row in strategies:
        row["name"] = f"{row['name']} ({LONG})"
    edit_list(book["Lists"], "strategies", strategies)
    edit_register(book["Register"], list(names))
    book.save(path)

    issued = run("forms", forms, "--workbook", path, "--entity", "MOON")
    file = forms / f"{CYCLE}_progress_MOON.xlsx"
    fill(file, "Yes", 1200)
    form = load_workbook(file)
    faults: dict[str, object] = {
        "activity": TEXT,
        "countries": "Democratic Republic of the Congo; Nowhere land",
    }
    write(form["Progress"], faults, 5)
    write(form["Measures"], {"value": f"about {LONG}"}, 5)
    form.save(file)
    gathered = run("consolidate", forms, "--workbook", path)
    copied = run("validate", forms, "--workbook", path, "--annotate", copies)

    assert (issued.exit_code, gathered.exit_code) == (0, 1), issued.output + gathered.output
    files = [path, *forms.glob("*.xlsx"), *copies.glob("*.xlsx")]
    assert len(files) == 1 + 2 + 2, copied.output
    assert {file.name: found for file in files if (found := low_rows(file))} == {}
