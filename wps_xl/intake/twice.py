"""Rows that are said twice: within a return, by two entities, in this cycle and the last one.

The words make a row the same, not its number (S/2007/567, para. 43). Codes by which a row is
classified may differ between two rows that say the same; dates, numbers and places may not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.catalogue import issue
from wps_xl.intake.completeness import tells_what_was_done
from wps_xl.intake.cover import show
from wps_xl.intake.identity import words_of
from wps_xl.intake.side_by_side import Earlier, Gathering, Line
from wps_xl.model import CellRef, Issue, Value
from wps_xl.model.text import letters, visible
from wps_xl.rules.numbering import plain

Groups = Sequence[Sequence[Line]]
Days = tuple[Value, Value]
TELLING = 6
"""How many words no two rows have by chance."""
_NAMED = 3
# How many characters of a text are looked at first, and how many letters of these.
_ENOUGH, _LETTERS = 40, 20


def said(words: Iterable[Value]) -> str:
    """What a row says in one form, whatever its case, spaces and signs; blank for nothing."""
    return "|".join(letters(show(word)) for word in words).strip("|")


def _sheets(here: Gathering) -> Iterator[FormSheet]:
    """The sheets whose rows the entities number themselves."""
    for form in here.forms.values():
        yield from (sheet for sheet in form.sheets.values() if not sheet.prefilled)


def _alike(here: Gathering, sheet: FormSheet) -> Groups:
    """The rows that say the same, of all returns; without words they must be the same in all."""
    codes = sheet.words or tuple(sheet.columns)
    # Most rows begin otherwise than all others, and need not be read to their ends.
    groups = _parted(here.lines(sheet.name), codes[0], _begins)
    for code in codes:
        groups = [alike for group in groups for alike in _parted(group, code, _whole)]
    return [group for group in groups if said(group[0][code] for code in codes)]


def _parted(group: Sequence[Line], code: str, how: Callable[[Value], str]) -> list[list[Line]]:
    """The rows of a group by what they say in one column, where several say it."""
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in group:
        alike[how(line[code])].append(line)
    return [lines for lines in alike.values() if len(lines) > 1]


def _whole(value: Value) -> str:
    return letters(show(value))


def _begins(value: Value) -> str:
    """The first letters of a text; the whole of a number."""
    return letters(value[:_ENOUGH])[:_LETTERS] if isinstance(value, str) else show(value)


def said_twice(here: Gathering) -> Iterator[Issue]:
    """A warning for a row that another row of its return has said, and one for rows that another
    entity reports in the same words while neither names the other."""
    for sheet in _sheets(here):
        first = sheet.words[0] if sheet.words else next(iter(sheet.columns))
        groups = _alike(here, sheet)
        for group in groups:
            yield from _within(group, first)
        if "joint_with" in sheet.columns:
            yield from _between(groups, first)


def _within(group: Sequence[Line], first: str) -> Iterator[Issue]:
    by_return: dict[str, list[Line]] = defaultdict(list)
    for line in group:
        before = by_return[line.owner.book]
        same = next((one for one in before if _is_one_row(one, line)), None)
        if same is None:
            before.append(line)
            continue
        where = same.place(first)
        number = same.text(line.sheet.key) if line.sheet.key else ""
        yield issue(
            "same-row-twice",
            line.place(first),
            found=visible(show(line[first]), 60),
            other=f"{number} ({where.cell})" if number else str(where.cell),
            also=(same.address(first, line.owner),),
        )


def _is_one_row(one: Line, other: Line) -> bool:
    """Whether two rows of the same words say the same of all else, apart from what is blank."""
    sheet = one.sheet
    passed = {sheet.key, *sheet.words}
    for code, column in sheet.columns.items():
        a, b = one[code], other[code]
        if code in passed or a == b or (column.list_name and not column.many):
            continue
        if code in sheet.refers:
            if plain(show(a)) != plain(show(b)):
                return False
        elif column.type == "number" or (a is not None and b is not None):
            return False
    return True


def _between(groups: Groups, first: str) -> Iterator[Issue]:
    """One line for two returns, at the first of the rows that both have."""
    shared: dict[tuple[str, str], list[tuple[Line, Line]]] = defaultdict(list)
    for group in groups:
        for at, line in enumerate(group):
            others = (one for one in group[:at] if one.owner.entity != line.owner.entity)
            same = next((one for one in others if _is_one_activity(one, line, first)), None)
            if same is not None:
                shared[line.owner.book, same.owner.book].append((line, same))
    for pairs in shared.values():
        (line, same), *rest = pairs
        where = same.place(first)
        cells = [str(one.place(first).cell) for one, _ in rest]
        more = ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
        both = (address for one, two in pairs for address in _both(one, two, first))
        yield issue(
            "same-activity",
            line.place(first),
            found=visible(show(line[first]), 60),
            other=f"{same.owner.entity} ({where.book}, {where.sheet} {where.cell})",
            cells=f"; the same goes for {more}" if more else "",
            also=tuple(both)[1:],
        )


def _both(line: Line, same: Line, first: str) -> tuple[str, str]:
    return line.address(first, line.owner), same.address(first, line.owner)


def _is_one_activity(one: Line, other: Line, first: str) -> bool:
    """Whether two entities report the same, and do not say that they do."""
    is_telling = len(show(one[first]).split()) >= TELLING
    return is_telling and not _are_joint(one, other) and _same_places(one, other)


def _are_joint(one: Line, other: Line) -> bool:
    names = {letters(line.text("joint_key")) for line in (one, other)} - {""}
    same = len(names) == 1 and all("joint_key" in line.sheet.columns for line in (one, other))
    same = same and bool(one.text("joint_key")) and bool(other.text("joint_key"))
    named = one.owner.entity in other.codes("joint_with")
    return same or named or other.owner.entity in one.codes("joint_with")


def _same_places(one: Line, other: Line) -> bool:
    """Whether the countries and the days of two rows have something in common."""
    for code, column in one.sheet.columns.items():
        if column.many and column.list_name == "countries":
            a, b = set(one.codes(code)), set(other.codes(code))
            if a and b and not a & b:
                return False
    if not {"start", "end"} <= set(one.sheet.columns):
        return True
    return at_one_time((one["start"], one["end"]), (other["start"], other["end"]))


def at_one_time(one: Days, other: Days) -> bool:
    """Whether two times, each from a first to a last day, meet; blank days say nothing."""
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(start: Value, end: Value) -> bool:
    return start is None or end is None or str(start) <= str(end)


def of_last_cycle(here: Gathering) -> Iterator[Issue]:
    """A warning for a row of the review period that the entity reported in the last cycle."""
    known: dict[tuple[str, str, str], Earlier] = {}
    for row in here.background.earlier:
        known.setdefault((row.entity, row.sheet, said(row.words)), row)
    for sheet in _sheets(here) if known else ():
        if not tells_what_was_done(sheet) or not sheet.words:
            continue
        first = sheet.words[0]
        for line in here.lines(sheet.name):
            words = words_of(sheet, {code: line[code] for code in sheet.words})
            earlier = known.get((line.owner.entity, sheet.name, said(words)))
            if earlier is not None and len(" ".join(words).split()) >= TELLING:
                yield issue(
                    "last-cycle-row",
                    line.place(first),
                    found=visible(show(line[first]), 60),
                    other=f"{earlier.number} ({_cell(earlier.cell)})",
                )


def _cell(address: str) -> str:
    try:
        cell = CellRef.parse(address)
    except ValueError:
        return address
    return f"{cell.book}, {cell.sheet} {cell.a1}"
