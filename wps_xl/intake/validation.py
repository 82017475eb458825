"""All returns of a folder: read, typed, checked, settled. What the verb ``validate`` runs."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import pandas as pd

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Form, data_sheets, forms
from wps_xl.intake import across, rules
from wps_xl.intake.catalogue import ORDER, Place, issue
from wps_xl.intake.causes import Consequences, fold, rows_of, told_once, with_consequences
from wps_xl.intake.checks import check, cover_frame, stack
from wps_xl.intake.cover import place as cover_place
from wps_xl.intake.naming import recognised
from wps_xl.intake.open import read_books, workbooks_in
from wps_xl.intake.overlay import Answer, Answered, Key, Overlay
from wps_xl.intake.returns import Return, ReturnReader
from wps_xl.intake.saved import asked_about_days
from wps_xl.intake.side_by_side import Background, Gathering, Planned
from wps_xl.intake.sign_off import Owner, Signed, changed, told
from wps_xl.intake.which_counts import Known, against_known, left_out, settle
from wps_xl.model import Book, Issue, Unreadable
from wps_xl.model.text import as_words

OTHER_FILE, LOCK_FILE = "other-file", "lock-file"
NOT_ASKED = "not invited"
Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the name of the last."""


@dataclass(frozen=True)
class Intake:
    """What came in: returns with their status, files that could not be read, issues, rows.

    ``frames`` holds the rows of each sheet over the returns that count (see ``checks.stack``);
    ``held`` says of each return by position which rows are held back, and why; ``answers`` what
    became of the office's answers; ``files`` where each book was read from; ``renamed`` under
    which key answers about rows that were numbered anew stand now; ``signed`` are the amounts that
    heads of entities signed off; ``sent`` are the returns as they came, without what the office
    lays over them; ``drawn`` are rows held back because they refer to one that is.
    """

    returns: tuple[Return, ...]
    unreadable: tuple[Unreadable, ...]
    issues: tuple[Issue, ...]
    frames: Mapping[str, pd.DataFrame]
    held: Mapping[int, rules.Held]
    not_run: tuple[str, ...] = ()
    answers: tuple[Answered, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    renamed: Mapping[Key, Key] = field(default_factory=dict)
    signed: Mapping[Owner, Signed] = field(default_factory=dict)
    sent: tuple[Return, ...] = ()
    drawn: Consequences = field(default_factory=dict)

    @cached_property
    def rows_found(self) -> int:
        """How many rows of data the returns hold, those that do not count included."""
        return sum(len(item.all_rows) for item in self.returns)

    def count(self, severity: str) -> int:
        """How many issues there are of one severity."""
        return sum(item.severity == severity for item in self.issues)


def validate(
    paths: Sequence[Path],
    codebook: Codebook,
    cycle: Cycle,
    progress: Progress = lambda done, total, name: None,
    answers: Mapping[Key, Answer] | None = None,
    known: Known | None = None,
    withdrawn: Collection[tuple[str, str]] = (),
    signed: Mapping[Owner, Signed] | None = None,
    planned: Planned | None = None,
    background: Background | None = None,
) -> Intake:
    """Read and check every workbook under ``paths`` (S/2007/567, paras. 4, 7, 45).

    ``known`` are the returns gathered before: an older one that comes now does not count.
    ``withdrawn`` are entity and form of returns that the office takes out; ``signed`` are the
    amounts signed off before, ``planned`` the numbers of the initiatives in force by entity;
    ``background`` is what else the workbook knows.

    ``answers`` are what the office decided about issues: corrections are laid over the cells that
    they are about, and answered errors hold nothing back.
    """
    files, odd = workbooks_in(paths)
    labels = _labels([*files, *(file.path for file in odd)])
    reader = ReturnReader(codebook, cycle)
    overlay = Overlay(answers or {}, reader.forms)
    returns: list[Return] = []
    books: dict[str, Book] = {}
    unreadable = [replace(file, label=labels[file.path]) for file in odd]
    for done, book in enumerate(read_books(files), start=1):
        if isinstance(book, Book):
            item = reader.read(replace(book, label=labels[book.path]))
            returns.append(item)
            if overlay.owners & {item.entity, item.book}:
                books[item.book] = replace(book, label=labels[book.path])
        else:
            unreadable.append(replace(book, label=labels[book.path]))
        progress(done, len(files), book.path.name)
    # What the entity changed, not what the office lays over it.
    changes, signed_now = changed(returns, signed or {}, reader.forms)

    # Where the return that was gathered is read again, it is held against the others here.
    here = {(item.entity, item.form, item.book, item.saved) for item in returns}
    gone = {
        key: before
        for key, before in (known or {}).items()
        if (*key, before.book, before.saved) not in here
    }

    def standing(items: Sequence[Return]) -> list[Return]:
        told_of = [told(item, changes) for item in items]
        dated = asked_about_days(told_of, gone, cycle, dt.date.today())
        held = [against_known(item, gone, reader.forms) for item in dated]
        return [left_out(item, withdrawn) for item in held]

    laid = standing(returns)
    intake = examine(laid, unreadable, codebook, cycle, overlay, planned, background)
    sent = intake.returns
    while overlay.again():
        laid = standing([_corrected(item, books, overlay, reader) for item in returns])
        intake = examine(laid, unreadable, codebook, cycle, overlay, planned, background)
    outcome = overlay.outcome(intake.returns)
    read = {labels[file]: file for file in files}
    found = replace(intake, answers=outcome, files=read, renamed=overlay.renamed, sent=sent)
    return replace(found, signed=signed_now)


def _corrected(
    item: Return, books: Mapping[str, Book], overlay: Overlay, reader: ReturnReader
) -> Return:
    """The return as it would be had the entity typed what the office decided."""
    if item.book in books:
        item = reader.read(overlay.laid_over(books[item.book]))
    return overlay.counted(item)


def _labels(files: Sequence[Path]) -> dict[Path, str]:
    """The name by which each file is called: its own, with as many folders as tell it apart.

    Upper and lower case are alike, except where nothing else tells two files apart.
    """
    whole = {file: os.path.normpath(file.absolute()) for file in files}
    parts = {file: [part.strip("/\\") for part in Path(name).parts] for file, name in whole.items()}
    parts = {file: [as_words(name) for name in names if name] for file, names in parts.items()}
    plain = {file: "/".join(names).casefold() for file, names in parts.items()}
    depth: dict[Path, int] = dict.fromkeys(files, 1)
    while True:
        names = {file: "/".join(parts[file][-size:]) for file, size in depth.items()}
        exact = Counter(names.values())
        others: dict[str, set[str]] = defaultdict(set)
        for file, name in names.items():
            others[name.casefold()].add(plain[file])
        alike = [
            f for f, name in names.items() if exact[name] > 1 or len(others[name.casefold()]) > 1
        ]
        longer = [file for file in alike if depth[file] < len(parts[file])]
        if not longer:
            return names
        depth |= {file: depth[file] + 1 for file in longer}


def examine(
    returns: Sequence[Return],
    unreadable: Sequence[Unreadable],
    codebook: Codebook,
    cycle: Cycle,
    overlay: Overlay | None = None,
    planned: Planned | None = None,
    background: Background | None = None,
) -> Intake:
    """Settle which returns count and check their rows; ``overlay`` knows what was answered."""
    overlay = overlay or Overlay({}, forms(codebook))
    unreadable = [recognised(file, codebook, cycle) for file in unreadable]
    settled = settle(returns, codebook)
    counting = [item if item.status == "" else _hollow(item) for item in settled]
    all_forms = forms(codebook)
    issues: list[Issue] = list(chain.from_iterable(item.issues for item in settled))
    frames = {sheet.name: stack(sheet, counting) for sheet in data_sheets(codebook)}
    cover = next(iter(all_forms.values())).cover
    checked = {**frames, cover.name: cover_frame(cover, counting)}
    for sheet in (*data_sheets(codebook), cover):
        issues += check(counting, sheet, checked, codebook, cycle)
    issues += _not_invited(counting, codebook, cycle)
    skipped: list[str] = []
    for item in counting:
        if item.status == "" and item.form in all_forms:
            skipped += rules.not_run(item, all_forms[item.form])
    sound = [item for item in counting if item.status == "" and item.form in all_forms]
    known = background or Background()
    here = Gathering(sound, all_forms, codebook, cycle, planned or {}, known)
    issues += rules.beyond(here)
    skipped += [*across.absent_partners(here), *rules.switched_off(codebook)]
    issues += [_file_issue(item) for item in unreadable]
    issues = [item for item in told_once(issues) if codebook.runs(item.code)]
    issues = overlay.decide(issues, settled)
    held, drawn = _held_back(settled, issues, all_forms, codebook.runs)
    causes = fold(with_consequences(issues, drawn))
    order = {item.book: at for at, item in enumerate(settled)}
    causes.sort(key=lambda i: (order.get(i.book, len(order)), i.book, *_position(i)))
    return Intake(
        *(tuple(settled), tuple(unreadable), tuple(causes), frames, held, tuple(skipped)),
        drawn=drawn,
    )


def _hollow(item: Return) -> Return:
    """A return that does not count: its place in the order is kept, its rows are not checked."""
    return Return(item.book, item.modified, item.entity, item.form, None, {}, (), item.status)


def _not_invited(returns: Sequence[Return], codebook: Codebook, cycle: Cycle) -> Iterator[Issue]:
    invited = codebook.invited(cycle.code)
    for item in returns:
        if item.status == "" and invited and invited.get(item.entity, NOT_ASKED) == NOT_ASKED:
            column = next(iter(forms(codebook).values())).cover.columns["entity"]
            where = cover_place(item.book, item.cover, column, item.entity, item.form)
            yield issue("not-invited", where, found=item.entity)


def _held_back(
    returns: Sequence[Return],
    issues: Sequence[Issue],
    all_forms: Mapping[str, Form],
    runs: Callable[[str], bool],
) -> tuple[dict[int, dict[tuple[str, int], str]], Consequences]:
    """Rows held back in each return: by an error of the row or sheet, or by what they refer to.

    Total rows never count, whatever was answered: their amounts stand in other rows already; nor
    do rows that are no data. ``runs`` says which checks do.
    Rows of copied sheets have the sheet's own name as theirs.
    """
    by_book: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    whole: set[tuple[str, str]] = set()
    for found in issues:
        if found.severity == "error" and found.row is None:
            whole.add((found.book, found.sheet))
        elif found.severity == "error":
            by_book[found.book] += [(*at, found.code) for at in rows_of(found)]
    held: dict[int, dict[tuple[str, int], str]] = {}
    drawn: Consequences = defaultdict(list)
    for at, item in enumerate(returns):
        names = {table.sheet: name for name, table in item.tables.items()}
        rows: dict[tuple[str, int], str] = {}
        for name, table in item.tables.items():
            # A renamed sheet is missed under its name in the form.
            stands = not whole.isdisjoint({(item.book, table.sheet), (item.book, name)})
            reason = item.status or (item.whole_sheet_faults.get(name, "") if stands else "")
            rows |= {(name, number): reason for number in table.numbers if reason}
        rows = {at: why for at, why in item.never.items() if runs(why)} | rows
        for copy in item.copies:
            rows |= {(copy.sheet, number): item.status or copy.reason for number in copy.rows}
        for sheet, number, code in by_book.get(item.book, ()):
            if sheet in names:
                rows.setdefault((names[sheet], number), code)
        if item.status == "" and item.form in all_forms:
            for name, number, target, cause in rules.on_held_rows(item, all_forms[item.form], rows):
                if (name, number) not in rows:
                    rows[name, number] = rules.HELD_WITH
                    sheet = item.tables[target].sheet
                    drawn[item.book, sheet, cause].append((item.tables[name].sheet, number))
        held[at] = {row: reason for row, reason in rows.items() if row in item.all_rows}
    return held, drawn


def _file_issue(file: Unreadable) -> Issue:
    # The reason names the file itself.
    code = file.code if file.code in (OTHER_FILE, LOCK_FILE) else "unreadable-file"
    where = Place(file.name, file.entity, file.form)
    return replace(issue(code, where, found=file.reason), message=file.reason)


def _position(item: Issue) -> tuple[int, str, int, str]:
    return ORDER[item.severity], item.sheet, item.row or 0, item.cell or ""
