"""Several files of one entity, files in files and beside returns: each scenario has one issue."""

from __future__ import annotations

import datetime as dt
from zipfile import ZipFile

from faults.between import FIVE, Edit, Scenario, Set
from faults.valid import CODEBOOK, CYCLE, FORMS, INVITED, LAST, request
from package_parts import Part, embedded

from wps_xl.sheets.forms.writer import Request, form_bytes

BOOK = f"progress_{FIVE}.xlsx"


def _identical(returns: Set) -> None:
    returns.add("again.xlsx", FIVE, returns.rows[FIVE])


def _two(returns: Set) -> None:
    changed = {name: list(sheet) for name, sheet in returns.rows[FIVE].items()}
    changed["Progress"][0] = {**changed["Progress"][0], "place": "Juba"}
    returns.add("other.xlsx", FIVE, changed)


def _later(returns: Set) -> None:
    changed = {name: list(sheet) for name, sheet in returns.rows[FIVE].items()}
    changed["Progress"][0] = {**changed["Progress"][0], "place": "Juba"}
    returns.add("later.xlsx", FIVE, changed, written=LAST + dt.timedelta(9))


def _to_come(returns: Set) -> None:
    changed = {name: list(sheet) for name, sheet in returns.rows[FIVE].items()}
    changed["Progress"][0] = {**changed["Progress"][0], "place": "Juba"}
    returns.add("later.xlsx", FIVE, changed, written=dt.datetime(2090, 1, 1))


def _signed(returns: Set) -> None:
    changed = {name: [dict(row) for row in sheet] for name, sheet in returns.rows[FIVE].items()}
    changed["Measures"][0]["amount_usd"] += 500
    returns.add("later.xlsx", FIVE, changed, written=LAST + dt.timedelta(9))


def _earlier(returns: Set) -> None:
    _later(returns)
    returns.covers[FIVE] = {"completed": LAST + dt.timedelta(3)}


def _damaged(returns: Set) -> None:
    path = returns.folder / "text.xlsx"
    path.write_text("These are my figures.", encoding="utf-8")
    returns.further.append(path)


def _blank(returns: Set) -> None:
    """The form of another entity, as it was issued."""
    issued = Request(FORMS["progress"], INVITED[6], CYCLE, CODEBOOK)
    path = returns.folder / "blank.xlsx"
    path.write_bytes(form_bytes(issued))
    returns.further.append(path)


def _letter(returns: Set) -> None:
    folder = returns.folder / "letters"
    folder.mkdir()
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")
    returns.further.append(folder)


def _with(*parts: Part) -> Edit:
    def edit(returns: Set) -> None:
        returns.parts = parts

    return edit


def _open(returns: Set) -> None:
    path = returns.folder / f".~lock.{BOOK}#"
    path.write_text(",somebody,host,;", encoding="utf-8")
    returns.further.append(path)


def _packed(returns: Set) -> None:
    """The return of the last entity in an archive, with a letter beside it."""
    path = returns.folder / "return.zip"
    rows = returns.rows.pop(FIVE)
    with ZipFile(path, "w") as archive:
        archive.writestr("their return.xlsx", form_bytes(request("progress", FIVE, rows)))
        archive.writestr("letter.pdf", b"%PDF-1.7")
    returns.further.append(path)


def _deleted(returns: Set) -> None:
    """A later return without the last row of two sheets, which had no amount."""
    returns.rows[FIVE]["Measures"][-1] |= dict.fromkeys(
        ("amount_usd", "funding_source", "precision")
    )
    changed = {name: list(sheet) for name, sheet in returns.rows[FIVE].items()}
    changed |= {name: changed[name][:-1] for name in ("Progress", "Measures")}
    returns.add("later.xlsx", FIVE, changed, written=LAST + dt.timedelta(9))


def _other_office(returns: Set) -> None:
    """A later return with other rows; neither has amounts, which were signed off."""
    for row in returns.rows[FIVE]["Measures"]:
        row |= dict.fromkeys(("amount_usd", "funding_source", "precision"))
    changed = {name: [dict(row) for row in sheet] for name, sheet in returns.rows[FIVE].items()}
    for at, row in enumerate(changed["Progress"]):
        row["activity"] = f"Built shelters for {at + 2} villages near the border."
    for at, row in enumerate(changed["Measures"]):
        row["measure"] = f"shelters built near border {at}"
    returns.add("part 2.xlsx", FIVE, changed, written=LAST + dt.timedelta(9))


def _undated(returns: Set) -> None:
    """Another return without a date of its own, as web programs write it."""
    _later(returns)
    path = returns.further[0]
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, b"<x/>" if name == "docProps/core.xml" else content)


SEVERAL = [
    Scenario(
        "same content twice", "identical-return", "note", "again.xlsx", "Cover", "B9", _identical
    ),
    Scenario("two of one moment", "two-returns", "error", BOOK, "Cover", "B9", _two),
    Scenario("saved in years to come", "impossible-date", "error", BOOK, "Cover", "B9", _to_come),
    Scenario("later return", "superseded", "note", BOOK, "Cover", "B9", _later),
    Scenario(
        "later but older", "older-completed", "warning", "later.xlsx", "Cover", "B21", _earlier
    ),
    Scenario("blank form", "blank-form", "warning", "blank.xlsx", "Cover", "B9", _blank),
    Scenario("letter", "other-file", "warning", "letter.pdf", "", None, _letter),
    Scenario(
        "file in a file",
        "embedded-file",
        "note",
        BOOK,
        "Overview",
        None,
        _with(embedded("Document.docx")),
    ),
    Scenario(
        "broken drawing",
        "broken-part",
        "warning",
        BOOK,
        "Overview",
        None,
        _with(Part("drawing", "xl/drawings/drawing90.xml", b"<broken")),
    ),
    Scenario(
        "amount after sign-off",
        "changed-after-sign-off",
        "warning",
        "later.xlsx",
        "Cover",
        "B23",
        _signed,
    ),
    Scenario("no workbook", "unreadable-file", "error", "text.xlsx", "", None, _damaged),
    Scenario("lock file", "lock-file", "warning", f".~lock.{BOOK}#", "", None, _open),
    Scenario("return in a zip", "came-otherwise", "warning", "return.zip", "", None, _packed),
    Scenario("rows deleted", "rows-left-out", "warning", "later.xlsx", "Cover", "B9", _deleted),
    Scenario("other office", "other-rows", "error", "part 2.xlsx", "Cover", "B9", _other_office),
    Scenario("no dates", "undated-returns", "error", BOOK, "Cover", "B9", _undated),
]
