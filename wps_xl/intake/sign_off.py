"""Amounts that were changed after the head of the entity signed the return off (para. 46)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wps_xl.forms.definitions import COVER, Form
from wps_xl.intake.answered import row_lines
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import show
from wps_xl.intake.identity import RowIdentity, followed, remembered, says, words_said
from wps_xl.intake.returns import Return
from wps_xl.model import Issue, Value, split_address
from wps_xl.nouns import some

CODE = "changed-after-sign-off"
Owner = tuple[str, str]
"""Entity and form."""
_MONEY = "_usd"
_YES = "Y"
_CENT = 0.005


@dataclass(frozen=True)
class Amount:
    """One amount of money of a return: the row it stands in, by name and words, and its column.

    ``cell`` is its address in the return, blank where it is remembered.
    """

    sheet: str
    row: str
    words: str
    column: str
    dollars: float
    cell: str = ""


@dataclass(frozen=True)
class Signed:
    """What the head of an entity signed off on a day; ``amounts`` are blank where an older
    workbook remembers the total alone."""

    day: Value
    dollars: float
    amounts: Sequence[Amount] = field(default=())


def amounts_of(item: Return, forms: Mapping[str, Form]) -> list[Amount]:
    """All amounts of money in a return."""
    rows = row_lines(item, forms)
    return [
        Amount(table.sheet, name, says(line.words), code, float(value), f"{letter}{number}")
        for table in item.tables.values()
        for code, letter in table.letters.items()
        if code.endswith(_MONEY)
        for number, value in zip(table.numbers, table.columns[code], strict=True)
        if isinstance(value, int | float)
        for name, line in [rows[item.book, table.sheet, number]]
    ]


def day_of(item: Return) -> Value:
    """The day on which the head signed a return off; None where it is not signed off."""
    values = item.cover.values if item.cover else {}
    return values.get("signed_off_date") if values.get("signed_off") == _YES else None


def changed(
    returns: Sequence[Return], known: Mapping[Owner, Signed], forms: Mapping[str, Form]
) -> tuple[dict[str, Issue], dict[Owner, Signed]]:
    """A warning for each return whose amounts are not those of the day of sign-off that it names.

    Those are ``known`` from the workbook, else from the first saved return of that day. Beside the
    warnings: what is signed off now.
    """
    found: dict[str, Issue] = {}
    signed = dict(known)
    for item in sorted(returns, key=lambda one: one.modified):
        day, key = day_of(item), (item.entity, item.form)
        if item.status or day is None or item.form not in forms:
            continue
        amounts = amounts_of(item, forms)
        now = Signed(day, sum(one.dollars for one in amounts), amounts)
        before = signed.get(key)
        if before is None or before.day != day:
            signed[key] = now
            continue
        is_same = abs(now.dollars - before.dollars) < _CENT
        if is_same and not before.amounts:
            signed[key] = now
        elif differ := list(_differences(item, forms[item.form], before, now)):
            found[item.book] = _warning(item, before, now, differ)
        elif not is_same:
            found[item.book] = _warning(item, before, now, ())
    return found, signed


Difference = tuple[str, float | None, float | None, str]
"""Sheet and row, what was signed off, what stands there now, its address."""


def _differences(item: Return, form: Form, before: Signed, now: Signed) -> Iterator[Difference]:
    """The amounts that differ, row by row, whatever the rows are numbered now."""
    names = _names_now(item, form, before) if before.amounts else {}
    there = {(one.sheet, one.row, one.column): one for one in now.amounts}
    for one in before.amounts:
        row = names.get((one.sheet, one.row), "")
        other = there.pop((one.sheet, row, one.column), None)
        if other is None or abs(other.dollars - one.dollars) >= _CENT:
            cell = f"{one.sheet}!{other.cell}" if other else ""
            label = f"{one.sheet} {row or one.row}"
            yield label, one.dollars, other.dollars if other else None, cell
    for one in there.values() if before.amounts else ():
        yield f"{one.sheet} {one.row}", None, one.dollars, f"{one.sheet}!{one.cell}"


def _names_now(item: Return, form: Form, before: Signed) -> dict[tuple[str, str], str]:
    """Sheet and row of what was signed off to the row's name now, blank where it is gone."""
    now: dict[str, dict[str, RowIdentity]] = {}
    for (_, sheet, _), (name, line) in row_lines(item, {form.code: form}).items():
        now.setdefault(sheet, {})[name] = line
    found: dict[tuple[str, str], str] = {}
    for sheet in dict.fromkeys(one.sheet for one in before.amounts):
        known = form.sheets.get(sheet)
        rows = {one.row: one.words for one in before.amounts if one.sheet == sheet}
        if known is None:
            continue
        then = {
            row: remembered(known, "", item.entity, row, words_said(words))
            for row, words in rows.items()
        }
        went = followed(now.get(sheet, {}), then)
        found |= {(sheet, row): went.get(row, "") for row in rows}
    return found


def _warning(item: Return, before: Signed, now: Signed, differ: Sequence[Difference]) -> Issue:
    here = [f"{row} {_shown(new)}" for row, _, new, _ in differ]
    then = [f"{row} {_shown(old)}" for row, old, _, _ in differ]
    return issue(
        CODE,
        _place(item),
        found=", ".join(filter(None, (some(here), f"in all {show(now.dollars)}"))),
        expected=", ".join(filter(None, (some(then), f"in all {show(before.dollars)}"))),
        other=show(before.day),
        also=tuple(cell for *_, cell in differ if cell),
    )


def _shown(dollars: float | None) -> str:
    return "none" if dollars is None else show(dollars)


def told(item: Return, found: Mapping[str, Issue]) -> Return:
    """The return with what is to be said of its sign-off."""
    about = found.get(item.book)
    return item if about is None else replace(item, issues=(*item.issues, about))


def _place(item: Return) -> Place:
    code = "signed_off_date"
    sheet = item.cover.sheet if item.cover else COVER
    cell = item.cover.cells.get(code) if item.cover else None
    heading = item.cover.headings.get(code, "") if item.cover else ""
    row = split_address(cell)[1] if cell else None
    return Place(item.book, item.entity, item.form, sheet, cell, row, code, heading)
