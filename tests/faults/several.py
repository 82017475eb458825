"""Several files of one entity, files in files, locks: each scenario has one issue."""

from __future__ import annotations

import datetime as dt
from zipfile import ZipFile

from faults.between import FIVE, Scenario, Set, later
from faults.valid import LAST, request

from wps_xl.sheets.forms.writer import form_bytes

BOOK = f"progress_{FIVE}.xlsx"


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
    later(returns)
    path = returns.further[0]
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, b"<x/>" if name == "docProps/core.xml" else content)


SEVERAL = [
    Scenario("lock file", "lock-file", "warning", f".~lock.{BOOK}#", "", None, _open),
    Scenario("return in a zip", "came-otherwise", "warning", "return.zip", "", None, _packed),
    Scenario("rows deleted", "rows-left-out", "warning", "later.xlsx", "Cover", "B9", _deleted),
    Scenario("other office", "other-rows", "error", "part 2.xlsx", "Cover", "B9", _other_office),
    Scenario("no dates", "undated-returns", "error", BOOK, "Cover", "B9", _undated),
]
