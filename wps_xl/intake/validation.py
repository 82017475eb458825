"""All returns of a folder: read, typed, checked, settled. What the verb ``validate`` runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import pandas as pd

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Form, forms
from wps_xl.intake import rules
from wps_xl.intake.catalogue import ORDER, Place, issue
from wps_xl.intake.causes import fold
from wps_xl.intake.checks import RETURN, ROW, check, cover_frame, stack
from wps_xl.intake.cover import place as cover_place
from wps_xl.intake.open import read_books, workbooks_in
from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.intake.settling import settle
from wps_xl.model import Book, Issue, Unreadable

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the name of the last."""


@dataclass(frozen=True)
class Intake:
    """What came in: returns with their status, files that could not be read, issues, rows.

    ``frames`` holds the rows of each sheet over the returns that count (see ``checks.stack``);
    ``held`` says of each return by position which rows are held back, and why.
    """

    returns: tuple[Return, ...]
    unreadable: tuple[Unreadable, ...]
    issues: tuple[Issue, ...]
    frames: Mapping[str, pd.DataFrame]
    held: Mapping[int, rules.Held]
    not_run: tuple[str, ...] = ()

    @cached_property
    def rows_found(self) -> int:
        """How many rows of data the returns hold, those that do not count included."""
        return sum(len(t.numbers) for item in self.returns for t in item.tables.values())

    def count(self, severity: str) -> int:
        """How many issues there are of one severity."""
        return sum(item.severity == severity for item in self.issues)


def validate(
    paths: Sequence[Path],
    codebook: Codebook,
    cycle: Cycle,
    progress: Progress = lambda done, total, name: None,
) -> Intake:
    """Read and check every workbook under ``paths`` (S/2007/567, paras. 4, 7, 45)."""
    files, odd = workbooks_in(paths)
    labels = _labels(files)
    reader = ReturnReader(codebook, cycle)
    returns: list[Return] = []
    unreadable = list(odd)
    for done, book in enumerate(read_books(files), start=1):
        if isinstance(book, Book):
            returns.append(reader.read(replace(book, label=labels[book.path])))
        else:
            unreadable.append(book)
        progress(done, len(files), book.path.name)
    return examine(returns, unreadable, codebook, cycle)


def _labels(files: Sequence[Path]) -> dict[Path, str]:
    """The name by which each file is called: its own, with its folder where two are alike."""
    often = Counter(file.name.casefold() for file in files)
    return {
        file: file.name if often[file.name.casefold()] == 1 else f"{file.parent.name}/{file.name}"
        for file in files
    }


def examine(
    returns: Sequence[Return],
    unreadable: Sequence[Unreadable],
    codebook: Codebook,
    cycle: Cycle,
) -> Intake:
    """Settle which returns count and check their rows."""
    settled = settle(returns, codebook)
    counting = [item if item.status == "" else _hollow(item) for item in settled]
    all_forms = forms(codebook)
    frames: dict[str, pd.DataFrame] = {}
    issues: list[Issue] = list(chain.from_iterable(item.issues for item in settled))
    for sheet in chain.from_iterable(form.sheets.values() for form in all_forms.values()):
        frames[sheet.name] = stack(sheet, counting)
        issues += check(counting, sheet, frames[sheet.name], codebook, cycle)
    cover = next(iter(all_forms.values())).cover
    issues += check(counting, cover, cover_frame(cover, counting), codebook, cycle)
    issues += _not_invited(counting, codebook, cycle)
    skipped: list[str] = []
    for item in counting:
        if item.status == "" and item.form in all_forms:
            issues += rules.references(item, all_forms[item.form])
            skipped += rules.not_run(item, all_forms[item.form])
    held, more = _held_back(settled, issues, all_forms)
    issues += more
    issues += [_file_issue(item) for item in unreadable]
    causes = fold(issues)
    order = {item.book: at for at, item in enumerate(settled)}
    causes.sort(key=lambda i: (order.get(i.book, len(order)), i.book, *_position(i)))
    return Intake(tuple(settled), tuple(unreadable), tuple(causes), frames, held, tuple(skipped))


def _hollow(item: Return) -> Return:
    """A return that does not count: its place in the order is kept, its rows are not checked."""
    return Return(item.book, item.modified, item.entity, item.form, None, {}, (), item.status)


def _not_invited(returns: Sequence[Return], codebook: Codebook, cycle: Cycle) -> Iterator[Issue]:
    invited = codebook.invited(cycle.code)
    for item in returns:
        if item.status == "" and invited and item.entity not in invited:
            column = next(iter(forms(codebook).values())).cover.columns["entity"]
            where = cover_place(item.book, item.cover, column, item.entity, item.form)
            yield issue("not-invited", where, found=item.entity)


def _held_back(
    returns: Sequence[Return], issues: Sequence[Issue], all_forms: Mapping[str, Form]
) -> tuple[dict[int, dict[tuple[str, int], str]], list[Issue]]:
    """Rows held back in each return: by an error of the row or sheet, or by what they refer to."""
    by_book: dict[str, list[Issue]] = defaultdict(list)
    for found in issues:
        if found.severity == "error" and found.row is not None:
            by_book[found.book].append(found)
    held: dict[int, dict[tuple[str, int], str]] = {}
    more: list[Issue] = []
    for at, item in enumerate(returns):
        names = {table.sheet: name for name, table in item.tables.items()}
        rows: dict[tuple[str, int], str] = {}
        for name, table in item.tables.items():
            reason = item.status or item.whole_sheet_faults.get(name, "")
            rows |= {(name, number): reason for number in table.numbers if reason}
        for fault in by_book.get(item.book, ()):
            if fault.sheet in names and fault.row is not None:
                rows.setdefault((names[fault.sheet], fault.row), fault.code)
        if item.status == "" and item.form in all_forms:
            for found in rules.on_held_rows(item, all_forms[item.form], rows):
                more.append(found)
                if found.row is not None:
                    rows.setdefault((names[found.sheet], found.row), found.code)
        held[at] = rows
    return held, more


def _file_issue(file: Unreadable) -> Issue:
    return issue("unreadable-file", Place(file.path.name), found=file.reason)


def _position(item: Issue) -> tuple[int, str, int, str]:
    return ORDER[item.severity], item.sheet, item.row or 0, item.cell or ""


__all__ = ["RETURN", "ROW", "Intake", "Progress", "examine", "validate"]
