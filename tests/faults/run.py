"""Puts faults into valid returns, checks them, and judges each issue against what was put in."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from faults.cells import CELLS
from faults.looks import LOOKS
from faults.page import FIRST, Fault, Page
from faults.rows import ROWS
from faults.said import SAID
from faults.slipped import SLIPPED
from faults.structure import STRUCTURE
from faults.tables import TABLES
from faults.valid import CODEBOOK, CYCLE, FEW, INVITED, SMALL, request
from openpyxl import Workbook, load_workbook

from wps_xl.intake.open import workbooks_in
from wps_xl.intake.returns import ReturnReader
from wps_xl.intake.saved import asked_about_days
from wps_xl.intake.side_by_side import Background
from wps_xl.intake.sign_off import changed, told
from wps_xl.intake.validation import examine
from wps_xl.model import Book, Issue
from wps_xl.office.reading.child import read_book
from wps_xl.sheets.forms.writer import form_bytes

CLASSES: Sequence[Fault] = (*CELLS, *LOOKS, *ROWS, *TABLES, *STRUCTURE, *SAID, *SLIPPED)
EACH = 2
TOGETHER = 8
"""Returns of different entities that are checked in one run, as a day's returns are."""
SPACED = {"Checklist": 1, "Updates": 1, "Overview": 1}


@dataclass(frozen=True)
class Instance:
    """One fault that was put into a return, and the cell at which its issue must stand."""

    fault: Fault
    sheet: str
    cell: str | None


@dataclass
class Score:
    """What became of the instances of one class."""

    fault: Fault
    put: int = 0
    located: int = 0
    severity: int = 0
    others: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return self.put == self.located == self.severity > 0 and not self.others


@cache
def _clean(form: str, small: bool) -> bytes:
    return form_bytes(request(form, INVITED[0], SMALL[form] if small else None))


def check(paths: Sequence[Path], background: Background | None = None) -> list[Issue]:
    """The issues of these files, read and checked in this process."""
    reader = ReturnReader(CODEBOOK, CYCLE)
    files, odd = workbooks_in(paths)
    books = [*odd, *map(read_book, files)]
    returns = [reader.read(book) for book in books if isinstance(book, Book)]
    unreadable = [book for book in books if not isinstance(book, Book)]
    changes, _ = changed(returns, {}, reader.forms)
    returns = [told(item, changes) for item in returns]
    returns = asked_about_days(returns, {}, CYCLE, dt.date.today())
    intake = examine(returns, unreadable, CODEBOOK, CYCLE, background=background)
    return list(intake.issues)


def _of_another(book: Workbook, at: int) -> None:
    """Make a clean progress report that of another entity, which did other things."""
    cover = Page.of(book, "Cover")
    cover.sheet.cell(cover.line("entity"), 2).value = INVITED[at]
    for row in range(FIRST, FIRST + FEW):
        page = Page.of(book, "Progress")
        page.put(row, "activity", f"{INVITED[at]}: {page.get(row, 'activity')}")
        Page.of(book, "Measures").put(row, "amount_usd", 1000 * (at + 1) + row)


def spoiled(
    path: Path, form: str, faults: Sequence[Fault], chance: Random, at: int = 0
) -> list[Instance]:
    """Write the clean return of a form with these faults, each in rows of its own."""
    alone = all(fault.alone for fault in faults)
    book = load_workbook(io.BytesIO(_clean(form, alone)))
    if at:
        _of_another(book, at)
    slots = {name: _slots(Page.of(book, name), chance) for name in book.sheetnames}
    put = []
    for fault in faults:
        page = Page.of(book, fault.sheet)
        for _ in range(1 if fault.alone else EACH):
            rows = slots[fault.sheet]
            row = FIRST if fault.alone and not rows else rows.pop()
            cell = fault.spoil(page, row, chance)
            sheet = fault.sheet
            if cell and "!" in cell:
                sheet, address = cell.replace("'", "").split("!")
                cell = address or None
            if cell is None and fault.column:
                cell = page.at(row, fault.column)
            put.append(Instance(fault, sheet, cell))
    book.save(path)
    return put


def _slots(page: Page, chance: Random) -> list[int]:
    """Rows into which a fault may be put, far enough from each other, in random order."""
    name = page.sheet.title
    step = SPACED.get(name, 3)
    last = max(
        (r for r in range(1, page.sheet.max_row + 1) if page.sheet.cell(r, 1).value), default=0
    )
    rows = list(range(FIRST + 1, last - 1, step))
    if name == "Checklist":
        # The questions that open an area are held against its rows, and have tests of their own.
        rows = [row for row in rows if not str(page.get(row, "question")).endswith("0")]
        rows = [row for row in rows if page.get(row, "question") is not None]
    chance.shuffle(rows)
    return rows


def run(folder: Path, seed: int) -> list[Score]:
    """The score of every class for one seed."""
    chance = Random(seed)
    scores = {fault.name: Score(fault) for fault in CLASSES}
    for files in _runs(folder, chance):
        issues = check(list(files))
        assert {issue.book for issue in issues} <= {path.name for path in files}
        for path, put in files.items():
            _judge(scores, put, [issue for issue in issues if issue.book == path.name])
    return list(scores.values())


def _runs(folder: Path, chance: Random) -> Iterator[dict[Path, list[Instance]]]:
    """The files of each run, and what was put into them."""
    for form in ("progress", "plan", "practices"):
        together = [fault for fault in CLASSES if fault.form == form and not fault.alone]
        path = folder / f"{form}.xlsx"
        yield {path: spoiled(path, form, together, chance)}
    alone = [fault for fault in CLASSES if fault.alone]
    some = [fault for fault in alone if fault.form == "progress"]
    for first in range(0, len(some), TOGETHER):
        found = {}
        for at, fault in enumerate(some[first : first + TOGETHER]):
            path = folder / f"alone_{first + at}.xlsx"
            found[path] = spoiled(path, fault.form, [fault], chance, at)
        yield found
    for fault in alone:
        if fault.form != "progress":
            path = folder / f"alone_{fault.name}.xlsx"
            yield {path: spoiled(path, fault.form, [fault], chance)}


def _judge(scores: dict[str, Score], put: Sequence[Instance], issues: Sequence[Issue]) -> None:
    """Count what was found where it was put; what no instance explains goes to ``others``."""
    explained: set[int] = set()
    for instance in put:
        score = scores[instance.fault.name]
        score.put += 1
        here = [at for at, issue in enumerate(issues) if _touches(issue, instance)]
        right = [at for at in here if issues[at].code == instance.fault.code]
        explained |= set(right)
        score.issues += [issues[at] for at in right]
        score.located += bool(right)
        score.severity += any(issues[at].severity == instance.fault.severity for at in right)
    at_place = {(i.sheet, i.cell): scores[i.fault.name] for i in put}
    for at, issue in enumerate(issues):
        if at not in explained:
            score = at_place.get((issue.sheet, issue.cell)) or scores[put[0].fault.name]
            score.others.append(f"{issue.severity} {issue.code}: {issue.message}")


def _touches(issue: Issue, instance: Instance) -> bool:
    if instance.cell is None:
        return issue.cell is None
    places = {f"{issue.sheet}!{issue.cell}", *issue.also}
    return f"{instance.sheet}!{instance.cell}" in places


def table(scores: Sequence[Score]) -> str:
    """The score as a table for people."""
    lines = [f"{'class':34}{'code':26}{'severity':10}{'put':>4}{'cell':>5}{'sev.':>5}{'other':>6}"]
    lines += [
        f"{s.fault.name:34}{s.fault.code:26}{s.fault.severity:10}"
        f"{s.put:4}{s.located:5}{s.severity:5}{len(s.others):6}"
        for s in scores
    ]
    full = sum(score.is_full for score in scores)
    forms = Counter(score.fault.form for score in scores)
    named = ", ".join(f"{count} {form}" for form, count in forms.items())
    lines.append(f"{full} of {len(scores)} classes at the exact cell ({named})")
    return "\n".join(lines)
