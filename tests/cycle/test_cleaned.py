"""A cleaner that takes the hidden sheets away takes no answer with them."""

from __future__ import annotations

from cycle.desk import Desk, FileDesk
from openpyxl import load_workbook

HIDDEN = ("Origins", "Written", "Issue keys", "Pivot data", "Sources")


def cleaned(files: FileDesk) -> None:
    book = load_workbook(files.workbook)
    for name in HIDDEN:
        del book[name]
    book.save(files.workbook)


def test_answers_typed_before_the_hidden_sheets_went_are_used(desk: Desk) -> None:
    wrong = desk.change("UNICEF", "Measures", "M-2", "value", "about 35,000")
    gone = desk.change("UNICEF", "Measures", "M-1", "value", "some")
    files = FileDesk(desk)
    files.consolidate()
    files.answer("UNICEF", wrong, "use value", 35012, "by telephone", "AB")
    files.answer("UNICEF", gone, "use value", 12)
    desk.change("UNICEF", "Measures", "M-1", "value", 17)
    cleaned(files)

    said = " ".join(files.consolidate().split())

    rows = files.table("Measures")
    assert 35012 in rows[rows["Entity"] == "UNICEF"]["Value"].tolist()
    line = files.table("Issues").set_index("Cell").loc[wrong]
    assert (line["Our answer"], line["Reason"]) == ("use value", "by telephone")
    # What nothing raises any more is kept in words.
    notes = "\n".join(map(str, files.table("Notes")["Text"]))
    assert "use value | 12" in notes
    assert "hidden sheet Issue keys was gone" in said
    assert "hidden sheet Written is gone" in said
    assert set(HIDDEN) <= set(load_workbook(files.workbook, read_only=True).sheetnames)
    assert "gone" not in files.consolidate()
