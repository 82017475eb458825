"""Change one answer and one figure in the returns: the draft changes there and nowhere else."""

from __future__ import annotations

from pathlib import Path

from cycle_text import draft_sentences
from workbooks import change_return, run


def test_answers_and_a_figure_change_their_sentences_and_nothing_else(copy_of_demo: Path) -> None:
    before = draft_sentences(copy_of_demo / "council_report.docx")
    returns = copy_of_demo / "returns"
    for entity in ("UNESCO", "UNEP"):
        file = returns / f"REV-2007_progress_{entity}.xlsx"
        change_return(file, "Checklist", "Q-A0", "answer", "No")
    change_return(returns / "REV-2007_progress_UNICEF.xlsx", "Measures", "M-2", "value", 35012)

    after = _next_draft(copy_of_demo)

    gone = [s for s in before if s not in after]
    received, opening, plan, figure, *days = [s for s in after if s not in before]
    # The returns were saved again, which is the day they came in (annex I has it twice).
    assert received.startswith("The office received 30 progress reports between")
    assert len(days) == 3
    assert all(received.endswith(f"and {day}.") for day in days)
    left = gone[1].replace("Thirteen", "Eleven").replace("UNEP, ", "").replace("UNESCO, ", "")
    assert opening == left
    # Who left that list is no longer said to be of it.
    assert plan.startswith("Five entities –")
    assert "had an action plan" in plan
    # The sentence is the office's; the figure in it follows its row.
    assert figure == gone[3].replace("34,086 victims of", "35,012 victims of")


def _next_draft(folder: Path) -> list[str]:
    workbook, draft = folder / "review.xlsx", folder / "council_report.docx"
    gathered = run("consolidate", folder / "returns", "--workbook", workbook)
    written = run("report", workbook, "--out", draft)
    assert (gathered.exit_code, written.exit_code) == (0, 0), gathered.output + written.output
    return draft_sentences(draft)


def test_a_second_consolidation_changes_only_the_log(copy_of_few: Path) -> None:
    workbook = copy_of_few / "review.xlsx"
    returns = copy_of_few / "returns"
    before = _tables(workbook)

    run("consolidate", returns, "--workbook", workbook)

    after = _tables(workbook)
    assert {name for name in before if before[name] != after[name]} == {"Log"}
    assert len(after["Log"]) == len(before["Log"]) + 1


def test_one_file_replaces_only_the_rows_of_its_entity_and_form(copy_of_few: Path) -> None:
    workbook = copy_of_few / "review.xlsx"
    file = copy_of_few / "returns" / "REV-2007_progress_DESA.xlsx"
    before = _tables(workbook)
    change_return(file, "Measures", "M-2", "value", 35012)

    result = run("consolidate", file, "--workbook", workbook)

    assert result.exit_code == 0, result.output
    after = _tables(workbook)
    changed = [(a, b) for a, b in zip(before["Measures"], after["Measures"], strict=True) if a != b]
    assert len(changed) == 1
    assert [value for value in changed[0][1] if value not in changed[0][0]] == [35012]
    assert before["Progress"] == after["Progress"]


def test_what_the_office_chose_and_wrote_survives_a_consolidation(copy_of_few: Path) -> None:
    workbook = copy_of_few / "review.xlsx"
    _write(workbook, "Progress", {"Our wording": "Our sentence.", "In report": None}, row=5)

    run("consolidate", copy_of_few / "returns", "--workbook", workbook)

    row = _read(workbook, "Progress", 5)
    assert (row["Our wording"], row["In report"]) == ("Our sentence.", None)
    decisions = _tables(workbook)["Decisions"]
    assert any("Our sentence." in decision for decision in decisions)


def _tables(workbook: Path) -> dict[str, list[tuple[object, ...]]]:
    from wps_xl.sheets.review.reader import read_review

    review = read_review(workbook)
    return {
        name: [tuple(row) for row in frame.itertuples(index=True, name=None)]
        for name, frame in review.tables.items()
        if name != "Sources"
    }


def _write(workbook: Path, sheet: str, values: dict[str, object], row: int) -> None:
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    headings = {cell.value: cell.column for cell in book[sheet][1]}
    for heading, value in values.items():
        book[sheet].cell(row, headings[heading]).value = value  # type: ignore[arg-type,assignment]
    book.save(workbook)


def _read(workbook: Path, sheet: str, row: int) -> dict[str, object]:
    from wps_xl.sheets.review.reader import read_review

    frame = read_review(workbook).tables[sheet]
    return dict(frame.loc[row])
