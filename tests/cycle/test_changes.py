"""Change one answer and one figure in the returns: the draft changes there and nowhere else."""

from __future__ import annotations

from pathlib import Path

from cycle_text import draft_sentences
from workbooks import change_return, run


def test_answers_and_a_figure_change_their_sentences_and_nothing_else(copy_of_few: Path) -> None:
    before = draft_sentences(copy_of_few / "council_report.docx")
    returns = copy_of_few / "returns"
    for entity, question in (("UNDP", "Q-B0"), ("WFP", "Q-A0")):
        file = returns / f"REV-2007_progress_{entity}.xlsx"
        change_return(file, "Checklist", question, "answer", "No")
    change_return(returns / "REV-2007_progress_DESA.xlsx", "Measures", "M-1", "value", 2450)

    after = _next_draft(copy_of_few)

    gone = [s for s in before if s not in after]
    received, opening, plan, focus, figure, *days = [s for s in after if s not in before]
    # The returns were saved again, which is the day they came in (annex I has it thrice).
    assert received.startswith("The office received four progress reports between")
    assert len(days) == 3
    assert all(received.endswith(f"and {day}.") for day in days)
    assert opening.startswith("One entity [UNDP.] provided information on the efforts")
    # Who left that list is no longer said to be of it.
    assert plan == gone[2].replace("Of those, one entity", "One entity")
    assert focus == gone[3].replace("four", "three").replace("ESCAP, UNDP and", "ESCAP and")
    # The sentence is the office's; the figures in it follow their row.
    assert figure == gone[4].replace("2,300 profiles", "2,450 profiles").replace("300", "450")
    assert len(gone) == 5


def _next_draft(folder: Path) -> list[str]:
    workbook, draft = folder / "review.xlsx", folder / "council_report.docx"
    gathered = run("consolidate", folder / "returns", "--workbook", workbook)
    written = run("report", workbook, "--out", draft)
    assert (gathered.exit_code, written.exit_code) == (0, 0), gathered.output + written.output
    return draft_sentences(draft)


def test_one_file_replaces_its_own_rows_and_nothing_that_the_office_chose_and_wrote(
    copy_of_few: Path,
) -> None:
    workbook = copy_of_few / "review.xlsx"
    file = copy_of_few / "returns" / "REV-2007_progress_DESA.xlsx"
    before = _tables(workbook)
    _write(workbook, "Progress", {"Our wording": "Our sentence.", "In report": None}, row=5)
    change_return(file, "Measures", "M-2", "value", 35012)

    result = run("consolidate", file, "--workbook", workbook)

    assert result.exit_code == 0, result.output
    after = _tables(workbook)
    changed = [(a, b) for a, b in zip(before["Measures"], after["Measures"], strict=True) if a != b]
    assert len(changed) == 1
    assert [value for value in changed[0][1] if value not in changed[0][0]] == [35012]
    other = [a for a, b in zip(before["Progress"], after["Progress"], strict=True) if a != b]
    assert [row[0] for row in other] == [5]
    row = _read(workbook, "Progress", 5)
    assert (row["Our wording"], row["In report"]) == ("Our sentence.", None)
    assert any("Our sentence." in decision for decision in after["Decisions"])


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
